"""Along one axis, the nearest window that works: smallest sum of changes, the stride kept.

Plain integers; imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Window:
    """The numbers of a window along one axis, possible or not; `output_padding` of a transposed."""

    input_size: int
    kernel_size: int
    stride: int
    padding: int
    dilation: int
    output_padding: int = 0

    @property
    def reach(self) -> int:
        """Return how far the last element lies from the first: d(k - 1)."""
        return self.dilation * (self.kernel_size - 1)

    def distance(self, other: "Window") -> tuple[int, int]:
        """Return the sum of all changes, and what decides between equal sums: a smaller kernel."""
        changes = (
            abs(self.kernel_size - other.kernel_size),
            abs(self.padding - other.padding),
            abs(self.dilation - other.dilation),
            abs(self.output_padding - other.output_padding),
        )
        return sum(changes), other.kernel_size


def nearest_convolution(asked: Window) -> Window:
    """Return the nearest window for a convolution: d(k - 1) + 1 <= i + 2p.

    With a dilation above 2 a smaller kernel gains most, with 1 more padding. Of smaller dilations
    the largest that suffices is nearest, or, where the kernel has to change too, one of 1 and 2:
    d + (i - 1 + 2p) / d is convex, and what a kernel has to lose is smallest where that is largest.

    Args:
        asked: Positive numbers, padding from 0.

    >>> nearest_convolution(Window(5, kernel_size=9, stride=1, padding=0, dilation=1)).padding
    2
    >>> nearest_convolution(Window(4, kernel_size=6, stride=1, padding=6, dilation=4)).dilation
    3
    """
    return min(_convolutions(asked), key=asked.distance)


def _convolutions(asked: Window) -> Iterator[Window]:
    room = asked.input_size - 1 + 2 * asked.padding
    suffices = room // max(1, asked.kernel_size - 1)
    for dilation in {asked.dilation, *(min(d, asked.dilation) for d in (max(1, suffices), 2, 1))}:
        window = replace(asked, dilation=dilation)
        if window.reach <= room:
            yield window
            continue
        yield replace(window, kernel_size=room // dilation + 1)
        yield replace(window, padding=-(-(window.reach + 1 - window.input_size) // 2))


def nearest_transposed(asked: Window) -> Window:
    """Return the nearest window for a transposed convolution: something is left of the output.

    (i - 1)s + d(k - 1) + output_padding >= 2p, and output_padding < max(s, d).

    Args:
        asked: Positive numbers, paddings from 0.

    >>> nearest_transposed(Window(2, kernel_size=3, stride=1, padding=3, dilation=1)).padding
    1
    """
    best = next(_transposed(asked, 0))
    more = 0
    while more <= asked.distance(best)[0]:  # a change of more than the best costs too much
        best = min((best, *_transposed(asked, more)), key=asked.distance)
        more += 1
    return best


def _transposed(asked: Window, more: int) -> Iterator[Window]:
    """Yield windows whose dilation is larger by so many."""
    dilation = asked.dilation + more
    extra = min(asked.output_padding, max(asked.stride, dilation) - 1)
    window = replace(asked, dilation=dilation, output_padding=extra)
    kept = (window.input_size - 1) * window.stride + window.reach + extra
    missing = 2 * window.padding - kept
    if missing <= 0:
        yield window
        return
    yield replace(window, padding=window.padding - -(-missing // 2))
    yield replace(window, kernel_size=window.kernel_size - (-missing // dilation))


def nearest_pooling(asked: Window, *, stride_is_kernel: bool, ceil_mode: bool) -> Window:
    """Return the nearest window for a pooling: p <= k / 2, and at least one window fits.

    With `ceil_mode` an incomplete window counts, so that up to s - 1 pixels may be missing.

    Args:
        asked: Positive numbers, padding from 0.
        stride_is_kernel: Whether the stride goes with the kernel, as it does if not given.
        ceil_mode: Whether the size is rounded up.

    >>> asked = Window(4, kernel_size=7, stride=3, padding=0, dilation=1)
    >>> nearest_pooling(asked, stride_is_kernel=False, ceil_mode=True).kernel_size
    6
    """

    def missing(window: Window) -> int:
        stride = window.kernel_size if stride_is_kernel else window.stride
        return stride - 1 if ceil_mode else 0

    return min(_poolings(asked, missing), key=asked.distance)


def _poolings(asked: Window, missing: Callable[[Window], int]) -> Iterator[Window]:
    for dilation in {*range(max(1, asked.dilation - 3), asked.dilation + 1), 1, 2, 3}:
        for kernel_size in _kernels(
            replace(asked, dilation=min(dilation, asked.dilation)), missing
        ):
            window = replace(asked, dilation=min(dilation, asked.dilation), kernel_size=kernel_size)
            least = -(-(window.reach + 1 - window.input_size - missing(window)) // 2)
            most = kernel_size // 2
            if max(least, 0) <= most:
                yield replace(window, padding=min(max(window.padding, least, 0), most))


def _kernels(window: Window, missing: Callable[[Window], int]) -> set[int]:
    """Return the kernels that can be nearest: where one of the bounds begins to hold."""
    size, dilation = window.input_size, window.dilation
    room = size - 1 + 2 * window.padding
    bounds = [window.kernel_size, 2 * window.padding, size, size // dilation, 1]
    for lacking in {missing(window), missing(replace(window, kernel_size=1))}:
        bounds.append((room + lacking) // dilation + 1)
        bounds.append((size - 1 + lacking + dilation) // max(1, dilation - 1))
    bounds.append(room // max(1, dilation - 1) + 1)
    bounds.append((size - 2 + dilation) // max(1, dilation - 2))
    near = {bound + by for bound in bounds for by in range(-2, 3)}
    return {min(max(kernel, 1), max(window.kernel_size, 2 * window.padding)) for kernel in near}
