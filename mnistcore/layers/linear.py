"""The linear layer, and what changes the shape in front of it: flattening and its reverse.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import shown, whole_number, yes_or_no
from mnistcore.layers.layer import Fields, Layer, Shape
from mnistcore.layers.receptive_field import UnknownFieldError
from mnistcore.sentences import Sentence

MOST_AXES = 3  # channels, height, width


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
            advice = Sentence("Choose `in_features`={size}.", size=input_shape[-1])
            if len(input_shape) > 1:
                advice = Sentence(
                    "Put a Flatten before it and choose `in_features`={size}.",
                    size=prod(input_shape),
                )
            raise InvalidInputError(
                "Linear was made for `in_features`={in_features}, but the input has shape "
                "{input_shape}. {advice}",
                in_features=self.in_features,
                input_shape=input_shape,
                advice=advice,
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
    """`torch.nn.Flatten`: joins axes; axis 0 is the batch, as in torch.

    >>> Flatten().output_shape((64, 4, 4)), Flatten(2).output_shape((64, 4, 4))
    ((1024,), (64, 16))
    """

    start_dim: int = 1
    end_dim: int = -1

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape with the axes from `start_dim` to `end_dim` as one."""
        start = _axis(self, "start_dim", input_shape)
        end = _axis(self, "end_dim", input_shape)
        if start == 0 and end > 0:
            raise InvalidInputError(
                "Flatten from `start_dim`=0 joins the images of a batch. Choose 1."
            )
        if start > end:
            raise InvalidInputError(
                "`start_dim`={start_dim} is behind `end_dim`={end_dim} on {input_shape}. Exchange "
                "them.",
                start_dim=self.start_dim,
                end_dim=self.end_dim,
                input_shape=input_shape,
            )
        if start == 0:
            return input_shape
        return *input_shape[: start - 1], prod(input_shape[start - 1 : end]), *input_shape[end:]

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields in front of it; unknown if axes of a picture are joined in part."""
        is_whole = len(self.output_shape(input_shape)) in (1, len(input_shape))
        if is_whole or not any(fields):
            return fields
        raise UnknownFieldError("Joined axes have no receptive field along one of them.")


@dataclass(frozen=True)
class Unflatten(Layer):
    """`torch.nn.Unflatten`: splits an axis; axis 0 is the batch, as in torch.

    >>> Unflatten(1, (64, 4, 4)).output_shape((1024,))
    (64, 4, 4)
    """

    dim: int
    unflattened_size: tuple[int, ...]

    def __post_init__(self) -> None:
        sizes: object = self.unflattened_size
        if not isinstance(sizes, list | tuple) or not 1 <= len(sizes) <= MOST_AXES:
            raise InvalidInputError(
                "`unflattened_size` is {sizes}. Give the sizes side by side, such as (64, 4, 4).",
                sizes=shown(sizes),
            )
        checked = tuple(whole_number("unflattened_size", size, minimum=-1) for size in sizes)
        if checked.count(-1) > 1 or 0 in checked:
            raise InvalidInputError(
                "`unflattened_size` is {checked}. Give -1 once at most, and no 0.", checked=checked
            )
        object.__setattr__(self, "unflattened_size", checked)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape with one axis split."""
        place = _axis(self, "dim", input_shape)
        if place == 0:
            raise InvalidInputError("`dim`=0 splits the batch. Choose 1 or more.")
        size = input_shape[place - 1]
        given = prod(each for each in self.unflattened_size if each != -1)
        split = tuple(size // given if each == -1 else each for each in self.unflattened_size)
        if prod(split) != size or 0 in split:
            raise InvalidInputError(
                "Unflatten splits {size} values into {unflattened_size}, which does not fit. "
                "Choose sizes whose product is {size}.",
                size=size,
                unflattened_size=self.unflattened_size,
            )
        shape = *input_shape[: place - 1], *split, *input_shape[place:]
        if len(shape) > MOST_AXES:
            raise InvalidInputError(
                "Unflatten makes {shape} of {input_shape}: more than channels, height and width. "
                "Choose fewer sizes.",
                shape=shape,
                input_shape=input_shape,
            )
        return shape

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields in front of it if those see all; else they are unknown."""
        if not any(fields):
            return fields
        raise UnknownFieldError("Split axes have no receptive field along one of them.")


def _axis(layer: Layer, name: str, input_shape: Shape) -> int:
    """Return an axis as a number from 0, the batch's, up."""
    count = len(input_shape) + 1
    axis = whole_number(name, getattr(layer, name), minimum=-count)
    if axis >= count:
        raise InvalidInputError(
            "`{name}` is {axis}, but {input_shape} has the axes 1 to {last_axis}, and 0 for the "
            "batch. Choose {last_axis} or less.",
            name=name,
            axis=axis,
            input_shape=input_shape,
            last_axis=count - 1,
        )
    return axis % count
