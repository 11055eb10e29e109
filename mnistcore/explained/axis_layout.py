"""Where a layer's windows lie along each axis: what a picture of it needs, and a sentence on it.

Imports neither torch nor numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mnistcore.layers.layer import AXIS_NAMES, Shape
from mnistcore.layers.pixel_coverage import touched_pixels
from mnistcore.layers.same_padding import tensorflow_same_padding
from mnistcore.layers.window import WindowLayer

BOTH = "height and width"
ENDS = {
    "length": "at the end",
    "height": "at the bottom",
    "width": "on the right",
    BOTH: "at the bottom and on the right",
}


@dataclass(frozen=True)
class AxisLayout:
    """One axis of a layer: a row of pixels, its padding, and windows at regular places.

    Args:
        name: Of the axis: height, width or length.
        num_pixels: The pixels that windows lie on: the input's; a transposed convolution's
            output's.
        num_windows: How many windows there are.
        kernel_size: Number of elements of a window.
        stride: From one window to the next.
        dilation: From one element of a window to the next.
        padding: Pixels before and after the row that windows may lie on.
        is_rounded_up: Whether an incomplete window counts, with `ceil_mode`.
    """

    name: str
    num_pixels: int
    num_windows: int
    kernel_size: int
    stride: int
    dilation: int
    padding: tuple[int, int]
    is_rounded_up: bool = False

    @property
    def span(self) -> int:
        """Return how far one window reaches, holes included."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def first_window(self) -> int:
        """Return the pixel at which the first window starts; padding lies below 0."""
        return -self.padding[0]

    @property
    def last_window(self) -> int:
        """Return the pixel at which the last window starts."""
        return self.first_window + (self.num_windows - 1) * self.stride

    @property
    def unreached(self) -> int:
        """Return the pixels behind the last window: what the floor drops, padding included."""
        return max(0, self.num_pixels + self.padding[1] - self.last_window - self.span)

    @property
    def overhang(self) -> int:
        """Return how far the last window hangs over, with `ceil_mode`."""
        return max(0, self.last_window + self.span - self.num_pixels - self.padding[1])

    @cached_property
    def untouched(self) -> tuple[int, ...]:
        """Return the pixels no window looks at; not for layers too large to be drawn."""
        touched = touched_pixels(
            self.num_pixels,
            self.num_windows,
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.padding[0],
            dilation=self.dilation,
        )
        return tuple(sorted(set(range(self.num_pixels)) - touched))

    @property
    def gap_sentence(self) -> str:
        """Return what lies between two windows, in a sentence; "" if they touch.

        >>> AxisLayout("width", 12, 4, 2, 3, 1, (0, 0)).gap_sentence
        'Stride 3 steps over 1 pixel between two windows.'
        """
        gap = self.stride - self.span
        if gap < 1 or self.num_windows == 1:
            return ""
        return f"Stride {self.stride} steps over {_pixels(gap)} between two windows."

    @property
    def floor_sentence(self) -> str:
        """Return what the floor drops, in a sentence.

        >>> AxisLayout("width", 28, 14, 3, 2, 1, (1, 1)).floor_sentence
        'The floor drops 1 pixel on the right, which is padding: no pixel of the image is lost.'
        """
        if self.overhang:
            return (
                f"Along the {self.name} the last window hangs over by {_pixels(self.overhang)}: "
                "`ceil_mode` lets it count."
            )
        if not self.unreached:
            is_up = self.is_rounded_up
            nothing = "there is nothing to round up" if is_up else "the floor drops nothing"
            return f"Along the {self.name} the windows fit exactly: {nothing}."
        lost = max(0, self.unreached - self.padding[1])
        dropped = f"The floor drops {_pixels(self.unreached)} {ENDS[self.name]}"
        if self.is_rounded_up:  # one more window would begin behind the input
            left = _pixels(self.unreached)
            dropped = f"Even rounded up, the windows leave {left} {ENDS[self.name]}"
        if not lost:
            verb = "which is padding" if self.unreached == 1 else "all of them padding"
            return f"{dropped}, {verb}: no pixel of the image is lost."
        if lost == self.unreached:
            return f"{dropped}: no window gets there."
        return f"{dropped}, {_pixels(self.padding[1])} of padding and {lost} of the image."


def axis_layouts(layer: WindowLayer, input_shape: Shape) -> tuple[AxisLayout, ...]:
    """Return the layout of each axis, the height first.

    >>> from mnistcore.layers.kinds import Conv1d
    >>> layout = axis_layouts(Conv1d(1, 1, 3, stride=2), (1, 6))[0]
    >>> layout.num_windows, layout.untouched
    (2, (5,))
    """
    return tuple(
        AxisLayout(
            name,
            num_pixels,
            num_windows,
            kernel_size=axis["kernel_size"],
            stride=axis["stride"],
            dilation=axis["dilation"],
            padding=padding,
            is_rounded_up=bool(getattr(layer, "ceil_mode", False)),
        )
        for name, num_pixels, num_windows, axis, padding in zip(
            AXIS_NAMES[layer.num_axes],
            layer.pixel_counts(input_shape),
            layer.window_counts(input_shape),
            layer.axes(),
            layer.paddings(),
            strict=True,
        )
    )


def alike_joined(layouts: Sequence[AxisLayout]) -> tuple[AxisLayout, ...]:
    """Return the layouts with height and width as one, if they differ in nothing but the name.

    >>> axes = [AxisLayout(name, 6, 4, 3, 1, 1, (0, 0)) for name in ("height", "width")]
    >>> [layout.name for layout in alike_joined(axes)]
    ['height and width']
    """
    joined = {replace(layout, name=BOTH) for layout in layouts}
    return tuple(joined) if len(joined) < len(layouts) else tuple(layouts)


def same_comparison(layout: AxisLayout) -> str:
    """Return how the axis differs from what TensorFlow's "same" would make of it.

    >>> same_comparison(AxisLayout("width", 28, 14, 3, 2, 1, (1, 1))).partition(". ")[0]
    'TensorFlow pads 0 before and 1 after, 14 come out'
    """
    before, after = tensorflow_same_padding(
        layout.num_pixels,
        kernel_size=layout.kernel_size,
        stride=layout.stride,
        dilation=layout.dilation,
    )
    size = -(-layout.num_pixels // layout.stride)
    sentence = (
        f"TensorFlow pads {before} before and {after} after, {size} come out. This layer pads "
        f"{layout.padding[0]} and {layout.padding[1]}, {layout.num_windows} come out. "
    )
    if size != layout.num_windows:
        return sentence + "The sizes differ."
    if before != layout.padding[0]:
        return sentence + "The same size, but the windows lie elsewhere: the values differ."
    return sentence + "The windows lie at the same places: the values are the same."


def _pixels(number: int) -> str:
    return f"{number} pixel" if number == 1 else f"{number} pixels"
