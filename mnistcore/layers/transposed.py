"""Transposed convolutions as layers: shape, parameters, multiply-adds, receptive field.

The arithmetic of one axis is in `conv_arithmetic`. Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.layers.conv_arithmetic import transposed_output_size
from mnistcore.layers.convolution import Convolution
from mnistcore.layers.layer import Fields, Shape, axis_named, require_channels, require_picture
from mnistcore.layers.pixel_coverage import real_taps
from mnistcore.layers.window import PerAxis


class _TransposedConvolution(Convolution):
    output_padding: PerAxis

    def __post_init__(self) -> None:
        super().__post_init__()
        self.check_numbers(padding=0, output_padding=0)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""
        require_picture(self, input_shape, self.num_axes)
        require_channels(self, "in_channels", self.in_channels, input_shape)
        sizes = []
        extras = self.for_each_axis("output_padding")
        for (name, size, axis), extra in zip(self.named_axes(input_shape), extras, strict=True):
            with axis_named(name):
                sizes.append(transposed_output_size(size, output_padding=extra, **axis))
        return self.out_channels, *sizes

    def num_macs(self, input_shape: Shape) -> int:
        """Return H·W·Kh·Kw·in_channels·(out_channels / groups): every input stamps the kernel."""
        self.output_shape(input_shape)
        return prod(input_shape[1:]) * self.num_weights

    def real_mac_share(self, input_shape: Shape) -> float:
        """Return the share of multiply-adds that are kept: the others fall on what is cut off.

        >>> ConvTranspose1d(1, 1, 3, padding=1).real_mac_share((1, 4))
        0.8333333333333334
        """
        sizes = self.output_shape(input_shape)[1:]
        shares = (
            real_taps(out, size, **axis) / (size * axis["kernel_size"])
            for (_, size, axis), out in zip(self.named_axes(input_shape), sizes, strict=True)
        )
        return prod(shares)

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the receptive fields behind the layer, one for each axis."""
        return tuple(
            field and field.after_transposed(**axis)
            for field, axis in zip(fields, self.axes(), strict=True)
        )


@dataclass(frozen=True)
class ConvTranspose1d(_TransposedConvolution):
    """`torch.nn.ConvTranspose1d`.

    >>> ConvTranspose1d(8, 1, 4, stride=2, padding=1).output_shape((8, 14))
    (1, 28)
    """

    num_axes: ClassVar[int] = 1
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis = 0
    output_padding: PerAxis = 0
    groups: int = 1
    bias: bool = True
    dilation: PerAxis = 1


@dataclass(frozen=True)
class ConvTranspose2d(_TransposedConvolution):
    """`torch.nn.ConvTranspose2d`.

    >>> layer = ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1)
    >>> layer.output_shape((16, 14, 14)), layer.num_macs((16, 14, 14))
    ((1, 28, 28), 28224)
    """

    num_axes: ClassVar[int] = 2
    in_channels: int
    out_channels: int
    kernel_size: PerAxis
    stride: PerAxis = 1
    padding: PerAxis = 0
    output_padding: PerAxis = 0
    groups: int = 1
    bias: bool = True
    dilation: PerAxis = 1
