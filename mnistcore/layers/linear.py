"""The linear layer, and the flattening in front of it.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number, yes_or_no
from mnistcore.layers.layer import Fields, Layer, Shape


@dataclass(frozen=True)
class Linear(Layer):
    """`torch.nn.Linear`: every output sees the whole input.

    >>> Linear(1024, 10).num_params, Linear(1024, 10).num_macs((1024,))
    (10250, 10240)
    """

    has_weights: ClassVar[bool] = True
    input_argument: ClassVar[str] = "in_features"
    output_argument: ClassVar[str] = "out_features"
    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        whole_number("in_features", self.in_features, minimum=1)
        whole_number("out_features", self.out_features, minimum=1)
        yes_or_no("bias", self.bias)

    @classmethod
    def fitting_arguments(cls, input_shape: Shape) -> dict[str, int]:
        """Return the features that go in: as in torch those of the last axis."""
        return {"in_features": input_shape[-1]}

    @property
    def num_params(self) -> int:
        """Return the number of trained parameters: weights and biases."""
        return self.in_features * self.out_features + (self.out_features if self.bias else 0)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out; as in torch only the last axis changes."""
        if input_shape[-1] != self.in_features:
            advice = (
                f"Choose `in_features`={input_shape[-1]}."
                if len(input_shape) == 1
                else f"Put a Flatten before it and choose `in_features`={prod(input_shape)}."
            )
            raise InvalidInputError(
                f"Linear was made for `in_features`={self.in_features}, but the input has shape "
                f"{input_shape}. {advice}"
            )
        return *input_shape[:-1], self.out_features

    def num_macs(self, input_shape: Shape) -> int:
        """Return in_features·out_features, for each position if the input was not flattened."""
        return prod(self.output_shape(input_shape)) * self.in_features

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the receptive fields behind the layer: the whole of what it mixes."""
        is_flat = len(input_shape) == 1
        return (None,) * len(fields) if is_flat else (*fields[:-1], None)


@dataclass(frozen=True)
class Flatten(Layer):
    """`torch.nn.Flatten`.

    >>> Flatten().output_shape((64, 4, 4))
    (1024,)
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the number of all values as the only axis."""
        return (prod(input_shape),)
