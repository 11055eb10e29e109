"""Maximum and average pooling as layers; `stride=None` means that of the window, as in torch.

The arithmetic of one axis is in `conv_arithmetic`. Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.layers.arguments import yes_or_no
from mnistcore.layers.conv_arithmetic import pooling_output_size
from mnistcore.layers.layer import Shape, axis_named, require_picture
from mnistcore.layers.window import PerAxis, WindowLayer


class _Pooling(WindowLayer):
    ceil_mode: bool
    dilation: PerAxis = 1  # an average pooling has none

    def __post_init__(self) -> None:
        self.check_numbers(kernel_size=1)
        if self.stride is not None:
            self.check_numbers(stride=1)
        self.check_numbers(padding=0)
        if "dilation" in self.__dataclass_fields__:
            self.check_numbers(dilation=1)
        yes_or_no("ceil_mode", self.ceil_mode)

    def for_each_axis(self, name: str) -> tuple[int, ...]:
        """Return an argument once for each axis."""
        is_default_stride = name == "stride" and self.stride is None
        return super().for_each_axis("kernel_size" if is_default_stride else name)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""
        require_picture(self, input_shape, self.num_axes)
        sizes = []
        for name, size, axis in self.named_axes(input_shape):
            with axis_named(name):
                sizes.append(pooling_output_size(size, ceil_mode=self.ceil_mode, **axis))
        return input_shape[0], *sizes

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each pixel in each window: a comparison or an addition."""
        return prod(self.output_shape(input_shape)) * prod(self.for_each_axis("kernel_size"))


@dataclass(frozen=True)
class MaxPool1d(_Pooling):
    """`torch.nn.MaxPool1d`.

    >>> MaxPool1d(2).output_shape((8, 28))
    (8, 14)
    """

    num_axes: ClassVar[int] = 1
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    dilation: PerAxis = 1
    ceil_mode: bool = False


@dataclass(frozen=True)
class MaxPool2d(_Pooling):
    """`torch.nn.MaxPool2d`.

    >>> MaxPool2d(3, stride=2, ceil_mode=True).output_shape((64, 112, 112))
    (64, 56, 56)
    """

    num_axes: ClassVar[int] = 2
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    dilation: PerAxis = 1
    ceil_mode: bool = False


@dataclass(frozen=True)
class AvgPool1d(_Pooling):
    """`torch.nn.AvgPool1d`.

    >>> AvgPool1d(2).output_shape((8, 28))
    (8, 14)
    """

    num_axes: ClassVar[int] = 1
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    ceil_mode: bool = False


@dataclass(frozen=True)
class AvgPool2d(_Pooling):
    """`torch.nn.AvgPool2d`.

    >>> AvgPool2d((2, 1)).output_shape((8, 28, 28))
    (8, 14, 28)
    """

    num_axes: ClassVar[int] = 2
    kernel_size: PerAxis
    stride: PerAxis | None = None
    padding: PerAxis = 0
    ceil_mode: bool = False
