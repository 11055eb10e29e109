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
from mnistcore.sentences import Sentence

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
        return Sentence(
            "Stride {stride} steps over {pixels} between two windows.",
            stride=self.stride,
            pixels=_pixels(gap),
        )

    @property
    def floor_sentence(self) -> str:
        """Return what the floor drops, in a sentence.

        >>> AxisLayout("width", 28, 14, 3, 2, 1, (1, 1)).floor_sentence
        'The floor drops 1 pixel on the right, which is padding: no pixel of the image is lost.'
        """
        name = {"axis": Sentence(self.name)}
        if self.overhang:
            return Sentence(
                "Along the {axis} the last window hangs over by {pixels}: `ceil_mode` lets it "
                "count.",
                pixels=_pixels(self.overhang),
                **name,
            )
        if not self.unreached:
            return self._fit_sentence(name)
        lost = max(0, self.unreached - self.padding[1])
        where = {"pixels": _pixels(self.unreached), "where": Sentence(ENDS[self.name])}
        dropped = Sentence("The floor drops {pixels} {where}", **where)
        if self.is_rounded_up:  # one more window would begin behind the input
            dropped = Sentence("Even rounded up, the windows leave {pixels} {where}", **where)
        if not lost and self.unreached == 1:
            return Sentence(
                "{dropped}, which is padding: no pixel of the image is lost.", dropped=dropped
            )
        if not lost:
            return Sentence(
                "{dropped}, all of them padding: no pixel of the image is lost.", dropped=dropped
            )
        if lost == self.unreached:
            return Sentence("{dropped}: no window gets there.", dropped=dropped)
        return Sentence(
            "{dropped}, {padding} of padding and {lost} of the image.",
            dropped=dropped,
            padding=_pixels(self.padding[1]),
            lost=lost,
        )

    def _fit_sentence(self, name: dict[str, Sentence]) -> str:
        if self.is_rounded_up:
            return Sentence(
                "Along the {axis} the windows fit exactly: there is nothing to round up.", **name
            )
        return Sentence(
            "Along the {axis} the windows fit exactly: the floor drops nothing.", **name
        )


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
    pads = {
        "before": before,
        "after": after,
        "size": size,
        "own_before": layout.padding[0],
        "own_after": layout.padding[1],
        "own_size": layout.num_windows,
    }
    if size != layout.num_windows:
        return Sentence(
            "TensorFlow pads {before} before and {after} after, {size} come out. This layer pads "
            "{own_before} and {own_after}, {own_size} come out. The sizes differ.",
            **pads,
        )
    if before != layout.padding[0]:
        return Sentence(
            "TensorFlow pads {before} before and {after} after, {size} come out. This layer pads "
            "{own_before} and {own_after}, {own_size} come out. The same size, but the windows lie "
            "elsewhere: the values differ.",
            **pads,
        )
    return Sentence(
        "TensorFlow pads {before} before and {after} after, {size} come out. This layer pads "
        "{own_before} and {own_after}, {own_size} come out. The windows lie at the same places: "
        "the values are the same.",
        **pads,
    )


def _pixels(number: int) -> Sentence:
    if number == 1:
        return Sentence("{number} pixel", number=number)
    return Sentence("{number} pixels", number=number)
