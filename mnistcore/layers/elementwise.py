"""Layers that change values one by one: activations, dropout, and the identity.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import finite_number, shown, whole_number
from mnistcore.layers.layer import Layer, Shape


class ElementwiseLayer(Layer):
    """What they share: what comes out has the shape of what goes in."""

    is_elementwise: ClassVar[bool] = True

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        return input_shape


class Activation(ElementwiseLayer):
    """A function of one value, the same for all.

    >>> Sigmoid().num_other_ops((16, 14, 14))
    3136
    """

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each output, however the function is worked out."""
        return prod(self.output_shape(input_shape))


@dataclass(frozen=True)
class ReLU(Activation):
    """`torch.nn.ReLU`.

    >>> ReLU().num_other_ops((16, 14, 14))
    3136
    """


@dataclass(frozen=True)
class ReLU6(Activation):
    """`torch.nn.ReLU6`: a ReLU that ends at 6."""


@dataclass(frozen=True)
class SELU(Activation):
    """`torch.nn.SELU`."""


@dataclass(frozen=True)
class SiLU(Activation):
    """`torch.nn.SiLU`, also called swish."""


@dataclass(frozen=True)
class Mish(Activation):
    """`torch.nn.Mish`."""


@dataclass(frozen=True)
class Hardswish(Activation):
    """`torch.nn.Hardswish`."""


@dataclass(frozen=True)
class Hardsigmoid(Activation):
    """`torch.nn.Hardsigmoid`."""


@dataclass(frozen=True)
class Sigmoid(Activation):
    """`torch.nn.Sigmoid`."""


@dataclass(frozen=True)
class LogSigmoid(Activation):
    """`torch.nn.LogSigmoid`."""


@dataclass(frozen=True)
class Tanh(Activation):
    """`torch.nn.Tanh`."""


@dataclass(frozen=True)
class Softsign(Activation):
    """`torch.nn.Softsign`."""


@dataclass(frozen=True)
class LeakyReLU(Activation):
    """`torch.nn.LeakyReLU`."""

    negative_slope: float = 0.01

    def __post_init__(self) -> None:
        finite_number("negative_slope", self.negative_slope)


@dataclass(frozen=True)
class ELU(Activation):
    """`torch.nn.ELU`."""

    alpha: float = 1.0

    def __post_init__(self) -> None:
        finite_number("alpha", self.alpha)


@dataclass(frozen=True)
class CELU(Activation):
    """`torch.nn.CELU`."""

    alpha: float = 1.0

    def __post_init__(self) -> None:
        if not finite_number("alpha", self.alpha):
            raise InvalidInputError("`alpha` is 0. Choose another number.")


@dataclass(frozen=True)
class GELU(Activation):
    """`torch.nn.GELU`."""

    approximate: str = "none"

    def __post_init__(self) -> None:
        if self.approximate not in ("none", "tanh"):
            raise InvalidInputError(
                "`approximate` is {approximate}. Choose 'none' or 'tanh'.",
                approximate=shown(self.approximate),
            )


@dataclass(frozen=True)
class Hardtanh(Activation):
    """`torch.nn.Hardtanh`."""

    min_val: float = -1.0
    max_val: float = 1.0

    def __post_init__(self) -> None:
        low, high = finite_number("min_val", self.min_val), finite_number("max_val", self.max_val)
        if low >= high:
            raise InvalidInputError(
                "`min_val` {low} is not below `max_val` {high}. Lower it.", low=low, high=high
            )


@dataclass(frozen=True)
class Softplus(Activation):
    """`torch.nn.Softplus`."""

    beta: float = 1.0
    threshold: float = 20.0

    def __post_init__(self) -> None:
        finite_number("beta", self.beta)
        finite_number("threshold", self.threshold)


@dataclass(frozen=True)
class PReLU(Activation):
    """`torch.nn.PReLU`: the slope below zero is learned, one for all channels or one for each.

    >>> PReLU(16).num_params
    16
    """

    num_parameters: int = 1

    def __post_init__(self) -> None:
        whole_number("num_parameters", self.num_parameters, minimum=1)

    @property
    def num_params(self) -> int:
        """Return the number of slopes."""
        return self.num_parameters

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        found = input_shape[0]
        if self.num_parameters not in (1, found):
            raise InvalidInputError(
                "PReLU has `num_parameters`={num_parameters}, which does not fit the input "
                "{input_shape}. Choose {found}, a slope for each channel, or 1.",
                num_parameters=self.num_parameters,
                input_shape=input_shape,
                found=found,
            )
        return input_shape


@dataclass(frozen=True)
class Identity(ElementwiseLayer):
    """`torch.nn.Identity`: hands on what it gets."""


@dataclass(frozen=True)
class Dropout(ElementwiseLayer):
    """`torch.nn.Dropout`: at work in training only, so it counts no operations.

    >>> Dropout(0.25).output_shape((1024,))
    (1024,)
    """

    p: float = 0.5

    def __post_init__(self) -> None:
        if isinstance(self.p, bool) or not isinstance(self.p, int | float) or not 0 <= self.p <= 1:
            raise InvalidInputError(
                "`p` is {p}. Choose a probability from 0 to 1.", p=shown(self.p)
            )


class AlphaDropout(Dropout):
    """`torch.nn.AlphaDropout`, for networks of SELU."""


class Dropout1d(Dropout):
    """`torch.nn.Dropout1d`: drops whole channels of a signal."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if len(input_shape) > 2:
            raise InvalidInputError(
                "{kind} takes (channels, length), but gets {input_shape}. Choose Dropout2d.",
                kind=self.kind,
                input_shape=input_shape,
            )
        return input_shape


class Dropout2d(Dropout):
    """`torch.nn.Dropout2d`: drops whole channels of a picture."""
