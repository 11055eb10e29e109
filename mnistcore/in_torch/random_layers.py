"""Random layers for `verification`: every kind, possible and impossible ones, from a seed.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from mnistcore.layers.across_channels import LocalResponseNorm, Softmax
from mnistcore.layers.adaptive_pooling import AdaptivePooling
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.elementwise import (
    CELU,
    ELU,
    GELU,
    AlphaDropout,
    Dropout,
    Dropout1d,
    Dropout2d,
    Hardtanh,
    LeakyReLU,
    PReLU,
    Softplus,
)
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Flatten, Linear, Unflatten
from mnistcore.layers.normalisation import (
    BatchNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
)
from mnistcore.layers.pooling import MaxPooling, Pooling
from mnistcore.layers.resizing import Upsample, ZeroPad2d
from mnistcore.layers.window import WindowLayer

Number = TypeVar("Number", bound=float | None)
Draw = Callable[[Random, Shape], tuple[dict[str, object], Shape]]


@dataclass(frozen=True)
class LayerDraw:
    """A kind of layer with arguments that may be impossible, and a shape to send through it."""

    kind: str
    arguments: dict[str, object]
    input_shape: Shape

    def __str__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"{self.kind}({arguments}) on {self.input_shape}"


def draw_layers(count: int, seed: int) -> Iterator[LayerDraw]:
    """Yield random layers, the kinds in turn, those with a window three times as often.

    Args:
        count: How many.
        seed: The same seed draws the same layers.

    >>> len({draw.kind for draw in draw_layers(100, seed=1)}) == len(LAYER_KINDS)
    True
    """
    random = Random(seed)
    windowed = [name for name, kind in LAYER_KINDS.items() if issubclass(kind, WindowLayer)]
    kinds = [*LAYER_KINDS, *windowed, *windowed]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield LayerDraw(kind, *_draw(LAYER_KINDS[kind], random))


def _draw(kind: type[Layer], random: Random) -> tuple[dict[str, object], Shape]:
    shape = _shape(kind, random)
    if issubclass(kind, Linear):
        return _linear(random)
    if issubclass(kind, BatchNorm | InstanceNorm | GroupNorm | LayerNorm):
        return _normalisation(kind, random, shape)
    if issubclass(kind, Pooling):
        return _pooling(kind, random), shape
    if issubclass(kind, Convolution):
        return _convolution(kind, shape[0], random), shape
    if issubclass(kind, AdaptivePooling):
        sizes = (None, 1, 1, 2, 3, 5, 7, 14)
        return {
            "output_size": _each_axis(random, kind.num_axes, lambda: random.choice(sizes))
        }, shape
    if issubclass(kind, Softmax):
        return {"dim": random.choice((None, *range(-len(shape) - 2, len(shape) + 2)))}, shape
    draw = SMALL_DRAWS.get(kind)
    return draw(random, shape) if draw else ({}, shape)


def _shape(kind: type[Layer], random: Random) -> Shape:
    """Return a shape of as many axes as the kind takes; any number for those that take any."""
    num_axes = {"1": 1, "2": 2}.get(kind.__name__[-2:-1], 0) or random.randint(0, 2)
    if issubclass(kind, BatchNorm) and 0 in kind.possible_axes:
        num_axes = random.randint(0, 1)
    if issubclass(kind, ZeroPad2d | LocalResponseNorm):
        num_axes = 2
    channels = random.choice((1, 2, 3, 4, 6, 8, 12))
    # Now and then large, mostly so small that edges matter.
    largest = random.choice((3, 8, 8, 30, 30, 30, 2000 if num_axes == 1 else 64))
    return channels, *(random.randint(1, largest) for _ in range(num_axes))


def _linear(random: Random) -> tuple[dict[str, object], Shape]:
    features, channels = random.randint(1, 3000), random.choice((1, 2, 3, 4, 6, 8, 12))
    shape = random.choice(((features,), (channels, features), (channels, 5, features)))
    arguments: dict[str, object] = {
        "in_features": features if random.random() < 0.95 else features + 1,
        "out_features": random.randint(1, 400),
        "bias": random.random() < 0.7,
    }
    return arguments, shape


def _normalisation(
    kind: type[Layer], random: Random, shape: Shape
) -> tuple[dict[str, object], Shape]:
    learned: dict[str, object] = {"affine": random.random() < 0.7, "bias": random.random() < 0.8}
    wanted = shape[0] if random.random() < 0.95 else shape[0] + 1
    if issubclass(kind, LayerNorm):
        last = shape[-random.randint(1, len(shape)) :]
        wrong = tuple(size + (random.random() < 0.05) for size in last)
        normalized = wrong[0] if len(wrong) == 1 and random.random() < 0.5 else wrong
        learned["elementwise_affine"] = learned.pop("affine")
        return {"normalized_shape": normalized} | learned, shape
    if issubclass(kind, GroupNorm):
        if len(shape) == 1 or shape[1:].count(1) == len(shape) - 1:
            shape = (shape[0], 3)  # torch refuses a single value in each group of a single image
        return {"num_groups": random.randint(1, 6), "num_channels": wanted} | learned, shape
    return {"num_features": wanted} | learned, shape


def _flatten(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    start = random.choice((1, 1, 1, 2, -1, -2))
    return {"start_dim": start, "end_dim": random.choice((-1, -1, -1, 2, 1))}, shape


def _unflatten(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    parts = (random.randint(1, 5), random.randint(1, 5))
    size = parts[0] * parts[1] + (random.random() < 0.1)
    written = (parts[0], -1) if random.random() < 0.3 else parts
    shape = random.choice(((size,), (size, 3), (3, size)))
    return {"dim": 1 if shape[0] == size else 2, "unflattened_size": written}, shape


def _upsample(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    num_axes = random.randint(1, 2)
    shape = (shape[0], *(random.randint(1, 20) for _ in range(num_axes)))
    mode = random.choice(("nearest", "nearest-exact", "linear", "bilinear", "bicubic"))
    arguments: dict[str, object] = {"mode": mode}
    if "linear" in mode and random.random() < 0.5:
        arguments["align_corners"] = random.random() < 0.5
    if random.random() < 0.5:
        return arguments | {
            "size": _each_axis(random, num_axes, lambda: random.randint(1, 40))
        }, shape
    factors = (0.5, 1.5, 2, 2.0, 3, 0.75)
    factor = _each_axis(random, num_axes, lambda: random.choice(factors))
    return arguments | {"scale_factor": factor}, shape


def _zero_pad(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    sides = tuple(random.randint(0, 4) for _ in range(4))
    return {"padding": random.choice((sides, sides[0]))}, shape


def _dropout(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    return {"p": random.choice((0, 0.1, 0.5, 1, 1.0, 1.1))}, shape


def _prelu(random: Random, shape: Shape) -> tuple[dict[str, object], Shape]:
    return {"num_parameters": random.choice((1, shape[0], shape[0] + 1))}, shape


def _one_number(name: str) -> Draw:
    return lambda random, shape: ({name: random.choice((0.01, 0.2, 1.0, 2))}, shape)


SMALL_DRAWS: dict[type[Layer], Draw] = {
    **dict.fromkeys((Dropout, Dropout1d, Dropout2d, AlphaDropout), _dropout),
    **{LeakyReLU: _one_number("negative_slope"), ELU: _one_number("alpha")},
    **{CELU: _one_number("alpha"), Softplus: _one_number("beta")},
    **{PReLU: _prelu, Flatten: _flatten, Unflatten: _unflatten, Upsample: _upsample},
    ZeroPad2d: _zero_pad,
    GELU: lambda random, shape: ({"approximate": random.choice(("none", "tanh"))}, shape),
    Hardtanh: lambda random, shape: ({"min_val": -2.0, "max_val": random.choice((0.5, 3))}, shape),
    LocalResponseNorm: lambda random, shape: ({"size": random.randint(1, 5)}, shape),
}


def _each_axis(
    random: Random, num_axes: int, draw: Callable[[], Number]
) -> Number | tuple[Number, ...]:
    """Return one number for all axes or, as often, one for each."""
    if random.random() < 0.5:
        return draw()
    return tuple(draw() for _ in range(num_axes))


def _pooling(kind: type[Pooling], random: Random) -> dict[str, object]:
    num_axes = kind.num_axes
    kernel_size = _each_axis(random, num_axes, lambda: random.randint(1, 6))
    smallest = min(kernel_size) if isinstance(kernel_size, tuple) else kernel_size
    most = smallest // 2 + (random.random() < 0.05)
    arguments: dict[str, object] = {
        "kernel_size": kernel_size,
        "padding": _each_axis(random, num_axes, lambda: random.randint(0, most)),
        "ceil_mode": random.random() < 0.5,
    }
    if random.random() < 0.7:
        arguments["stride"] = _each_axis(random, num_axes, lambda: random.randint(1, 5))
    if issubclass(kind, MaxPooling):
        arguments["dilation"] = _each_axis(random, num_axes, lambda: random.choice((1, 1, 1, 2, 3)))
    return arguments


def _convolution(kind: type[Convolution], channels: int, random: Random) -> dict[str, object]:
    num_axes = kind.num_axes
    groups = random.choice([n for n in range(1, channels + 1) if channels % n == 0])
    if random.random() < 0.02:
        groups += 1
    arguments: dict[str, object] = {
        "in_channels": channels + (random.random() < 0.02),
        "out_channels": groups * random.randint(1, 8),
        "kernel_size": _each_axis(random, num_axes, lambda: random.randint(1, 7)),
        "stride": _each_axis(random, num_axes, lambda: random.choice((1, 1, 2, 2, 3, 4))),
        "dilation": _each_axis(random, num_axes, lambda: random.choice((1, 1, 1, 2, 3))),
        "padding": _each_axis(random, num_axes, lambda: random.randint(0, 4)),
        "groups": groups,
        "bias": random.random() < 0.7,
    }
    if issubclass(kind, TransposedConvolution):
        most = random.choice((0, 1, 1, 2))
        arguments["output_padding"] = _each_axis(random, num_axes, lambda: random.randint(0, most))
    elif random.random() < 0.3:
        arguments["padding"] = random.choice(("same", "valid"))
        if arguments["padding"] == "same" and random.random() < 0.9:
            arguments["stride"] = 1
    return arguments
