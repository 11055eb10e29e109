"""What a cold server computes until a visitor has what he came for, without a browser. Linux alone.

In seconds of the server's own processor time, its start included, which another load on the machine
changes little; and the memory that it has by then.
"""

import argparse
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import versions
from benchmarks.processes import processor_seconds, resident_bytes
from benchmarks.visitors import draw_digit, open_page, run_apart, visitor
from mnistcore.reading.classifier import load_classifier
from tests.browser.server import running_process

SEED = 3  # of the digit that is drawn


async def leave_alone(address: str) -> None:
    """Open nothing."""


async def draw(address: str) -> None:
    """Open the prediction page, draw, and wait for the answer."""
    async with visitor(address) as one:
        await one.draw(draw_digit(SEED, load_classifier()))


VISITS: dict[str, Callable[[str], Awaitable[None]]] = {
    "nobody": leave_alone,
    "calculator": partial(open_page, path="calculator"),
    "test set": partial(open_page, path="prediction", query="view=test-set"),
    "answer to a stroke": draw,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, help="of each visit (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    for title, visit in VISITS.items():
        megabytes: list[float] = []
        measure = partial(time_visit, visit, megabytes)
        figures = versions.in_turn(options, options.rounds, measure)
        versions.report(title, figures, unit="ms of processor")
        for place, name in enumerate(figures):
            own = megabytes[place :: len(figures)]
            print(f"{title}, {name}: {median(own):,.0f} MB", flush=True)


def time_visit(
    visit: Callable[[str], Awaitable[None]], megabytes: list[float], project: Path
) -> float:
    """Return the milliseconds of processor time from the server's start to the end of a visit."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        runs = str(path / "runs")
        with running_process(path / "log.txt", project=project, MNISTCORE_RUNS=runs) as server:
            address, process = server
            run_apart(visit(address))  # type: ignore[arg-type]
            megabytes.append(resident_bytes(process) / 1e6)
            return 1000 * processor_seconds(process)
