"""Which input pixels one output sees, along one axis: exact, layer by layer, branches included.

Knows one axis at a time and no layer kinds (`layers` does), and imports neither torch nor numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from mnistcore.errors import InvalidInputError

LARGEST_UPSAMPLING = 128
Interval = tuple[int, int]


class UnknownFieldError(InvalidInputError):
    """The field is not worked out: it has too many kinds of outputs, or axes were mixed."""


@dataclass(frozen=True)
class ReceptiveField:
    """What the outputs of the layers so far see of the input, along one axis.

    The pixel of the image that comes first has number 0, its padding the numbers below. Image
    borders are left out of account: padding counts as seen, as in the literature.

    Without upsampling all outputs see alike, so one interval is enough. Behind a transposed
    convolution outputs take turns, and `intervals` has one entry for each kind.

    Args:
        intervals: First and last pixel that the outputs 0, 1, ... see, for one period of
            outputs; None for an output that sees nothing.
        step: Pixels by which the intervals move on from one period to the next.

    Source: Araujo, Norris & Sim (2019), Computing Receptive Fields of Convolutional Neural
    Networks, Distill: r += d(k - 1)j, j *= s.

    >>> field = ReceptiveField()
    >>> for _ in range(3):
    ...     field = field.after(kernel_size=3, stride=2, padding=1)
    >>> field.size, str(field.effective_stride), field.seen_by(0)
    (15, '8', (-7, 7))
    """

    intervals: tuple[Interval | None, ...] = ((0, 0),)
    step: int = 1

    @property
    def size(self) -> int:
        """Return the pixels from the first to the last one seen, by the output that sees most.

        >>> ReceptiveField().after(kernel_size=3, dilation=2).size
        5
        """
        return max((last - first + 1 for first, last in filter(None, self.intervals)), default=0)

    @property
    def effective_stride(self) -> Fraction:
        """Return the pixels from one output's field to the next one's, also called jump.

        >>> ReceptiveField().after_transposed(kernel_size=2, stride=2).effective_stride
        Fraction(1, 2)
        """
        return Fraction(self.step, len(self.intervals))

    def after(
        self, *, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
    ) -> "ReceptiveField":
        """Return the field behind one more convolution or pooling.

        Args:
            kernel_size: Number of kernel elements, k.
            stride: Distance between two positions of the kernel, s.
            padding: Zeros before the layer's input, p.
            dilation: Distance between two kernel elements, d.

        >>> ReceptiveField().after(kernel_size=11, stride=4).after(kernel_size=3, stride=2).size
        19
        """
        shared = gcd(len(self.intervals), stride)
        seen = _Hulls(self, dilation)
        return ReceptiveField(
            tuple(
                seen.through(output * stride - padding, kernel_size)
                for output in range(len(self.intervals) // shared)
            ),
            self.step * stride // shared,
        )

    def after_transposed(
        self, *, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
    ) -> "ReceptiveField":
        """Return the field behind a transposed convolution.

        Tap t of output o comes from input (o + p - td) / s, where that is a whole number.

        Args:
            kernel_size: Number of kernel elements, k.
            stride: Distance between two stamps of the kernel on the output, s.
            padding: Pixels cut off at each end of the output, p.
            dilation: Distance between two kernel elements, d.

        Raises:
            UnknownFieldError: The strides so far upsample by more than `LARGEST_UPSAMPLING`.

        >>> ReceptiveField().after_transposed(kernel_size=3, stride=2, padding=1).intervals
        ((0, 0), (0, 1))
        """
        common = gcd(stride, dilation)
        seen = _Hulls(self, dilation // common)
        intervals = []
        for output in range(_checked_period(len(self.intervals) * stride)):
            first_tap = _first_tap(output + padding, stride, dilation, kernel_size)
            taps = range(first_tap, kernel_size, stride // common)
            first_place = (output + padding - dilation * taps[-1]) // stride if taps else 0
            intervals.append(seen.through(first_place, len(taps)))
        return ReceptiveField(tuple(intervals), self.step)

    def after_windows(self, windows: Sequence[Interval], step: int) -> "ReceptiveField":
        """Return the field behind windows of several sizes, as an adaptive pooling has them.

        Args:
            windows: First and last input of each, for one period of outputs.
            step: Inputs from one period to the next.

        Raises:
            UnknownFieldError: The period is longer than `LARGEST_UPSAMPLING`.

        >>> ReceptiveField().after_windows([(0, 2), (2, 4)], step=5).intervals
        ((0, 2), (2, 4))
        """
        rounds = len(self.intervals) // gcd(len(self.intervals), step)
        _checked_period(rounds * len(windows))
        seen = _Hulls(self, 1)
        return ReceptiveField(
            tuple(
                seen.through(first + each * step, last - first + 1)
                for each in range(rounds)
                for first, last in windows
            ),
            self.step * rounds * step // len(self.intervals),
        )

    def after_resampling(self, ratio: Fraction, offset: Fraction, taps: int) -> "ReceptiveField":
        """Return the field behind a picture drawn to another size; borders are left out.

        Args:
            ratio: Inputs from one output to the next.
            offset: Where the first output lies between the inputs.
            taps: Inputs mixed for an output between them: 1 takes the one before it.

        Raises:
            UnknownFieldError: The period is longer than `LARGEST_UPSAMPLING`.

        >>> ReceptiveField().after_resampling(Fraction(1, 2), Fraction(-1, 4), taps=2).intervals
        ((-1, 0), (0, 1))
        """
        windows = []
        for output in range(_checked_period(ratio.denominator)):
            place = output * ratio + offset
            before = place.numerator // place.denominator
            is_between = taps > 1 and place.denominator > 1
            reach = taps // 2 if is_between else 0
            windows.append((before - reach + is_between, before + reach))
        return self.after_windows(windows, ratio.numerator)

    def joined(self, other: "ReceptiveField") -> "ReceptiveField":
        """Return the field where two branches meet: what either of them sees.

        Raises:
            InvalidInputError: The branches have different effective strides.

        >>> branch = ReceptiveField().after(kernel_size=3, padding=1)
        >>> branch.joined(ReceptiveField()).size
        3
        """
        if self.effective_stride != other.effective_stride:
            raise InvalidInputError(
                "Two branches meet with effective strides {one} and {other}. Give both the same.",
                one=self.effective_stride,
                other=other.effective_stride,
            )
        period = lcm(len(self.intervals), len(other.intervals))
        return ReceptiveField(
            tuple(_hull(self.seen_by(output), other.seen_by(output)) for output in range(period)),
            self.step * period // len(self.intervals),
        )

    def seen_by(self, output: int) -> Interval | None:
        """Return the first and the last pixel that one output depends on, or None if on none.

        Args:
            output: Its number, from 0.

        >>> ReceptiveField().after(kernel_size=3, stride=2, padding=1).seen_by(5)
        (9, 11)
        """
        periods, kind = divmod(output, len(self.intervals))
        interval = self.intervals[kind]
        return interval and (interval[0] + periods * self.step, interval[1] + periods * self.step)


class _Hulls:
    """What evenly spaced outputs see together, by doubling: of 1, 2, 4, ... outputs at once."""

    def __init__(self, field: ReceptiveField, spacing: int) -> None:
        self.spacing = spacing
        self.of_doubled = [field]

    def through(self, first: int, count: int) -> Interval | None:
        """Return what `count` outputs see together, from `first` on."""
        if count < 1:
            return None
        doubled = count.bit_length() - 1
        while len(self.of_doubled) <= doubled:
            half = self.of_doubled[-1]
            reach = self.spacing << (len(self.of_doubled) - 1)
            both = tuple(
                _hull(half.seen_by(each), half.seen_by(each + reach))
                for each in range(len(half.intervals))
            )
            self.of_doubled.append(ReceptiveField(both, half.step))
        end = first + self.spacing * (count - (1 << doubled))
        seen = self.of_doubled[doubled]
        return _hull(seen.seen_by(first), seen.seen_by(end))


def _checked_period(period: int) -> int:
    if period > LARGEST_UPSAMPLING:
        raise UnknownFieldError(
            f"The layers so far enlarge {period:,} times; receptive fields are worked out up to "
            f"{LARGEST_UPSAMPLING:,} times. Choose a smaller `stride`."
        )
    return period


def _first_tap(place: int, stride: int, dilation: int, kernel_size: int) -> int:
    """Return the first tap that falls on a place; `kernel_size` if none does."""
    common = gcd(stride, dilation)
    if place % common:
        return kernel_size
    # Solves dilation * tap = place (mod stride).
    return place // common * pow(dilation // common, -1, stride // common) % (stride // common)


def _hull(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])
