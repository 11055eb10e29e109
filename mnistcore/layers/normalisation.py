"""Normalisations as layers: batch, instance, group, and layer.

In evaluation a batch normalisation is a scale and a shift for each channel. The others take mean
and variance from the image itself, so that an output depends on all they are taken over.
Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import whole_number, yes_or_no
from mnistcore.layers.elementwise import ElementwiseLayer
from mnistcore.layers.layer import Fields, Layer, Shape, require_channels, require_picture


class Normalisation(Layer):
    """What they share: the shape stays, and a scale and a shift are learned, if at all."""

    bias: bool

    def num_learned(self, count: int, *, is_affine: bool) -> int:
        """Return the parameters of so many scales, with as many shifts unless `bias` is False."""
        return (count + count * self.bias) if is_affine else 0

    def num_bias_adds(self, input_shape: Shape) -> int:
        """Return 0: the shifts are counted among the other operations."""
        return 0

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return two operations for each output: one scale, one shift."""
        return 2 * prod(self.output_shape(input_shape))


@dataclass(frozen=True)
class BatchNorm(Normalisation, ElementwiseLayer):
    """Batch normalisation: in evaluation a scale and a shift for each channel."""

    family: ClassVar[str] = "Batch norm"
    input_argument: ClassVar[str] = "num_features"
    possible_axes: ClassVar[tuple[int, ...]]
    num_features: int
    affine: bool = True
    bias: bool = True

    def __post_init__(self) -> None:
        whole_number("num_features", self.num_features, minimum=1)
        yes_or_no("affine", self.affine)
        yes_or_no("bias", self.bias)

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each channel; running mean and variance are no weights."""
        return self.num_learned(self.num_features, is_affine=self.affine)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if len(input_shape) - 1 not in self.possible_axes:
            require_picture(self, input_shape, self.possible_axes[-1])
        require_channels(self, input_shape)
        return input_shape


class BatchNorm1d(BatchNorm):
    """`torch.nn.BatchNorm1d`, for (channels, length) or (features,).

    >>> BatchNorm1d(10).output_shape((10,))
    (10,)
    """

    possible_axes: ClassVar[tuple[int, ...]] = (0, 1)


class BatchNorm2d(BatchNorm):
    """`torch.nn.BatchNorm2d`.

    >>> BatchNorm2d(16).num_params, BatchNorm2d(16, affine=False).num_params
    (32, 0)
    """

    possible_axes: ClassVar[tuple[int, ...]] = (2,)


@dataclass(frozen=True)
class InstanceNorm(Normalisation):
    """Instance normalisation: each channel of each image by its own mean and variance."""

    family: ClassVar[str] = "Instance norm"
    input_argument: ClassVar[str] = "num_features"
    num_axes: ClassVar[int]
    num_features: int
    affine: bool = False
    bias: bool = True

    def __post_init__(self) -> None:
        whole_number("num_features", self.num_features, minimum=1)
        yes_or_no("affine", self.affine)
        yes_or_no("bias", self.bias)

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each channel, with `affine`."""
        return self.num_learned(self.num_features, is_affine=self.affine)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        require_picture(self, input_shape, self.num_axes)
        if self.affine:
            require_channels(self, input_shape)
        if prod(input_shape[1:]) == 1:
            raise InvalidInputError(
                "{kind} takes a mean over each channel, but {input_shape} has one value in each. "
                "Put it where the picture is larger.",
                kind=self.kind,
                input_shape=input_shape,
            )
        return input_shape

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return that every output sees all: its channel's mean depends on every place."""
        return (None,) * len(fields)


class InstanceNorm1d(InstanceNorm):
    """`torch.nn.InstanceNorm1d`."""

    num_axes: ClassVar[int] = 1


class InstanceNorm2d(InstanceNorm):
    """`torch.nn.InstanceNorm2d`.

    >>> InstanceNorm2d(16).num_params, InstanceNorm2d(16, affine=True).num_params
    (0, 32)
    """

    num_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class GroupNorm(Normalisation):
    """`torch.nn.GroupNorm`: channels in groups, each by its own mean and variance.

    >>> GroupNorm(4, 16).num_params
    32
    """

    input_argument: ClassVar[str] = "num_channels"
    num_groups: int
    num_channels: int
    affine: bool = True
    bias: bool = True

    def __post_init__(self) -> None:
        groups = whole_number("num_groups", self.num_groups, minimum=1)
        channels = whole_number("num_channels", self.num_channels, minimum=1)
        yes_or_no("affine", self.affine)
        yes_or_no("bias", self.bias)
        if channels % groups:
            raise InvalidInputError(
                "`num_channels`={channels} cannot be split into `num_groups`={groups} equal "
                "parts. Choose groups that divide {channels}.",
                channels=channels,
                groups=groups,
            )

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each channel."""
        return self.num_learned(self.num_channels, is_affine=self.affine)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        if self.affine:
            require_channels(self, input_shape)
        elif input_shape[0] % self.num_groups:  # without weights torch asks for no more
            raise InvalidInputError(
                "The {channels} channels of {input_shape} cannot be split into "
                "`num_groups`={num_groups} equal parts. Choose groups that divide them.",
                channels=input_shape[0],
                input_shape=input_shape,
                num_groups=self.num_groups,
            )
        return input_shape

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return that every output sees all: its group's mean depends on every place."""
        return (None,) * len(fields)


@dataclass(frozen=True)
class LayerNorm(Normalisation):
    """`torch.nn.LayerNorm`: the last axes together by their mean and variance.

    >>> LayerNorm((16, 14, 14)).num_params
    6272
    """

    normalized_shape: int | tuple[int, ...]
    elementwise_affine: bool = True
    bias: bool = True

    def __post_init__(self) -> None:
        shape: object = self.normalized_shape
        if isinstance(shape, list | tuple):
            if not 1 <= len(shape) <= 3:
                raise InvalidInputError(
                    "`normalized_shape` has {count} numbers. Give the sizes of the last axes.",
                    count=len(shape),
                )
            sizes = tuple(whole_number("normalized_shape", size, minimum=1) for size in shape)
            object.__setattr__(self, "normalized_shape", sizes[0] if len(sizes) == 1 else sizes)
        else:
            whole_number("normalized_shape", shape, minimum=1)
        yes_or_no("elementwise_affine", self.elementwise_affine)
        yes_or_no("bias", self.bias)

    @property
    def last_sizes(self) -> Shape:
        """Return the sizes of the axes that are normalised together."""
        shape = self.normalized_shape
        return shape if isinstance(shape, tuple) else (shape,)

    @property
    def num_params(self) -> int:
        """Return a scale and a shift for each value."""
        return self.num_learned(prod(self.last_sizes), is_affine=self.elementwise_affine)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the same as goes in."""
        last = input_shape[-len(self.last_sizes) :]
        if last != self.last_sizes:
            raise InvalidInputError(
                "LayerNorm was made for `normalized_shape`={normalized_shape}, but the input "
                "{input_shape} ends with {last}. Choose {last}.",
                normalized_shape=self.normalized_shape,
                input_shape=input_shape,
                last=last,
            )
        return input_shape

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return that every output sees the axes that are normalised from end to end."""
        if len(input_shape) == 1:
            return (None,) * len(fields)
        seen_all = min(len(self.last_sizes), len(fields))
        return *fields[: len(fields) - seen_all], *(None,) * seen_all
