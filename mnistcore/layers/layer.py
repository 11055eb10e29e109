"""What every kind of layer can say about itself; the kinds are in `kinds`.

Shapes are those of one image, without the batch: (channels, height, width), (channels, length)
or (features,). Imports neither torch nor numpy.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from math import prod
from typing import ClassVar, Self

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import shown, whole_number
from mnistcore.layers.receptive_field import ReceptiveField, UnknownFieldError
from mnistcore.sentences import Sentence

Shape = tuple[int, ...]
# One for each axis of the network's input but its channels; None: the axis from end to end.
Fields = tuple[ReceptiveField | None, ...]

AXIS_NAMES = {1: ("length",), 2: ("height", "width")}


@dataclass(frozen=True)
class Layer(ABC):
    """One layer, with the names and defaults of its namesake in `torch.nn`.

    Attributes:
        family: What kinds that differ in their axes alone are called; "" if there is one only.
        has_weights: Whether it multiplies its input by weights, which is what MACs count.
        is_elementwise: Whether each output depends on the input at its own place alone.
        input_argument: The argument that says how many channels or features go in, if any.
        output_argument: The argument that says how many come out, if any.
    """

    family: ClassVar[str] = ""
    has_weights: ClassVar[bool] = False
    is_elementwise: ClassVar[bool] = False
    input_argument: ClassVar[str] = ""
    output_argument: ClassVar[str] = ""

    @property
    def kind(self) -> str:
        """Return the name of the class, the same as in `torch.nn`."""
        return type(self).__name__

    @property
    def in_words(self) -> str:
        """Return the name of its family, or of its kind if there is no other in the family."""
        return self.family or self.kind

    @classmethod
    def fitting_arguments(cls, input_shape: Shape) -> dict[str, int]:
        """Return the argument for how much goes in, as this input wants it; {} if there is none.

        >>> from mnistcore.layers.kinds import BatchNorm2d
        >>> BatchNorm2d.fitting_arguments((16, 14, 14))
        {'num_features': 16}
        """
        return {cls.input_argument: input_shape[0]} if cls.input_argument else {}

    def fitted_to(self, input_shape: Shape) -> Self:
        """Return the layer made for this input, its other arguments unchanged.

        >>> from mnistcore.layers.kinds import Linear
        >>> print(Linear(99, 10).fitted_to((784,)))
        Linear(in_features=784, out_features=10)
        """
        return replace(self, **self.fitting_arguments(input_shape))

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, or raise `InvalidInputError` if none can."""

    @property
    def num_params(self) -> int:
        """Return the number of trained parameters: weights and biases."""
        return 0

    def num_macs(self, input_shape: Shape) -> int:
        """Return the multiply-adds of convolutions and linear layers; FLOPs are twice as many.

        Bias, batch normalisation, activation and pooling are no part of it, see `num_bias_adds`
        and `num_other_ops`.
        """
        self.output_shape(input_shape)
        return 0

    def num_bias_adds(self, input_shape: Shape) -> int:
        """Return the additions of a bias: one for each output, if there is a bias."""
        return prod(self.output_shape(input_shape)) if getattr(self, "bias", False) else 0

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return the operations that are neither multiply-adds nor bias.

        By convention two for each output of a batch normalisation (one scale, one shift), one
        for a ReLU, and one for each pixel in each window of a pooling.
        """
        self.output_shape(input_shape)
        return 0

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the receptive fields behind the layer, one for each axis of the picture.

        Raises:
            UnknownFieldError: They cannot be told.
        """
        return fields

    def arguments(self) -> dict[str, object]:
        """Return the arguments that differ from their defaults, or have none, in torch's order.

        >>> from mnistcore.layers.kinds import Conv2d
        >>> Conv2d(1, 16, 3, padding=1).arguments()
        {'in_channels': 1, 'out_channels': 16, 'kernel_size': 3, 'padding': 1}
        """
        values = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        return {name: value for name, (value, default) in values.items() if value != default}

    def __str__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.arguments().items())
        return f"{self.kind}({arguments})"


def checked_shape(shape: object) -> Shape:
    """Return the shape of one image as a tuple, if it can be one.

    Args:
        shape: (channels, height, width), (channels, length) or (features,).

    Raises:
        InvalidInputError: It is none of these.

    >>> checked_shape([1, 28, 28])
    (1, 28, 28)
    """
    if not isinstance(shape, list | tuple) or not 1 <= len(shape) <= 3:
        raise InvalidInputError(
            "The input shape is {shape}. Give (channels, height, width), (channels, length) or "
            "(features,).",
            shape=shown(shape),
        )
    names = {1: ("features",), 2: ("channels", "length"), 3: ("channels", "height", "width")}
    return tuple(
        whole_number(f"input {name}", size, minimum=1)
        for name, size in zip(names[len(shape)], shape, strict=True)
    )


def fields_fit(fields: Fields, num_axes: int) -> bool:
    """Return whether a layer has to work fields out; not if they all see everything already.

    Args:
        fields: The receptive fields in front of the layer.
        num_axes: The axes of its input.

    Raises:
        UnknownFieldError: They are of other axes: the input was put into another shape before.
    """
    if not any(fields):
        return False
    if len(fields) != num_axes:
        raise UnknownFieldError("Behind another shape the axes are others than the input's.")
    return True


def require_picture(layer: Layer, input_shape: Shape, num_axes: int) -> None:
    """Raise `InvalidInputError` unless the input has channels and that many axes.

    Args:
        layer: The layer that asks.
        input_shape: The shape that goes in.
        num_axes: 1 for a signal, 2 for an image.
    """
    if len(input_shape) != num_axes + 1:
        wanted = "(channels, height, width)" if num_axes == 2 else "(channels, length)"
        raise InvalidInputError(
            "{kind} takes an input of shape {wanted}, but gets {input_shape}. Choose a layer for "
            "this shape, or put the layer before the flattening.",
            kind=layer.kind,
            wanted=wanted,
            input_shape=input_shape,
        )


def require_channels(layer: Layer, input_shape: Shape) -> None:
    """Raise `InvalidInputError` unless the input has the channels the layer was made for."""
    name, expected = layer.input_argument, getattr(layer, layer.input_argument)
    if input_shape[0] != expected:
        found = input_shape[0]
        values = {
            "kind": layer.kind,
            "name": name,
            "expected": expected,
            "input_shape": input_shape,
            "found": found,
        }
        if found == 1:
            raise InvalidInputError(
                "{kind} was made for `{name}`={expected}, but the input {input_shape} has {found} "
                "channel. Choose `{name}`={found}.",
                **values,
            )
        raise InvalidInputError(
            "{kind} was made for `{name}`={expected}, but the input {input_shape} has {found} "
            "channels. Choose `{name}`={found}.",
            **values,
        )


@contextmanager
def axis_named(name: str) -> Iterator[None]:
    """Name the axis in front of an `InvalidInputError` that is raised inside."""
    try:
        yield
    except InvalidInputError as error:
        raise InvalidInputError(
            "Along the {name}: {error}", name=Sentence(name), error=error
        ) from None
