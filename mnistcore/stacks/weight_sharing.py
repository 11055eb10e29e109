"""What it costs not to share weights: one convolution as three layers of equal shapes.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod

from mnistcore.layers.convolution import Conv1d, Conv2d
from mnistcore.layers.layer import Shape


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


def shared(layer: Conv1d | Conv2d, input_shape: Shape) -> LayerCost:
    """Return what the convolution itself costs: all positions use the same kernels.

    Args:
        layer: The convolution.
        input_shape: The shape that goes in.

    >>> shared(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28)).num_params
    160
    """
    num_biases = layer.out_channels if layer.bias else 0
    return LayerCost(layer.num_weights, num_biases, layer.num_macs(input_shape))


def locally_connected(layer: Conv1d | Conv2d, input_shape: Shape) -> LayerCost:
    """Return what it costs if every position has kernels and biases of its own.

    Args:
        layer: The convolution.
        input_shape: The shape that goes in.

    >>> locally_connected(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28)).num_params
    31360
    """
    output_shape = layer.output_shape(input_shape)
    num_biases = prod(output_shape) if layer.bias else 0
    num_macs = layer.num_macs(input_shape)
    return LayerCost(num_macs, num_biases, num_macs)


def fully_connected(layer: Conv1d | Conv2d, input_shape: Shape) -> LayerCost:
    """Return what it costs if every output sees every input, each with a weight of its own.

    Args:
        layer: The convolution.
        input_shape: The shape that goes in.

    >>> fully_connected(Conv2d(1, 16, 3, stride=2, padding=1), (1, 28, 28)).num_params
    2461760
    """
    num_outputs = prod(layer.output_shape(input_shape))
    num_weights = prod(input_shape) * num_outputs
    return LayerCost(num_weights, num_outputs if layer.bias else 0, num_weights)
