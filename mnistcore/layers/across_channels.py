"""Layers that set each value in relation to those beside it: softmax, local response.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number
from mnistcore.layers.elementwise import ElementwiseLayer
from mnistcore.layers.layer import Fields, Layer, Shape, require_picture


@dataclass(frozen=True)
class Softmax(Layer):
    """`torch.nn.Softmax`; without `dim` along the channels or features of a batch, as in torch.

    >>> Softmax(dim=1).output_shape((10,)), Softmax(dim=1).num_other_ops((10,))
    ((10,), 30)
    """

    dim: int | None = None

    def __post_init__(self) -> None:
        if self.dim is not None:
            whole_number("dim", self.dim, minimum=-4, maximum=3)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        count = len(input_shape) + 1
        if self.dim is not None and not -count <= self.dim < count:
            raise InvalidInputError(
                "`dim` is {dim}, but {input_shape} has axes 1 to {last_axis}, and 0 for the "
                "batch. Choose one of them.",
                dim=self.dim,
                input_shape=input_shape,
                last_axis=count - 1,
            )
        return input_shape

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return three operations for each output: exponential, addition, division."""
        return 3 * prod(self.output_shape(input_shape))

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields in front of it, the axis of the softmax seen from end to end."""
        count = len(input_shape) + 1
        axis = (0 if count == 3 else 1) if self.dim is None else self.dim % count
        if count == 2:
            return (None,) * len(fields) if axis == 1 else fields
        seen = axis - 2  # behind batch and channels
        return tuple(None if place == seen else field for place, field in enumerate(fields))


class LogSoftmax(Softmax):
    """`torch.nn.LogSoftmax`."""


@dataclass(frozen=True)
class LocalResponseNorm(ElementwiseLayer):
    """`torch.nn.LocalResponseNorm`: each value by those of the channels beside it.

    >>> LocalResponseNorm(5).output_shape((96, 55, 55))
    (96, 55, 55)
    """

    is_elementwise: ClassVar[bool] = False
    size: int

    def __post_init__(self) -> None:
        whole_number("size", self.size, minimum=1)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if len(input_shape) == 1:
            require_picture(self, input_shape, 2)
        return input_shape

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each channel that goes into each output."""
        return self.size * prod(input_shape)
