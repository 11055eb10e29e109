"""Layers that bring a picture to a size: upsampling, padding.

Imports neither torch nor numpy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import LARGEST_STEP, finite_number, shown, whole_number
from mnistcore.layers.layer import Fields, Layer, Shape, fields_fit, require_picture
from mnistcore.layers.receptive_field import ReceptiveField

MODES = {
    **{1: ("nearest", "nearest-exact", "linear")},
    **{2: ("nearest", "nearest-exact", "bilinear", "bicubic")},
}
TAPS = {"linear": 2, "bilinear": 2, "bicubic": 4}  # along each axis; one for the others


@dataclass(frozen=True)
class Upsample(Layer):
    """`torch.nn.Upsample`: to a size, or by a factor.

    >>> Upsample(scale_factor=2).output_shape((16, 14, 14))
    (16, 28, 28)
    """

    size: int | tuple[int, ...] | None = None
    scale_factor: float | tuple[float, ...] | None = None
    mode: str = "nearest"
    align_corners: bool | None = None

    def __post_init__(self) -> None:
        if (self.size is None) == (self.scale_factor is None):
            raise InvalidInputError("Upsample needs `size` or `scale_factor`. Give one of them.")
        for size in _each(self.size):
            whole_number("size", size, minimum=1, maximum=LARGEST_STEP)
        for factor in _each(self.scale_factor):
            if not 0 < finite_number("scale_factor", factor) <= LARGEST_STEP:
                raise InvalidInputError(
                    "`scale_factor` is {factor}. Choose one above 0.", factor=factor
                )
        if self.align_corners is not None and (
            not isinstance(self.align_corners, bool) or "nearest" in str(self.mode)
        ):
            raise InvalidInputError(
                "`align_corners` is {align_corners} with `mode`={mode}. Leave it out, or "
                "choose a linear mode.",
                align_corners=shown(self.align_corners),
                mode=shown(self.mode),
            )
        for name in ("size", "scale_factor"):
            value: object = getattr(self, name)
            if isinstance(value, list | tuple):
                one = value[0] if len(set(value)) == 1 and value else tuple(value)
                object.__setattr__(self, name, one)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out: the channels, and the new size."""
        num_axes = len(input_shape) - 1
        if num_axes not in MODES or self.mode not in MODES[num_axes]:
            known = ", ".join(MODES.get(num_axes, ("none: it takes pictures and signals",)))
            raise InvalidInputError(
                "Upsample has no `mode` {mode} for an input of {input_shape}. There is {known}.",
                mode=shown(self.mode),
                input_shape=input_shape,
                known=known,
            )
        sizes = []
        for place, old in enumerate(input_shape[1:]):
            size, factor = (_at(each, place, num_axes) for each in (self.size, self.scale_factor))
            new = int(old * factor) if factor is not None else size
            sizes.append(whole_number("output size", new, minimum=1))
        return input_shape[0], *sizes

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each pixel that goes into each output; none for the nearest."""
        taps = [TAPS.get(self.mode, 0)] * (len(input_shape) - 1)
        return prod(self.output_shape(input_shape)) * prod(taps)

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields behind it, borders left out of account."""
        output_shape = self.output_shape(input_shape)
        if not fields_fit(fields, len(input_shape) - 1):
            return fields
        return tuple(
            field and self._field_behind(field, old, new, place)
            for place, (field, old, new) in enumerate(
                zip(fields, input_shape[1:], output_shape[1:], strict=True)
            )
        )

    def _field_behind(
        self, field: ReceptiveField, old: int, new: int, place: int
    ) -> ReceptiveField:
        """Return one axis's field: output o lies at pixel (o + 1/2) old/new - 1/2, mostly."""
        factor = _at(self.scale_factor, place, 2 if isinstance(self.scale_factor, tuple) else 1)
        ratio = (
            Fraction(old, new) if factor is None else 1 / Fraction(factor).limit_denominator(4096)
        )
        offset = (ratio - 1) / 2
        if self.mode == "nearest":
            offset = Fraction(0)
        elif self.mode == "nearest-exact":
            offset = ratio / 2
        elif self.align_corners:
            ratio, offset = Fraction(old - 1, max(new - 1, 1)), Fraction(0)
        return field.after_resampling(ratio, offset, TAPS.get(self.mode, 1))


@dataclass(frozen=True)
class ZeroPad2d(Layer):
    """`torch.nn.ZeroPad2d`: left, right, top, bottom, or one number for all.

    >>> ZeroPad2d((1, 2, 0, 0)).output_shape((3, 28, 28))
    (3, 28, 31)
    """

    padding: int | tuple[int, ...]

    def __post_init__(self) -> None:
        value: object = self.padding
        if isinstance(value, list | tuple):
            if len(value) != 4:
                raise InvalidInputError(
                    "`padding` has {count} numbers. Give one, or four.", count=len(value)
                )
            object.__setattr__(self, "padding", tuple(value))
        for each in self.padding if isinstance(self.padding, tuple) else (self.padding,):
            whole_number("padding", each, minimum=0, maximum=LARGEST_STEP)

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Return the zeros on the left, on the right, at the top, at the bottom."""
        left, right, top, bottom = (_at(self.padding, place, 4) for place in range(4))
        return left, right, top, bottom

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out, the zeros included."""
        require_picture(self, input_shape, 2)
        left, right, top, bottom = self.sides
        return input_shape[0], input_shape[1] + top + bottom, input_shape[2] + left + right

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields in front of it, the first outputs' moved out of the picture."""
        if not fields_fit(fields, 2):
            return fields
        left, _, top, _ = self.sides
        return tuple(
            field and field.after(kernel_size=1, padding=padding)
            for field, padding in zip(fields, (top, left), strict=True)
        )


def _each(value: object) -> Iterator[object]:
    if value is not None:
        yield from value if isinstance(value, list | tuple) else (value,)


def _at(value: object, place: int, count: int) -> Any:
    """Return one axis's number of those given, or the one that holds for all."""
    if not isinstance(value, tuple):
        return value
    if len(value) != count:
        raise InvalidInputError(
            "There are {count} numbers for {count_2} axes. Give {count_2}.",
            count=len(value),
            count_2=count,
        )
    return value[place]
