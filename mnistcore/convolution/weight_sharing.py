"""What sharing weights saves: three layers of equal shapes, their weights drawn and counted.

Shared is a convolution. Locally connected has kernels of its own at every position. Fully
connected joins every input to every output. Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import Literal

from mnistcore.layers.conv_arithmetic import output_size
from mnistcore.layers.convolution import Conv1d, Conv2d
from mnistcore.layers.layer import Shape

Sharing = Literal["shared", "locally connected", "fully connected"]


@dataclass(frozen=True)
class LayerCost:
    """Trained numbers and multiply-adds of one way to connect the same input and output."""

    num_weights: int
    num_biases: int
    num_macs: int

    @property
    def num_params(self) -> int:
        """Return weights and biases together."""
        return self.num_weights + self.num_biases


def layer_cost(layer: Conv1d | Conv2d, input_shape: Shape, sharing: Sharing) -> LayerCost:
    """Return what a convolution costs, or a layer in its place that shares less.

    >>> layer, shape = Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28)
    >>> [layer_cost(layer, shape, way).num_params for way in ("shared", "locally connected")]
    [160, 31360]
    """
    num_macs, num_outputs = layer.num_macs(input_shape), prod(layer.output_shape(input_shape))
    num_weights, num_biases = num_macs, num_outputs
    if sharing == "shared":
        num_weights, num_biases = layer.num_weights, layer.out_channels
    elif sharing == "fully connected":
        num_weights = num_macs = prod(input_shape) * num_outputs
    return LayerCost(num_weights, num_biases if layer.bias else 0, num_macs)


@dataclass(frozen=True)
class Connection:
    """A line from an input pixel to an output number.

    Attributes:
        source: Position of the pixel, from 0.
        target: Position of the output number, from 0.
        weight: Which weight it carries; lines with the same number carry the same weight.
    """

    source: int
    target: int
    weight: int


def connections(
    input_size: int, sharing: Sharing, *, kernel_size: int, stride: int = 1
) -> list[Connection]:
    """Return every line between a row of pixels, without padding, and its outputs.

    Args:
        input_size: Number of pixels in the row.
        sharing: Which of the three layers.
        kernel_size: Number of kernel elements.
        stride: Pixels from one position of the window to the next.

    Raises:
        InvalidInputError: The kernel is wider than the row.

    >>> [line.weight for line in connections(4, "shared", kernel_size=3)]
    [0, 1, 2, 0, 1, 2]
    >>> [line.weight for line in connections(4, "locally connected", kernel_size=3)]
    [0, 1, 2, 3, 4, 5]
    """
    length = output_size(input_size, kernel_size=kernel_size, stride=stride)
    if sharing == "fully connected":
        return [
            Connection(source, target, target * input_size + source)
            for target in range(length)
            for source in range(input_size)
        ]
    own_weights = 0 if sharing == "shared" else kernel_size  # of each position
    return [
        Connection(target * stride + tap, target, tap + target * own_weights)
        for target in range(length)
        for tap in range(kernel_size)
    ]
