"""Convolutions, ordinary and transposed: shape, parameters, multiply-adds, and how many are wasted.

The arithmetic of one axis is in `conv_arithmetic`. Imports neither torch nor numpy.
"""

from dataclasses import dataclass, replace
from math import prod
from typing import Any, ClassVar, Self

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number, yes_or_no
from mnistcore.layers.conv_arithmetic import output_size, transposed_output_size
from mnistcore.layers.layer import Fields, Shape, fields_fit, require_channels, require_picture
from mnistcore.layers.pixel_coverage import real_taps
from mnistcore.layers.same_padding import same_padding
from mnistcore.layers.window import PerAxis, WindowLayer


class Convolution(WindowLayer):
    """What all kinds of convolution share."""

    has_weights: ClassVar[bool] = True
    input_argument: ClassVar[str] = "in_channels"
    output_argument: ClassVar[str] = "out_channels"
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
                    "`{name}`={channels} cannot be split into `groups`={groups} equal parts. "
                    "Choose groups that divide {in_channels} and {out_channels}.",
                    name=name,
                    channels=getattr(self, name),
                    groups=self.groups,
                    in_channels=self.in_channels,
                    out_channels=self.out_channels,
                )

    def fitted_to(self, input_shape: Shape) -> Self:
        """Return the layer made for this input; a depthwise convolution stays one."""
        fitting = self.fitting_arguments(input_shape)
        if self.groups == self.in_channels > 1:
            multiplier = self.out_channels // self.in_channels
            fitting |= {"out_channels": multiplier * input_shape[0], "groups": input_shape[0]}
        return replace(self, **fitting)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""
        require_picture(self, input_shape, self.num_axes)
        require_channels(self, input_shape)
        return self.out_channels, *self.output_sizes(input_shape)

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

    def num_macs(self, input_shape: Shape) -> int:
        """Return H'·W'·Kh·Kw·(in_channels / groups)·out_channels; H·W if it is transposed."""
        return prod(self.window_counts(input_shape)) * self.num_weights

    def real_mac_fraction(self, input_shape: Shape) -> float:
        """Return how much of the multiply-adds padding does not waste, from 0 to 1.

        The others have a padded zero as factor; in a transposed convolution they fall on what its
        padding cuts off.

        >>> from mnistcore.layers.kinds import Conv2d, ConvTranspose1d
        >>> round(Conv2d(1, 16, 3, stride=2, padding=1).real_mac_fraction((1, 28, 28)), 4)
        0.9529
        >>> ConvTranspose1d(1, 1, 3, padding=1).real_mac_fraction((1, 4))
        0.8333333333333334
        """
        windows, pixels = self.window_counts(input_shape), self.pixel_counts(input_shape)
        return prod(
            real_taps(size, count, **axis) / (count * axis["kernel_size"])
            for size, count, axis in zip(pixels, windows, self.axes(), strict=True)
        )


@dataclass(frozen=True)
class _DirectConvolution(Convolution):
    family: ClassVar[str] = "Convolution"
    size_function = staticmethod(output_size)
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis | str = 0
    dilation: PerAxis = 1
    groups: int = 1
    bias: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.padding, str):
            self.check_numbers(padding=0)
        elif self.padding not in ("same", "valid"):
            raise InvalidInputError(
                "`padding` is {padding!r}. Choose a number, 'same' or 'valid'.",
                padding=self.padding[:40],
            )
        elif self.padding == "same" and self.stride != 1:
            raise InvalidInputError(
                "torch allows `padding`='same' at `stride`=1 only, not {stride}. Choose stride 1, "
                "or give the padding as a number.",
                stride=self.stride,
            )

    def paddings(self) -> tuple[tuple[int, int], ...]:
        """Return the zeros before and after each axis."""
        if self.padding == "valid":
            return ((0, 0),) * self.num_axes
        if self.padding == "same":
            kernels, dilations = self.for_each_axis("kernel_size"), self.for_each_axis("dilation")
            return tuple(same_padding(*axis) for axis in zip(kernels, dilations, strict=True))
        return super().paddings()

    def output_sizes(self, input_shape: Shape) -> tuple[int, ...]:
        """Return the size that comes out along each axis, or raise `InvalidInputError`."""
        return input_shape[1:] if self.padding == "same" else super().output_sizes(input_shape)


class Conv1d(_DirectConvolution):
    """`torch.nn.Conv1d`.

    >>> Conv1d(1, 8, 3, stride=2).output_shape((1, 28))
    (8, 13)
    """

    num_axes: ClassVar[int] = 1


class Conv2d(_DirectConvolution):
    """`torch.nn.Conv2d`.

    >>> layer = Conv2d(1, 16, 3, stride=2, padding=1)
    >>> layer.output_shape((1, 28, 28)), layer.num_params, layer.num_macs((1, 28, 28))
    ((16, 14, 14), 160, 28224)
    """

    num_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class TransposedConvolution(Convolution):
    """A convolution run backwards: every input stamps the kernel on the output."""

    family: ClassVar[str] = "Transposed convolution"
    size_function = staticmethod(transposed_output_size)
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis = 0
    output_padding: PerAxis = 0
    groups: int = 1
    bias: bool = True
    dilation: PerAxis = 1

    def __post_init__(self) -> None:
        super().__post_init__()
        self.check_numbers(padding=0, output_padding=0)

    def size_settings(self, axis: int) -> dict[str, Any]:
        """Return what the size formula takes besides: the output's padding."""
        return {"output_padding": self.for_each_axis("output_padding")[axis]}

    def window_counts(self, input_shape: Shape) -> tuple[int, ...]:
        """Return how many stamps there are along each axis: one for each input."""
        self.output_shape(input_shape)
        return input_shape[1:]

    def pixel_counts(self, input_shape: Shape) -> tuple[int, ...]:
        """Return along each axis the pixels that are stamped on: the output's."""
        return self.output_shape(input_shape)[1:]

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the receptive fields behind the layer, one for each axis."""
        if not fields_fit(fields, self.num_axes):
            return fields
        return tuple(
            field and field.after_transposed(**axis)
            for field, axis in zip(fields, self.axes(), strict=True)
        )


class ConvTranspose1d(TransposedConvolution):
    """`torch.nn.ConvTranspose1d`.

    >>> ConvTranspose1d(8, 1, 4, stride=2, padding=1).output_shape((8, 14))
    (1, 28)
    """

    num_axes: ClassVar[int] = 1


class ConvTranspose2d(TransposedConvolution):
    """`torch.nn.ConvTranspose2d`.

    >>> layer = ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1)
    >>> layer.output_shape((16, 14, 14)), layer.num_macs((16, 14, 14))
    ((1, 28, 28), 28224)
    """

    num_axes: ClassVar[int] = 2
