"""Convolutions as layers: shape, parameters, multiply-adds, share of real pixels.

The arithmetic of one axis is in `conv_arithmetic`. Imports neither torch nor numpy.
"""

from abc import abstractmethod
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number, yes_or_no
from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.layer import Shape, axis_named, require_channels, require_picture
from mnistcore.layers.pixel_coverage import real_taps
from mnistcore.layers.same_padding import same_padding
from mnistcore.layers.window import PerAxis, WindowLayer


class Convolution(WindowLayer):
    """What all four kinds of convolution share."""

    has_weights: ClassVar[bool] = True
    in_channels: int
    out_channels: int
    groups: int
    bias: bool

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels", "groups"):
            object.__setattr__(self, name, whole_number(name, getattr(self, name), minimum=1))
        yes_or_no("bias", self.bias)
        self.check_numbers(kernel_size=1, stride=1, dilation=1)
        for name in ("in_channels", "out_channels"):
            if getattr(self, name) % self.groups:
                raise InvalidInputError(
                    f"`{name}`={getattr(self, name)} cannot be split into `groups`={self.groups} "
                    f"equal parts. Choose groups that divide {self.in_channels} and "
                    f"{self.out_channels}."
                )

    @property
    def num_weights(self) -> int:
        """Return the weights without the bias.

        >>> from mnistcore.layers.kinds import Conv2d
        >>> Conv2d(16, 32, 3, groups=4).num_weights
        1152
        """
        kernel = prod(self.for_each_axis("kernel_size"))
        return self.in_channels // self.groups * self.out_channels * kernel

    @property
    def num_params(self) -> int:
        """Return the number of trained parameters: weights and biases."""
        return self.num_weights + (self.out_channels if self.bias else 0)

    @abstractmethod
    def real_mac_share(self, input_shape: Shape) -> float:
        """Return the share of multiply-adds that padding does not waste.

        Args:
            input_shape: The shape of one image that goes in.
        """


class _DirectConvolution(Convolution):
    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.padding, str):
            self.check_numbers(padding=0)
        elif self.padding not in ("same", "valid"):
            raise InvalidInputError(
                f"`padding` is {self.padding[:40]!r}. Choose a number, 'same' or 'valid'."
            )
        elif self.padding == "same" and self.stride != 1:
            raise InvalidInputError(
                f"torch allows `padding`='same' at `stride`=1 only, not {self.stride}. "
                "Choose stride 1, or give the padding as a number."
            )

    def padding_before(self) -> tuple[int, ...]:
        """Return the zeros before the input on each axis."""
        if self.padding == "valid":
            return (0,) * self.num_axes
        if self.padding == "same":
            kernels, dilations = self.for_each_axis("kernel_size"), self.for_each_axis("dilation")
            return tuple(same_padding(*axis)[0] for axis in zip(kernels, dilations, strict=True))
        return self.for_each_axis("padding")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""
        require_picture(self, input_shape, self.num_axes)
        require_channels(self, "in_channels", self.in_channels, input_shape)
        if self.padding == "same":
            return self.out_channels, *input_shape[1:]
        sizes = []
        for name, size, axis in self.named_axes(input_shape):
            with axis_named(name):
                sizes.append(output_size(size, **axis))
        return self.out_channels, *sizes

    def num_macs(self, input_shape: Shape) -> int:
        """Return H'·W'·Kh·Kw·(in_channels / groups)·out_channels."""
        return prod(self.output_shape(input_shape)[1:]) * self.num_weights

    def real_mac_share(self, input_shape: Shape) -> float:
        """Return the share of multiply-adds that have a real pixel as factor, not padding.

        >>> from mnistcore.layers.kinds import Conv2d
        >>> round(Conv2d(1, 16, 3, stride=2, padding=1).real_mac_share((1, 28, 28)), 4)
        0.9529
        """
        sizes = self.output_shape(input_shape)[1:]
        shares = (
            real_taps(size, out, **axis) / (out * axis["kernel_size"])
            for (_, size, axis), out in zip(self.named_axes(input_shape), sizes, strict=True)
        )
        return prod(shares)


@dataclass(frozen=True)
class Conv1d(_DirectConvolution):
    """`torch.nn.Conv1d`.

    >>> Conv1d(1, 8, 3, stride=2).output_shape((1, 28))
    (8, 13)
    """

    num_axes: ClassVar[int] = 1
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis | str = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True


@dataclass(frozen=True)
class Conv2d(_DirectConvolution):
    """`torch.nn.Conv2d`.

    >>> layer = Conv2d(1, 16, 3, stride=2, padding=1)
    >>> layer.output_shape((1, 28, 28)), layer.num_params, layer.num_macs((1, 28, 28))
    ((16, 14, 14), 160, 28224)
    """

    num_axes: ClassVar[int] = 2
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis | str = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True
