"""What convolutions and poolings share: a window that goes along one axis, or along two.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypedDict

from mnistcore.layers.arguments import per_axis
from mnistcore.layers.layer import AXIS_NAMES, Fields, Layer, Shape, axis_named, fields_fit

PerAxis = int | tuple[int, ...]


class AxisArguments(TypedDict):
    """The arguments of one axis, as `conv_arithmetic` and `receptive_field` take them."""

    kernel_size: int
    stride: int
    padding: int
    dilation: int


class WindowLayer(Layer):
    """What convolutions and poolings share: a window that goes along every axis.

    Attributes:
        num_axes: 1 for a signal, 2 for an image.
        size_function: The formula behind the size of one axis, from `conv_arithmetic`.
    """

    num_axes: ClassVar[int]
    size_function: ClassVar[Callable[..., int]]
    kernel_size: PerAxis
    stride: PerAxis | None
    padding: PerAxis | str
    dilation: PerAxis

    def check_numbers(self, **minima: int) -> None:
        """Check the arguments that may differ from axis to axis, and store them shortest."""
        for name, minimum in minima.items():
            value = per_axis(name, getattr(self, name), minimum=minimum, num_axes=self.num_axes)
            object.__setattr__(self, name, value)

    def for_each_axis(self, name: str) -> tuple[int, ...]:
        """Return an argument once for each axis.

        >>> from mnistcore.layers.kinds import Conv2d
        >>> Conv2d(1, 16, (5, 3)).for_each_axis("kernel_size")
        (5, 3)
        """
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,) * self.num_axes

    def paddings(self) -> tuple[tuple[int, int], ...]:
        """Return the padding before and after each axis; they differ with "same" alone."""
        return tuple((padding, padding) for padding in self.for_each_axis("padding"))

    def axes(self) -> tuple[AxisArguments, ...]:
        """Return the arguments of each axis; of the padding, that before the input.

        >>> from mnistcore.layers.kinds import Conv1d
        >>> Conv1d(1, 16, 4, padding="same").axes()
        ({'kernel_size': 4, 'stride': 1, 'padding': 1, 'dilation': 1},)
        """
        return tuple(
            AxisArguments(kernel_size=kernel, stride=stride, padding=padding, dilation=dilation)
            for kernel, stride, (padding, _), dilation in zip(
                self.for_each_axis("kernel_size"),
                self.for_each_axis("stride"),
                self.paddings(),
                self.for_each_axis("dilation"),
                strict=True,
            )
        )

    def named_axes(self, input_shape: Shape) -> Iterator[tuple[str, int, AxisArguments]]:
        """Yield each axis: its name for messages, its input size, its arguments."""
        yield from zip(AXIS_NAMES[self.num_axes], input_shape[1:], self.axes(), strict=True)

    def size_settings(self, axis: int) -> dict[str, Any]:
        """Return what `size_function` takes besides the arguments every window has."""
        return {}

    def output_sizes(self, input_shape: Shape) -> tuple[int, ...]:
        """Return the size that comes out along each axis, or raise `InvalidInputError`."""
        sizes = []
        for number, (name, size, axis) in enumerate(self.named_axes(input_shape)):
            with axis_named(name):
                sizes.append(self.size_function(size, **axis, **self.size_settings(number)))
        return tuple(sizes)

    def window_counts(self, input_shape: Shape) -> tuple[int, ...]:
        """Return how many places the window has along each axis: one for each output."""
        return self.output_shape(input_shape)[1:]

    def pixel_counts(self, input_shape: Shape) -> tuple[int, ...]:
        """Return along each axis the pixels that windows lie on: the input's."""
        return input_shape[1:]

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the receptive fields behind the layer, one for each axis."""
        if not fields_fit(fields, self.num_axes):
            return fields
        return tuple(
            field and field.after(**axis) for field, axis in zip(fields, self.axes(), strict=True)
        )
