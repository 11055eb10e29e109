"""How long two networks really take on this machine, measured side by side.

Paired and interleaved: each round runs both, the order alternates from round to round, so that a
machine that slows down slows both. Medians and quartiles, since a busy machine makes long tails.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.paired_times import FEWEST_ROUNDS, PairedTimes
from mnistcore.layers.arguments import whole_number
from mnistcore.layers.layer import Shape

LONGEST = 3  # times as long as asked, if FEWEST_ROUNDS need it
WARM_UP_RUNS = 3
WARM_UP_FRACTION = 0.1  # of the time, for each network
SHORTEST_SAMPLE = 0.001  # seconds; shorter runs are repeated to make one sample
MOST_MACS = 3 * 10**10  # in one run of a batch: a second or so
MOST_PARAMS = 15 * 10**7  # 600 MB in float32
MOST_BATCH = 1024
MOST_THREADS = 256

Forward = Callable[[], object]


def time_pair(
    first: nn.Module,
    second: nn.Module,
    input_shapes: tuple[Shape, Shape],
    *,
    batch_size: int = 16,
    num_threads: int | None = 1,
    seconds: float = 3.0,
    seed: int = 0,
) -> PairedTimes:
    """Run two networks in turns, and return how long they took.

    Args:
        first: A module on the CPU: (N, *shape) -> anything.
        second: Another.
        input_shapes: What each takes, without the batch.
        batch_size: Images at once, N.
        num_threads: That torch calculates with; one is the least disturbed by others' work. None:
            as many as it takes by itself.
        seconds: How long to measure, warm-up included; three times as long if five rounds need it.
        seed: Of the images, which are noise.

    Raises:
        InvalidInputError: The batch size or the number of threads is out of range.

    >>> time_pair(nn.Linear(9, 9), nn.Linear(9, 9), ((9,), (9,)), seconds=0.05).num_rounds >= 2
    True
    """
    batch_size = whole_number("batch_size", batch_size, minimum=1, maximum=MOST_BATCH)
    if num_threads is None:
        num_threads = torch.get_num_threads()
    num_threads = whole_number("num_threads", num_threads, minimum=1, maximum=MOST_THREADS)
    started, generator = perf_counter(), torch.Generator().manual_seed(seed)
    forwards = [
        _forward(module.eval(), torch.randn(batch_size, *shape, generator=generator))
        for module, shape in zip((first, second), input_shapes, strict=True)
    ]
    with torch.inference_mode(), _threads(num_threads):
        samplers = [_sampler(forward, WARM_UP_FRACTION * seconds) for forward in forwards]
        return PairedTimes.of(*_rounds(samplers, started, seconds), batch_size, num_threads)


def check_measurable(name: str, num_params: int, num_macs: int, batch_size: int) -> None:
    """Raise `InvalidInputError` for a network that is too large to be run here and now.

    Args:
        name: Of the network, for the message.
        num_params: Its parameters.
        num_macs: Its multiply-adds for one image.
        batch_size: Images at once.

    >>> check_measurable("VGG-16", 138_357_544, 15_470_264_320, 64)
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: VGG-16 takes 990 thousand million multiply-adds for \
64 images. Choose fewer images at once, or a network that needs less than 30.
    """
    if num_params > MOST_PARAMS:
        raise InvalidInputError(
            "{name} has {millions:,.0f} million parameters. Choose one of at most "
            "{most_millions:.0f} million to be timed here.",
            name=name,
            millions=num_params / 1e6,
            most_millions=MOST_PARAMS / 1e6,
        )
    if num_macs * batch_size > MOST_MACS:
        raise InvalidInputError(
            "{name} takes {needed:,.0f} thousand million multiply-adds for {batch_size} images. "
            "Choose fewer images at once, or a network that needs less than {most:.0f}.",
            name=name,
            needed=num_macs * batch_size / 1e9,
            batch_size=batch_size,
            most=MOST_MACS / 1e9,
        )


@contextmanager
def _threads(number: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(number)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _forward(module: nn.Module, images: torch.Tensor) -> Forward:
    return lambda: module(images)


def _sampler(forward: Forward, seconds: float) -> Callable[[], float]:
    """Warm a network up, and return a function that times it once, in seconds for one run."""
    begin = perf_counter()
    for _ in range(WARM_UP_RUNS):
        started = perf_counter()
        forward()
        took = perf_counter() - started
        if perf_counter() - begin > seconds:
            break
    repeats = max(1, round(SHORTEST_SAMPLE / took))

    def sample() -> float:
        started = perf_counter()
        for _ in range(repeats):
            forward()
        return (perf_counter() - started) / repeats

    return sample


def _rounds(
    samplers: list[Callable[[], float]], started: float, seconds: float
) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    while (
        (spent := perf_counter() - started) < seconds
        or (len(times[0]) < FEWEST_ROUNDS and spent < LONGEST * seconds)
        or len(times[0]) < 2
    ):
        order = (0, 1) if len(times[0]) % 2 == 0 else (1, 0)
        for place in order:
            times[place].append(samplers[place]())
    return times
