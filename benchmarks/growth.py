"""What grows with what: the cost of the same as a run, a folder, a network, a number gets longer.

Each line is one measure at three sizes, with the cost of the largest against that of the smallest.
Times are the processor's own, of this process, so another load on the machine hardly shows. With
OMP_NUM_THREADS=1, as pages answer: threads that wait for each other count as well.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from benchmarks.growth_chart import Growth, draw_growth, keep_picture
from benchmarks.processes import resident_bytes
from benchmarks.visitors import draw_digit, run_apart, visitor
from benchmarks.written_numbers import write_number
from mnistcore.handwriting.digit_styles import STYLES
from mnistcore.handwriting.hand import Points, write_by_hand
from mnistcore.layers.kinds import Conv2d, ReLU
from mnistcore.layers.layer import Layer
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number import read_number
from mnistcore.runs import all_runs
from mnistcore.runs.events import Begin, append_event
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import record_outcome, status
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.events import StepEnd
from mnistcore.training.recipes import RECIPES
from tests.browser.server import running_process

REPEATS = 5
NEW_STEPS = 20  # that a page finds when it looks again


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=list(MEASURES), help="one of them")
    parser.add_argument("--picture", type=Path, metavar="FILE.webp", help="draw them as well")


def run(options: argparse.Namespace) -> None:
    print("| what | against | smallest | middle | largest | work | cost |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    measured: dict[str, Growth] = {}
    for name in [options.only] if options.only else MEASURES:
        against, sizes, measure = MEASURES[name]
        costs = {size: measure(size) for size in sizes}
        measured[name] = Growth(against, costs)
        cells = " | ".join(f"{size:,}: {cost:,.3g}" for size, cost in costs.items())
        work, cost = sizes[-1] / sizes[0], costs[sizes[-1]] / max(costs[sizes[0]], 1e-9)
        print(f"| {name} | {against} | {cells} | × {work:,.0f} | × {cost:,.1f} |", flush=True)
    if options.picture:
        keep_picture(draw_growth(measured), options.picture)


def cost_of_update(num_steps: int) -> float:
    """Return the milliseconds of a look at a run that has taken so many steps, 20 of them new."""
    from ui.training.charts import learning_rate_curve, training_curve

    with TemporaryDirectory() as folder:
        path = Path(folder) / "metrics.jsonl"
        append_event(path, Begin(0, num_steps=num_steps, batch_size=100, device="cpu"))
        with path.open("a", encoding="utf-8") as file:
            line = _line_of(StepEnd(1, 1, 0.25, 0.9, 0.001, 0.1))
            for step in range(1, num_steps + 1):
                file.write(line.replace('"step": 1', f'"step": {step}', 1))
        metrics = RunMetrics(path)
        metrics.poll()

        def look(repeat: int) -> None:
            for number in range(NEW_STEPS):
                step = num_steps + repeat * NEW_STEPS + number + 1
                append_event(path, StepEnd(step, 1, 0.25, 0.9, 0.001, 0.1))
            metrics.poll()
            for quantity in ("loss", "accuracy"):
                training_curve(metrics, quantity)
            learning_rate_curve(metrics)

        return _milliseconds(look)


def cost_of_runs(num_runs: int) -> float:
    """Return the milliseconds in which the training page lists so many runs, and looks up again."""
    with _runs(num_runs):

        def look(_: int) -> None:
            runs = all_runs.list_runs()
            status(runs[0])
            all_runs.count_runs()

        look(0)
        return _milliseconds(look)


def cost_of_layers(num_layers: int) -> float:
    """Return the milliseconds in which the calculator works so many layers out."""
    pair: tuple[Layer, ...] = (Conv2d(8, 8, 3, padding=1), ReLU())
    stack = LayerStack((8, 28, 28), pair * (num_layers // 2))
    return _milliseconds(lambda _: stack.analyse())


def cost_of_number(length: int) -> float:
    """Return the milliseconds in which a number of so many digits is read."""
    classifier, rng = load_classifier(), np.random.default_rng(5)

    def write_digit(rng: np.random.Generator) -> tuple[int, list[Points]]:
        digit = int(rng.integers(10))
        path, _ = next(iter(STYLES[digit].values()))
        return digit, write_by_hand(path, rng)

    drawing = write_number(write_digit, length, "apart", rng).drawing
    read_number(classifier, drawing)
    return _milliseconds(lambda _: read_number(classifier, drawing))


def memory_of_visitors(num_visitors: int) -> float:
    """Return the megabytes of a server at which so many have drawn, and stay."""
    reader = load_classifier()
    drawings = [draw_digit(seed, reader) for seed in range(10)]
    measured: list[float] = []

    async def stay(address: str, process: int) -> None:
        async with AsyncExitStack() as here:
            for number in range(num_visitors):
                one = await here.enter_async_context(visitor(address))
                await one.draw(drawings[number % len(drawings)])
            measured.append(resident_bytes(process) / 1e6)

    with (
        TemporaryDirectory() as folder,
        running_process(Path(folder) / "log.txt") as (address, process),
    ):
        run_apart(stay(address, process))
    return measured[0]


MEASURES: dict[str, tuple[str, tuple[int, int, int], Callable[[int], float]]] = {
    "a look at a run, ms": ("steps taken", (1_000, 10_000, 100_000), cost_of_update),
    "the list of runs, ms": ("runs", (1, 100, 1_000), cost_of_runs),
    "the calculator, ms": ("layers", (10, 100, 1_000), cost_of_layers),
    "a number read, ms": ("digits", (2, 4, 8), cost_of_number),
    "a server's memory, MB": ("visitors", (1, 10, 30), memory_of_visitors),
}


@contextmanager
def _runs(num_runs: int) -> Iterator[None]:
    with TemporaryDirectory() as folder, patch.dict(os.environ, MNISTCORE_RUNS=folder):
        for number in range(num_runs):
            run = all_runs.create_run(f"run-{number}", network="mynet", recipe=RECIPES["default"])
            record_outcome(run, "finished")
        yield


def _milliseconds(work: Callable[[int], object]) -> float:
    """Return the processor's time of a piece of work, the least of several."""
    times = []
    for repeat in range(REPEATS):
        begun = time.process_time()
        work(repeat)
        times.append(1000 * (time.process_time() - begun))
    return min(times)


def _line_of(event: StepEnd) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.jsonl"
        append_event(path, event)
        return path.read_text(encoding="utf-8")
