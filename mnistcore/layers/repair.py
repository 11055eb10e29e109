"""The nearest layer that works, for one that does not.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd, isqrt

from mnistcore.errors import InvalidInputError
from mnistcore.layers.conv_arithmetic import kernel_span
from mnistcore.layers.convolution import TransposedConvolution
from mnistcore.layers.kinds import LAYER_KINDS, make_layer
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.pooling import Pooling
from mnistcore.layers.window import WindowLayer

Arguments = dict[str, object]


@dataclass(frozen=True)
class Repair:
    """A layer that works, and what was changed for it: (argument, was, is)."""

    layer: Layer
    changes: tuple[tuple[str, object, object], ...]

    def __str__(self) -> str:
        return ", ".join(f"`{name}` {new} instead of {old}" for name, old, new in self.changes)


def nearest_working(kind: str, arguments: Arguments, input_shape: Shape) -> Repair | None:
    """Return the layer that works with the smallest change, or None if none is known.

    The input stays as it is. Smallest means the smallest sum of changes; of equal ones, that
    which changes the kernel.

    Args:
        kind: A name in `LAYER_KINDS`.
        arguments: Its arguments; every one a whole number, a pair of them, or a word.
        input_shape: The shape of one image that goes in.

    >>> conv = {"in_channels": 1, "out_channels": 16, "kernel_size": 9, "padding": 0}
    >>> print(nearest_working("Conv2d", conv, (1, 6, 6)))
    `padding` 2 instead of 0
    """
    if not _has_right_axes(kind, arguments, input_shape):
        return None
    settled = dict(arguments)
    fitting = LAYER_KINDS[kind].fitting_arguments(input_shape)
    settled |= {name: value for name, value in fitting.items() if name in arguments}
    for settle in (_settle_groups, _settle_padding, _settle_output_padding):
        settled |= settle(kind, settled, input_shape)
    working = [
        Repair(layer, _changes(arguments, layer))
        for candidate in _candidates(kind, settled, input_shape)
        if (layer := _working(kind, candidate, input_shape))
    ]
    return min(working, key=_distance, default=None)


def _has_right_axes(kind: str, arguments: Arguments, input_shape: Shape) -> bool:
    """Return whether the layer wants a picture like this one: nothing else can be mended."""
    layer_kind = LAYER_KINDS.get(kind)
    if layer_kind is None or not issubclass(layer_kind, WindowLayer):
        return layer_kind is not None
    lengths = {len(value) for value in arguments.values() if isinstance(value, list | tuple)}
    return len(input_shape) - 1 == layer_kind.num_axes and lengths <= {layer_kind.num_axes}


def _working(kind: str, arguments: Arguments, input_shape: Shape) -> Layer | None:
    try:
        layer = make_layer(kind, **arguments)
        layer.output_shape(input_shape)
    except InvalidInputError:
        return None
    return layer


def _changes(arguments: Arguments, layer: Layer) -> tuple[tuple[str, object, object], ...]:
    asked = {name: getattr(layer, name) for name in arguments}
    differing = {name: new for name, new in asked.items() if _tidy(arguments[name]) != new}
    return tuple((name, arguments[name], new) for name, new in differing.items())


def _distance(repair: Repair) -> int:
    return sum(
        abs(one - other)
        for _, old, new in repair.changes
        for one, other in zip(_pair(old), _pair(new), strict=True)
    )


def _tidy(value: object) -> object:
    pair = tuple(value) if isinstance(value, list | tuple) else ()
    return pair[0] if len(set(pair)) == 1 else (pair or value)


def _pair(value: object) -> tuple[int, int]:
    """Return a value as two numbers, so that any two can be compared; a word as zeros."""
    numbers = _numbers(value, num_axes=2, otherwise=0)
    return numbers[0], numbers[-1]


def _settle_groups(kind: str, arguments: Arguments, input_shape: Shape) -> Arguments:
    groups, outputs = arguments.get("groups", 1), arguments.get("out_channels")
    if not isinstance(groups, int) or not isinstance(outputs, int) or groups < 1:
        return {}
    shared = gcd(input_shape[0], outputs)
    small = [number for number in range(1, isqrt(shared) + 1) if shared % number == 0]
    divisors = [*small, *(shared // number for number in reversed(small))]
    return {"groups": min(divisors, key=lambda number: abs(number - groups))}


def _settle_padding(kind: str, arguments: Arguments, input_shape: Shape) -> Arguments:
    axes = _axes(arguments, input_shape)
    if issubclass(LAYER_KINDS[kind], Pooling):
        return {"padding": tuple(min(axis.padding, axis.kernel_size // 2) for axis in axes)}
    if arguments.get("padding") == "same" and any(axis.stride > 1 for axis in axes):
        # Keeps what "same" promises elsewhere: ceil(input / stride).
        return {"padding": tuple(axis.span // 2 for axis in axes)}
    return {}


def _settle_output_padding(kind: str, arguments: Arguments, input_shape: Shape) -> Arguments:
    if "output_padding" not in arguments:
        return {}
    given = _numbers(arguments["output_padding"], len(input_shape) - 1)
    axes = _axes(arguments, input_shape)
    limits = (max(axis.stride, axis.dilation) - 1 for axis in axes)
    return {"output_padding": tuple(map(min, given, limits))}


@dataclass(frozen=True)
class _Axis:
    input_size: int
    kernel_size: int
    stride: int
    padding: int
    dilation: int

    @property
    def span(self) -> int:
        return kernel_span(self.kernel_size, self.dilation)

    @property
    def room(self) -> int:
        return self.input_size + 2 * self.padding


def _axes(arguments: Arguments, input_shape: Shape) -> list[_Axis]:
    num_axes = len(input_shape) - 1
    stride = arguments.get("stride") or arguments.get("kernel_size")
    columns = (
        _numbers(arguments.get("kernel_size"), num_axes),
        _numbers(stride, num_axes),
        _numbers(arguments.get("padding"), num_axes, otherwise=0),
        _numbers(arguments.get("dilation"), num_axes),
    )
    return [_Axis(*numbers) for numbers in zip(input_shape[1:], *columns, strict=True)]


def _numbers(value: object, num_axes: int, otherwise: int = 1) -> tuple[int, ...]:
    numbers = value if isinstance(value, list | tuple) else (value,) * num_axes
    return tuple(number if isinstance(number, int) else otherwise for number in numbers)


def _candidates(kind: str, arguments: Arguments, input_shape: Shape) -> Iterator[Arguments]:
    yield arguments
    if "kernel_size" not in arguments:
        return
    axes = _axes(arguments, input_shape)
    changes: dict[str, Callable[[_Axis], int]] = {
        "kernel_size": lambda axis: min(axis.kernel_size, (axis.room - 1) // axis.dilation + 1),
        "padding": lambda axis: max(axis.padding, -(-(axis.span - axis.input_size) // 2)),
        "dilation": lambda axis: min(
            axis.dilation, max(1, (axis.room - 1) // max(1, axis.kernel_size - 1))
        ),
    }
    if issubclass(LAYER_KINDS[kind], TransposedConvolution):
        extras = _numbers(arguments.get("output_padding"), len(axes), otherwise=0)
        largest = [
            ((axis.input_size - 1) * axis.stride + axis.span + extra - 1) // 2
            for axis, extra in zip(axes, extras, strict=True)
        ]
        yield arguments | {"padding": tuple(map(min, (axis.padding for axis in axes), largest))}
        return
    for name, change in changes.items():
        if name in arguments:
            yield arguments | {name: tuple(map(change, axes))}
