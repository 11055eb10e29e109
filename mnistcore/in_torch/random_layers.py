"""Random layers for `verification`: every kind, possible and impossible ones, from a seed.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.elementwise import BatchNorm, Dropout
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Linear
from mnistcore.layers.pooling import MaxPooling, Pooling
from mnistcore.layers.window import WindowLayer


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

    >>> len({draw.kind for draw in draw_layers(40, seed=1)})
    14
    """
    random = Random(seed)
    windowed = [name for name, kind in LAYER_KINDS.items() if issubclass(kind, WindowLayer)]
    kinds = [*LAYER_KINDS, *windowed, *windowed]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield LayerDraw(kind, *_draw(LAYER_KINDS[kind], random))


def _draw(kind: type[Layer], random: Random) -> tuple[dict[str, object], Shape]:
    num_axes = _num_axes(kind)
    channels = random.choice((1, 2, 3, 4, 6, 8, 12))
    # Now and then large, mostly so small that edges matter.
    largest = random.choice((3, 8, 8, 30, 30, 30, 64 if num_axes == 2 else 2000))
    shape: Shape = (channels, *(random.randint(1, largest) for _ in range(num_axes)))
    if issubclass(kind, Linear):
        features = random.randint(1, 3000)
        shape = random.choice(((features,), (channels, features), (channels, 5, features)))
        wanted = features if random.random() < 0.95 else features + 1
        arguments: dict[str, object] = {
            "in_features": wanted,
            "out_features": random.randint(1, 400),
            "bias": random.random() < 0.7,
        }
        return arguments, shape
    if issubclass(kind, BatchNorm):
        wanted = channels if random.random() < 0.95 else channels + 1
        if 0 in kind.possible_axes and random.random() < 0.5:
            shape = (channels,)
        return {"num_features": wanted}, shape
    if issubclass(kind, Dropout):
        return {"p": random.choice((0.1, 0.5))}, shape
    if issubclass(kind, Pooling):
        return _pooling(kind, random), shape
    if issubclass(kind, Convolution):
        return _convolution(kind, channels, random), shape
    return {}, shape


def _num_axes(kind: type[Layer]) -> int:
    if issubclass(kind, WindowLayer):
        return kind.num_axes
    return kind.possible_axes[-1] if issubclass(kind, BatchNorm) else 1


def _each_axis(random: Random, num_axes: int, draw: Callable[[], int]) -> int | tuple[int, ...]:
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
