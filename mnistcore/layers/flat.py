"""Layers without a window: linear, batch normalisation, ReLU, dropout, flatten.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number, yes_or_no
from mnistcore.layers.layer import Fields, Layer, Shape, require_channels, require_picture


@dataclass(frozen=True)
class Linear(Layer):
    """`torch.nn.Linear`: every output sees the whole input.

    >>> Linear(1024, 10).num_params, Linear(1024, 10).num_macs((1024,))
    (10250, 10240)
    """

    has_weights: ClassVar[bool] = True
    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        whole_number("in_features", self.in_features, minimum=1)
        whole_number("out_features", self.out_features, minimum=1)
        yes_or_no("bias", self.bias)

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


class _BatchNorm(Layer):
    num_axes: ClassVar[tuple[int, ...]]
    num_features: int

    def __post_init__(self) -> None:
        whole_number("num_features", self.num_features, minimum=1)

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each channel; running mean and variance are no weights."""
        return 2 * self.num_features

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if len(input_shape) - 1 not in self.num_axes:
            require_picture(self, input_shape, self.num_axes[-1])
        require_channels(self, "num_features", self.num_features, input_shape)
        return input_shape

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return two operations for each output: one scale, one shift."""
        return 2 * prod(self.output_shape(input_shape))


@dataclass(frozen=True)
class BatchNorm1d(_BatchNorm):
    """`torch.nn.BatchNorm1d`, for (channels, length) or (features,).

    >>> BatchNorm1d(10).output_shape((10,))
    (10,)
    """

    num_axes: ClassVar[tuple[int, ...]] = (0, 1)
    num_features: int


@dataclass(frozen=True)
class BatchNorm2d(_BatchNorm):
    """`torch.nn.BatchNorm2d`.

    >>> BatchNorm2d(16).num_params
    32
    """

    num_axes: ClassVar[tuple[int, ...]] = (2,)
    num_features: int


@dataclass(frozen=True)
class ReLU(Layer):
    """`torch.nn.ReLU`.

    >>> ReLU().num_other_ops((16, 14, 14))
    3136
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        return input_shape

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one comparison for each output."""
        return prod(input_shape)


@dataclass(frozen=True)
class Dropout(Layer):
    """`torch.nn.Dropout`: at work in training only, so it counts no operations.

    >>> Dropout(0.25).output_shape((1024,))
    (1024,)
    """

    p: float = 0.5

    def __post_init__(self) -> None:
        if isinstance(self.p, bool) or not isinstance(self.p, int | float) or not 0 <= self.p < 1:
            raise InvalidInputError(
                f"`p` is {str(self.p)[:40]!r}. Choose a share from 0 up to, but not including, 1."
            )

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        return input_shape


@dataclass(frozen=True)
class Flatten(Layer):
    """`torch.nn.Flatten`.

    >>> Flatten().output_shape((64, 4, 4))
    (1024,)
    """

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the number of all values as the only axis."""
        return (prod(input_shape),)
