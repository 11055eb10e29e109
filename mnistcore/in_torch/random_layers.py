"""Random layers for `verification`: every kind, possible and impossible ones, from a seed.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.layers.layer import Shape


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
    windowed = [kind for kind in LAYER_KINDS if "Conv" in kind or "Pool" in kind]
    kinds = [*LAYER_KINDS, *windowed, *windowed]
    for number in range(count):
        yield _draw(kinds[number % len(kinds)], random)


def _draw(kind: str, random: Random) -> LayerDraw:
    num_axes = 2 if kind.endswith("2d") else 1
    channels = random.choice((1, 2, 3, 4, 6, 8, 12))
    # Now and then large, mostly so small that edges matter.
    largest = random.choice((3, 8, 8, 30, 30, 30, 64 if num_axes == 2 else 2000))
    shape: Shape = (channels, *(random.randint(1, largest) for _ in range(num_axes)))
    if kind == "Linear":
        features = random.randint(1, 3000)
        shape = random.choice(((features,), (channels, features), (channels, 5, features)))
        wanted = features if random.random() < 0.95 else features + 1
        arguments: dict[str, object] = {
            "in_features": wanted,
            "out_features": random.randint(1, 400),
            "bias": random.random() < 0.7,
        }
        return LayerDraw(kind, arguments, shape)
    if kind.startswith("BatchNorm"):
        wanted = channels if random.random() < 0.95 else channels + 1
        if kind == "BatchNorm1d" and random.random() < 0.5:
            shape = (channels,)
        return LayerDraw(kind, {"num_features": wanted}, shape)
    if kind == "Dropout":
        return LayerDraw(kind, {"p": random.choice((0.1, 0.5))}, shape)
    if kind in ("ReLU", "Flatten"):
        return LayerDraw(kind, {}, shape)
    draw_window = _pooling if "Pool" in kind else _convolution
    return LayerDraw(kind, draw_window(kind, num_axes, channels, random), shape)


def _each_axis(random: Random, num_axes: int, draw: Callable[[], int]) -> int | tuple[int, ...]:
    """Return one number for all axes or, as often, one for each."""
    if random.random() < 0.5:
        return draw()
    return tuple(draw() for _ in range(num_axes))


def _pooling(kind: str, num_axes: int, channels: int, random: Random) -> dict[str, object]:
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
    if kind.startswith("Max"):
        arguments["dilation"] = _each_axis(random, num_axes, lambda: random.choice((1, 1, 1, 2, 3)))
    return arguments


def _convolution(kind: str, num_axes: int, channels: int, random: Random) -> dict[str, object]:
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
    if "Transpose" in kind:
        most = random.choice((0, 1, 1, 2))
        arguments["output_padding"] = _each_axis(random, num_axes, lambda: random.randint(0, most))
    elif random.random() < 0.3:
        arguments["padding"] = random.choice(("same", "valid"))
        if arguments["padding"] == "same" and random.random() < 0.9:
            arguments["stride"] = 1
    return arguments
