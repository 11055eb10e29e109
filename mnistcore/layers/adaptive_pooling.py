"""Pooling to a size, however large the input is.

Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, prod
from typing import ClassVar

from mnistcore.errors import InvalidInputError
from mnistcore.layers.arguments import LARGEST_STEP, whole_number
from mnistcore.layers.layer import Fields, Layer, Shape, fields_fit, require_picture
from mnistcore.layers.receptive_field import LARGEST_UPSAMPLING, UnknownFieldError


@dataclass(frozen=True)
class AdaptivePooling(Layer):
    """Pools to a size, however large the input is; in 2-D None keeps the size of an axis."""

    family: ClassVar[str] = "Adaptive pooling"
    num_axes: ClassVar[int]
    output_size: int | tuple[int | None, ...]

    def __post_init__(self) -> None:
        size: object = self.output_size
        if isinstance(size, list | tuple):
            if len(size) != self.num_axes:
                raise InvalidInputError(
                    "`output_size` has {count} numbers. Give one, or {num_axes}.",
                    count=len(size),
                    num_axes=self.num_axes,
                )
            sizes = tuple(self._checked(each) for each in size)
            are_alike = len(set(sizes)) == 1 and sizes[0] is not None
            object.__setattr__(self, "output_size", sizes[0] if are_alike else sizes)
        else:
            whole_number("output_size", size, minimum=1, maximum=LARGEST_STEP)

    def _checked(self, size: object) -> int | None:
        if size is None and self.num_axes > 1:
            return None
        return whole_number("output_size", size, minimum=1, maximum=LARGEST_STEP)

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape that comes out: the channels, and the size asked for."""
        require_picture(self, input_shape, self.num_axes)
        asked = self.output_size
        sizes = asked if isinstance(asked, tuple) else (asked,) * self.num_axes
        kept = zip(sizes, input_shape[1:], strict=True)
        return input_shape[0], *(old if size is None else size for size, old in kept)

    def num_other_ops(self, input_shape: Shape) -> int:
        """Return one operation for each pixel in each window: a comparison or an addition."""
        output_shape = self.output_shape(input_shape)
        along = (
            size + out - gcd(size, out)  # the windows overlap where the sizes do not divide
            for size, out in zip(input_shape[1:], output_shape[1:], strict=True)
        )
        return input_shape[0] * prod(along)

    def receptive_fields(self, fields: Fields, input_shape: Shape) -> Fields:
        """Return the fields behind it; an axis pooled to one value is seen from end to end."""
        if not fields_fit(fields, self.num_axes):
            return fields
        output_shape = self.output_shape(input_shape)
        return tuple(
            field and (None if out == 1 < size else field.after_windows(*_period(size, out)))
            for field, size, out in zip(fields, input_shape[1:], output_shape[1:], strict=True)
        )


class AdaptiveAvgPool1d(AdaptivePooling):
    """`torch.nn.AdaptiveAvgPool1d`.

    >>> AdaptiveAvgPool1d(5).output_shape((8, 28))
    (8, 5)
    """

    num_axes: ClassVar[int] = 1


class AdaptiveAvgPool2d(AdaptivePooling):
    """`torch.nn.AdaptiveAvgPool2d`.

    >>> AdaptiveAvgPool2d((1, None)).output_shape((64, 7, 7))
    (64, 1, 7)
    """

    num_axes: ClassVar[int] = 2


class AdaptiveMaxPool1d(AdaptivePooling):
    """`torch.nn.AdaptiveMaxPool1d`."""

    num_axes: ClassVar[int] = 1


class AdaptiveMaxPool2d(AdaptivePooling):
    """`torch.nn.AdaptiveMaxPool2d`."""

    num_axes: ClassVar[int] = 2


def _period(size: int, out: int) -> tuple[list[tuple[int, int]], int]:
    """Return the windows of one period, and the inputs to the next.

    Window i goes from floor(i·size / out) to before ceil((i + 1)·size / out).
    """
    step = Fraction(size, out)
    if step.denominator > LARGEST_UPSAMPLING:
        raise UnknownFieldError(f"{out} windows on {size} inputs are too many kinds of windows.")
    inputs, outputs = step.numerator, step.denominator
    return [
        (i * inputs // outputs, -(-(i + 1) * inputs // outputs) - 1) for i in range(outputs)
    ], inputs
