"""Layers that change values one by one: batch normalisation, ReLU, dropout.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number
from mnistcore.layers.layer import Layer, Shape, require_channels, require_picture


class ElementwiseLayer(Layer):
    """What they share: what comes out has the shape of what goes in."""

    is_elementwise: ClassVar[bool] = True

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        return input_shape


@dataclass(frozen=True)
class BatchNorm(ElementwiseLayer):
    """Batch normalisation: in evaluation a scale and a shift for each channel."""

    family: ClassVar[str] = "Batch norm"
    input_argument: ClassVar[str] = "num_features"
    possible_axes: ClassVar[tuple[int, ...]]
    num_features: int

    def __post_init__(self) -> None:
        whole_number("num_features", self.num_features, minimum=1)

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each channel; running mean and variance are no weights."""
        return 2 * self.num_features

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if len(input_shape) - 1 not in self.possible_axes:
            require_picture(self, input_shape, self.possible_axes[-1])
        require_channels(self, input_shape)
        return input_shape

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return two operations for each output: one scale, one shift."""
        return 2 * prod(self.output_shape(input_shape))


class BatchNorm1d(BatchNorm):
    """`torch.nn.BatchNorm1d`, for (channels, length) or (features,).

    >>> BatchNorm1d(10).output_shape((10,))
    (10,)
    """

    possible_axes: ClassVar[tuple[int, ...]] = (0, 1)


class BatchNorm2d(BatchNorm):
    """`torch.nn.BatchNorm2d`.

    >>> BatchNorm2d(16).num_params
    32
    """

    possible_axes: ClassVar[tuple[int, ...]] = (2,)


@dataclass(frozen=True)
class ReLU(ElementwiseLayer):
    """`torch.nn.ReLU`.

    >>> ReLU().num_other_ops((16, 14, 14))
    3136
    """

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one comparison for each output."""
        return prod(input_shape)


@dataclass(frozen=True)
class Dropout(ElementwiseLayer):
    """`torch.nn.Dropout`: at work in training only, so it counts no operations.

    >>> Dropout(0.25).output_shape((1024,))
    (1024,)
    """

    p: float = 0.5

    def __post_init__(self) -> None:
        if isinstance(self.p, bool) or not isinstance(self.p, int | float) or not 0 <= self.p < 1:
            raise InvalidInputError(
                f"`p` is {str(self.p)[:40]!r}. Choose a probability from 0 on and below 1."
            )
