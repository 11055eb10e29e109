"""The nearest layer that works, for one that does not.

Imports neither torch nor numpy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass
from math import isqrt
from typing import Any

from mnistcore.errors import InvalidInputError
from mnistcore.explained.nearest_window import (
    Window,
    nearest_convolution,
    nearest_pooling,
    nearest_transposed,
)
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults, make_layer
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.normalisation import GroupNorm
from mnistcore.layers.pooling import Pooling
from mnistcore.layers.window import WindowLayer

Arguments = Mapping[str, object]
MINIMA = {"padding": 0, "output_padding": 0}
PER_AXIS = ("kernel_size", "stride", "padding", "dilation", "output_padding")


@dataclass(frozen=True)
class Repair:
    """A layer that works, and what was changed for it: (argument, was, is)."""

    layer: Layer
    changes: tuple[tuple[str, object, object], ...]

    def __str__(self) -> str:
        return ", ".join(f"`{name}` {new} instead of {old}" for name, old, new in self.changes)


def nearest_working(kind: str, arguments: Arguments, input_shape: Shape) -> Repair | None:
    """Return the layer that works with the smallest change, or None if none is known.

    The distance of two layers is the sum of the differences of their numbers, axis by axis; a word
    counts as the number that means the same, and what is no number as the argument's default. The
    input and the stride stay. Of equally near layers that with the smaller kernel is taken.

    Args:
        kind: A name in `LAYER_KINDS`.
        arguments: Its arguments, possible or not.
        input_shape: The shape of one image that goes in.

    >>> conv = {"in_channels": 1, "out_channels": 16, "kernel_size": 9, "padding": 0}
    >>> print(nearest_working("Conv2d", conv, (1, 6, 6)))
    `padding` 2 instead of 0
    """
    layer_kind = LAYER_KINDS.get(kind)
    if layer_kind is None:
        return None
    try:
        wanted = _as_numbers(layer_kind, arguments)
        wanted |= {
            name: value
            for name, value in layer_kind.fitting_arguments(input_shape).items()
            if name in wanted
        }
        wanted |= _settled(layer_kind, wanted, input_shape)
        layer = make_layer(kind, **wanted)
        layer.output_shape(input_shape)
    except InvalidInputError:
        return None
    changes = tuple(
        (name, old, getattr(layer, name))
        for name, old in arguments.items()
        if _tidy(old) != _tidy(getattr(layer, name))
    )
    return Repair(layer, changes)


def _as_numbers(kind: type[Layer], arguments: Arguments) -> dict[str, Any]:
    """Return arguments that are of the right sort, each number as near as may be.

    Raises:
        InvalidInputError: Nothing can be put in the place of one of them.
    """
    defaults = argument_defaults(kind.__name__)
    wanted: dict[str, Any] = {}
    for name, value in arguments.items():
        default = defaults.get(name, MISSING)
        if isinstance(value, str) and name == "padding" and value in ("same", "valid"):
            wanted[name] = value
        elif isinstance(default, bool) or default is None:
            wanted[name] = value if isinstance(value, bool | int | tuple) else default
        elif isinstance(value, list | tuple):
            wanted[name] = tuple(_number(name, each, default) for each in value)
        elif isinstance(default, float):
            is_share = name == "p" and isinstance(value, int | float)
            wanted[name] = min(max(float(str(value)), 0), 1) if is_share else value
        else:
            wanted[name] = _number(name, value, default)
    return wanted


def _number(name: str, value: object, default: object) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return max(int(value), MINIMA.get(name, 1))
    if isinstance(default, int):
        return default
    raise InvalidInputError("`{name}` is no number, and has no default.", name=name)


def _tidy(value: object) -> object:
    numbers = tuple(value) if isinstance(value, list | tuple) else ()
    return numbers[0] if len(set(numbers)) == 1 else (numbers or value)


def _settled(kind: type[Layer], wanted: dict[str, Any], input_shape: Shape) -> dict[str, Any]:
    """Return the arguments that have to change, by the kind of layer."""
    if issubclass(kind, Convolution):
        return _settled_groups(wanted, input_shape) | _settled_window(kind, wanted, input_shape)
    if issubclass(kind, Pooling):
        return _settled_window(kind, wanted, input_shape)
    groups = wanted.get("num_groups")
    if issubclass(kind, GroupNorm) and isinstance(groups, int):
        nearest = min(_divisors(input_shape[0]), key=lambda number: abs(number - groups))
        return {"num_groups": nearest}
    return {}


def _settled_groups(wanted: dict[str, Any], input_shape: Shape) -> dict[str, Any]:
    """Return groups and outputs that fit each other and the input with the smallest change."""
    groups, outputs = wanted.get("groups", 1), wanted.get("out_channels")
    if not isinstance(outputs, int) or not isinstance(groups, int):
        return {}

    def fitting(number: int) -> int:
        return max(number, (outputs + number // 2) // number * number)

    def distance(number: int) -> tuple[int, bool]:
        change = abs(fitting(number) - outputs)
        return abs(number - groups) + change, change > 0

    nearest = min(_divisors(input_shape[0]), key=distance)
    return {"out_channels": fitting(nearest)} | ({"groups": nearest} if nearest != groups else {})


def _divisors(number: int) -> Iterable[int]:
    small = [each for each in range(1, isqrt(number) + 1) if number % each == 0]
    return [*small, *(number // each for each in reversed(small))]


def _settled_window(
    kind: type[WindowLayer], wanted: dict[str, Any], input_shape: Shape
) -> dict[str, Any]:
    """Return the numbers of the window that have to change, each axis by itself."""
    num_axes = kind.num_axes
    if len(input_shape) != num_axes + 1 or "kernel_size" not in wanted:
        return {}
    axes = {name: _each_axis(wanted, name, num_axes) for name in PER_AXIS}
    if any(len(numbers) != num_axes for numbers in axes.values()):
        raise InvalidInputError("There are too many numbers, or too few.")
    if wanted.get("padding") == "same" and set(axes["stride"]) == {1}:
        return {}
    found = []
    for place, size in enumerate(input_shape[1:]):
        window = Window(size, *(axes[name][place] for name in PER_AXIS))
        if issubclass(kind, Pooling):
            is_default = wanted.get("stride") is None
            is_up = wanted.get("ceil_mode", False) is True
            found.append(nearest_pooling(window, stride_is_kernel=is_default, ceil_mode=is_up))
        elif issubclass(kind, TransposedConvolution):
            found.append(nearest_transposed(window))
        else:
            found.append(nearest_convolution(window))
    names = [name for name in PER_AXIS if name != "stride"]
    numbers = {name: tuple(getattr(window, name) for window in found) for name in names}
    return {name: each for name, each in numbers.items() if each != axes[name] or name == "padding"}


def _each_axis(wanted: dict[str, Any], name: str, num_axes: int) -> tuple[int, ...]:
    value = wanted.get(name)
    if name == "stride" and value is None:
        value = wanted["kernel_size"]
    if value == "same":
        kernels = _each_axis(wanted, "kernel_size", num_axes)
        dilations = _each_axis(wanted, "dilation", num_axes)
        return tuple(d * (k - 1) // 2 for k, d in zip(kernels, dilations, strict=True))
    if value is None or value == "valid":
        value = MINIMA.get(name, 1)
    return value if isinstance(value, tuple) else (value,) * num_axes
