"""The rules by which other counters count a layer, in parts that add up; `other_counters` says why.

Imports neither torch nor numpy.
"""

from math import prod

from mnistcore.layers.conv_arithmetic import kernel_span
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.elementwise import ReLU
from mnistcore.layers.layer import Layer
from mnistcore.layers.normalisation import BatchNorm
from mnistcore.layers.pooling import AveragePooling, Pooling
from mnistcore.stacks.stack import StackRow

Parts = dict[str, int]

MACS, BIAS, NORM, RELU, POOL = "products", "bias", "batch norm", "ReLU", "pooling"


def _counted(row: StackRow, kind: type[Layer], per_element: int) -> int:
    """Count so many for each element that goes into a layer of one kind."""
    return per_element * prod(row.input_shape) if isinstance(row.layer, kind) else 0


def _products_at_outputs(row: StackRow) -> int:
    """Count the kernel at every output, on transposed convolutions too, which is too often."""
    if isinstance(row.layer, Convolution):
        return row.layer.num_weights * prod(row.output_shape[1:])
    return row.num_macs


def fvcore(row: StackRow) -> Parts:
    """Return the parts of the number that fvcore 0.1.5 gives a layer.

    Args:
        row: The layer at its place.
    """
    is_overlooked = isinstance(getattr(row.layer, "padding", 0), str)
    return {MACS: 0 if is_overlooked else row.num_macs, NORM: _counted(row, BatchNorm, 2)}


def torchinfo(row: StackRow) -> Parts:
    """Return the parts of the number that torchinfo 1.8.0 gives a layer.

    Args:
        row: The layer at its place.
    """
    if isinstance(row.layer, Convolution):
        positions = prod(row.output_shape[1:])
        bias = row.layer.out_channels * positions if row.layer.bias else 0
        return {MACS: row.layer.num_weights * positions, BIAS: bias}
    if isinstance(row.layer, BatchNorm):
        return {NORM: row.num_params}
    bias = getattr(row.layer, "out_features", 0) if getattr(row.layer, "bias", False) else 0
    return {MACS: row.num_params - bias, BIAS: bias}


def thop(row: StackRow) -> Parts:
    """Return the parts of the number that thop 0.1.1 gives a layer.

    Args:
        row: The layer at its place.
    """
    products = _products_at_outputs(row)
    if isinstance(row.layer, TransposedConvolution):
        kernel = prod(row.layer.for_each_axis("kernel_size"))
        products = prod(row.output_shape) * (row.layer.in_channels // row.layer.groups) * kernel
    return {
        MACS: products,
        NORM: _counted(row, BatchNorm, 4),
        POOL: prod(row.output_shape) if isinstance(row.layer, AveragePooling) else 0,
    }


def ptflops_pytorch(row: StackRow) -> Parts:
    """Return the parts of the number that ptflops 0.7.5 with its backend pytorch gives a layer.

    Args:
        row: The layer at its place.
    """
    return {
        MACS: row.num_macs,
        BIAS: row.num_bias_adds,
        NORM: _counted(row, BatchNorm, 2),
        RELU: _counted(row, ReLU, 2),
        POOL: _counted(row, Pooling, 2),
    }


def calflops(row: StackRow) -> Parts:
    """Return the parts of the number that calflops 0.3.2 gives a layer.

    Args:
        row: The layer at its place.
    """
    products, bias = 2 * row.num_macs, row.num_bias_adds
    if isinstance(row.layer, TransposedConvolution):
        filters = row.layer.out_channels // row.layer.groups  # divided by the groups twice
        products = products // filters * (filters // row.layer.groups)
        bias = _calflops_transposed_bias(row.layer, row.input_shape[1:])
    elif isinstance(row.layer, Convolution) and row.layer.padding == "same":
        positions = _calflops_same_positions(row.layer, row.input_shape[1:])
        products = 2 * row.layer.num_weights * positions
        bias = row.layer.out_channels * positions if row.layer.bias else 0
    elif not isinstance(row.layer, Convolution):
        bias = 0
    return {
        MACS: products,
        BIAS: bias,
        NORM: _counted(row, BatchNorm, 2),
        RELU: _counted(row, ReLU, 1),
        POOL: _counted(row, Pooling, 1),
    }


def _calflops_transposed_bias(layer: TransposedConvolution, sizes: tuple[int, ...]) -> int:
    """Count the bias where an ordinary convolution would have its outputs, for one group."""
    if not layer.bias:
        return 0
    positions = 1
    for size, axis in zip(sizes, layer.axes(), strict=True):
        room = size + 2 * axis["padding"] - kernel_span(axis["kernel_size"], axis["dilation"])
        positions *= room // axis["stride"] + 1
    return layer.out_channels // layer.groups * positions


def _calflops_same_positions(layer: Convolution, sizes: tuple[int, ...]) -> int:
    """Count positions with the smaller half of "same" padding on both ends."""
    return prod(
        size - (kernel_span(axis["kernel_size"], axis["dilation"]) - 1) % 2
        for size, axis in zip(sizes, layer.axes(), strict=True)
    )
