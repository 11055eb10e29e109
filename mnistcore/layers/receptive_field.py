"""Which input pixels one output sees, along one axis: exact, layer by layer, branches included.

Knows one axis at a time and no layer kinds (`layers` does), and imports neither torch nor numpy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from mnistcore.errors import InvalidInputError

LARGEST_UPSAMPLING = 1024

Interval = tuple[int, int]


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
        taps = self._decisive_taps(range(kernel_size))
        return ReceptiveField(
            tuple(
                _hull(self.seen_by(output * stride - padding + dilation * tap) for tap in taps)
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
            InvalidInputError: The strides so far upsample by more than `LARGEST_UPSAMPLING`.

        >>> ReceptiveField().after_transposed(kernel_size=3, stride=2, padding=1).intervals
        ((0, 0), (0, 1))
        """
        period = len(self.intervals) * stride
        if period > LARGEST_UPSAMPLING:
            raise InvalidInputError(
                f"The transposed convolutions enlarge {period:,} times; receptive fields are "
                f"worked out up to {LARGEST_UPSAMPLING:,} times. Choose a smaller `stride`."
            )
        return ReceptiveField(
            tuple(
                _hull(
                    self.seen_by((output + padding - dilation * tap) // stride)
                    for tap in self._decisive_taps(
                        range(first_tap, kernel_size, stride // gcd(stride, dilation))
                    )
                )
                for output in range(period)
                for first_tap in [_first_tap(output + padding, stride, dilation, kernel_size)]
            ),
            self.step,
        )

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
                f"Two branches meet with effective strides {self.effective_stride} and "
                f"{other.effective_stride}. Give both the same."
            )
        period = lcm(len(self.intervals), len(other.intervals))
        return ReceptiveField(
            tuple(_hull((self.seen_by(output), other.seen_by(output))) for output in range(period)),
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

    def _decisive_taps(self, taps: Sequence[int]) -> Sequence[int]:
        """Return the taps that can see furthest: of each kind of output the first and last."""
        kinds = len(self.intervals)
        return taps if len(taps) <= 2 * kinds else [*taps[:kinds], *taps[-kinds:]]


def _first_tap(place: int, stride: int, dilation: int, kernel_size: int) -> int:
    """Return the first tap that falls on a place; `kernel_size` if none does."""
    common = gcd(stride, dilation)
    if place % common:
        return kernel_size
    # Solves dilation * tap = place (mod stride).
    return place // common * pow(dilation // common, -1, stride // common) % (stride // common)


def _hull(intervals: Iterable[Interval | None]) -> Interval | None:
    seen = list(filter(None, intervals))
    if not seen:
        return None
    return min(first for first, _ in seen), max(last for _, last in seen)
