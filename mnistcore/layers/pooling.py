"""Maximum and average pooling as layers; `stride=None` means that of the window, as in torch.

The arithmetic of one axis is in `conv_arithmetic`. Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from mnistcore.layers.arguments import yes_or_no
from mnistcore.layers.conv_arithmetic import pooling_output_size
from mnistcore.layers.layer import Shape, require_picture
from mnistcore.layers.window import PerAxis, WindowLayer


class Pooling(WindowLayer):
    """What all kinds of pooling share."""

    size_function = staticmethod(pooling_output_size)
    ceil_mode: bool

    def __post_init__(self) -> None:
        self.check_numbers(kernel_size=1)
        if self.stride is not None:
            self.check_numbers(stride=1)
        self.check_numbers(padding=0)
        yes_or_no("ceil_mode", self.ceil_mode)

    def for_each_axis(self, name: str) -> tuple[int, ...]:
        """Return an argument once for each axis."""
        is_default_stride = name == "stride" and self.stride is None
        return super().for_each_axis("kernel_size" if is_default_stride else name)

    def size_settings(self, axis: int) -> dict[str, Any]:
        """Return what the size formula takes besides: whether it rounds up."""
        return {"ceil_mode": self.ceil_mode}

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""
        require_picture(self, input_shape, self.num_axes)
        return input_shape[0], *self.output_sizes(input_shape)

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each pixel in each window: a comparison or an addition."""
        return prod(self.output_shape(input_shape)) * prod(self.for_each_axis("kernel_size"))


@dataclass(frozen=True)
class MaxPooling(Pooling):
    """Each output is the largest pixel of its window."""

    family: ClassVar[str] = "Max pooling"
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    dilation: PerAxis = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.check_numbers(dilation=1)


class MaxPool1d(MaxPooling):
    """`torch.nn.MaxPool1d`.

    >>> MaxPool1d(2).output_shape((8, 28))
    (8, 14)
    """

    num_axes: ClassVar[int] = 1


class MaxPool2d(MaxPooling):
    """`torch.nn.MaxPool2d`.

    >>> MaxPool2d(3, stride=2, ceil_mode=True).output_shape((64, 112, 112))
    (64, 56, 56)
    """

    num_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class AveragePooling(Pooling):
    """Each output is the mean of its window; the padding counts as zeros."""

    family: ClassVar[str] = "Average pooling"
    dilation: ClassVar[int] = 1  # type: ignore[misc]  # no argument, as in torch
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    ceil_mode: bool = False


class AvgPool1d(AveragePooling):
    """`torch.nn.AvgPool1d`.

    >>> AvgPool1d(2).output_shape((8, 28))
    (8, 14)
    """

    num_axes: ClassVar[int] = 1


class AvgPool2d(AveragePooling):
    """`torch.nn.AvgPool2d`.

    >>> AvgPool2d((2, 1)).output_shape((8, 28, 28))
    (8, 14, 28)
    """

    num_axes: ClassVar[int] = 2
