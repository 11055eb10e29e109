"""A class beside a training: visitors who draw every two seconds, some in real browsers.

Prints how long they wait for an answer, whether each answer is their own drawing's, and what the
server's memory does meanwhile. Linux alone: it asks /proc.
"""

import argparse
import asyncio
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from unittest.mock import patch

from benchmarks.browser_visitors import BrowserVisitor, browser_visitors
from benchmarks.processes import processor_seconds, resident_bytes
from benchmarks.visitors import DrawnDigit, Visitor, draw_digit, run_apart, visitor
from mnistcore.reading.classifier import load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import RECIPES
from tests.browser.server import running_process
from tests.waiting import wait_until

NUM_DRAWINGS = 100  # different ones, that all visitors draw from
SETTLING_SECONDS = 120  # until the memory holds what it keeps
SECONDS_BETWEEN_LOOKS = 2  # at the memory
SECONDS_BETWEEN_LINES = 120  # of the memory, in what is printed
MOST_SECONDS = 120  # for an answer, which is then called lost
RECIPE = replace(RECIPES["default"], epochs=1000)  # of the training, which is stopped at the end


@dataclass(frozen=True)
class Plan:
    """A class.

    Attributes:
        seconds: That it lasts.
        visitors: All together.
        browsers: Of them in Chromium.
        pause: Seconds from one drawing of a visitor to the next.
        trains: Whether a run trains beside it.
    """

    seconds: float
    visitors: int
    browsers: int = 0
    pause: float = 2
    trains: bool = False


@dataclass
class Report:
    """What a class met with.

    Attributes:
        seconds: From drawing to answer, of every drawing.
        faults: What went wrong and how often; an answer to another drawing is one of them.
        memory: (seconds since everybody was there, bytes in use) of the server.
        processor_seconds: Of the server, for all these drawings.
        load: Processes that wanted a processor on this machine in the last minute.
        steps: That the training beside it took.
    """

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, int]] = field(default_factory=list)
    processor_seconds: float = 0.0
    load: float = 0.0
    steps: int = 0

    def growth(self) -> float | None:
        """Return the bytes by which the memory grows in a minute, once it has settled."""
        settled = [(at, used) for at, used in self.memory if at >= SETTLING_SECONDS]
        if len(settled) < 2:
            return None
        (begun, before), (ended, after) = settled[0], settled[-1]
        return 60 * (after - before) / (ended - begun)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=10, help="(%(default)s)")
    parser.add_argument("--visitors", type=int, default=30, help="all together (%(default)s)")
    parser.add_argument("--browsers", type=int, default=3, help="of them in one (%(default)s)")
    parser.add_argument("--pause", type=float, default=2, help="seconds a drawing (%(default)s)")
    parser.add_argument("--no-training", action="store_true", help="nothing trains beside them")


def run(options: argparse.Namespace) -> None:
    plan = Plan(
        seconds=60 * options.minutes,
        visitors=options.visitors,
        browsers=options.browsers,
        pause=options.pause,
        trains=not options.no_training,
    )
    report = hold_class(plan)
    beside = f"beside a training of {report.steps:,} steps" if plan.trains else "no training"
    print(f"{plan.visitors} visitors, {plan.browsers} of them in Chromium, {beside}")
    print_report(report)


def print_report(report: Report) -> None:
    """Print what a class met with."""
    waits = [1000 * seconds for seconds in report.seconds]
    each = 1000 * report.processor_seconds / len(waits)
    print(f"  {len(waits):,} drawings; from drawing to answer, milliseconds:")
    print(f"    median {median(waits):.0f}, 95 % {quantiles(waits, n=20)[-1]:.0f}")
    print(f"  {each:.0f} ms of the server's processor time for each; load {report.load:.1f}")
    print(f"  faults: {dict(report.faults) or 'none'}")
    looks = [report.memory[0]]
    for look in report.memory:
        if look[0] >= looks[-1][0] + SECONDS_BETWEEN_LINES or look is report.memory[-1]:
            looks.append(look)
    for at, used in looks:
        print(f"  memory after {at:5.0f} s: {used / 1e6:5.0f} MB")
    if (growth := report.growth()) is not None:
        print(f"  and it grows by {growth / 1e6:.2f} MB a minute after the first two")


def hold_class(plan: Plan) -> Report:
    """Let visitors draw for a time, and return what they met with."""
    reader = load_classifier()
    drawings = [draw_digit(seed, reader) for seed in range(NUM_DRAWINGS)]
    report = Report()
    with (
        TemporaryDirectory() as folder,
        patch.dict(os.environ, MNISTCORE_RUNS=str(Path(folder) / "runs")),
        training(report) if plan.trains else nullcontext(),
        running_process(Path(folder) / "log.txt") as (address, process),
    ):
        run_apart(_hold(plan, report, address, process, drawings))
        log = (Path(folder) / "log.txt").read_text()
        report.faults["tracebacks on the server"] += log.count("Traceback")
    report.faults = +report.faults  # without what never happened
    return report


@contextmanager
def training(report: Report) -> Iterator[None]:
    """Have a run train as a page starts one, until the end."""
    beside = all_runs.create_run("beside", network="mynet", recipe=RECIPE)
    all_runs.start(beside)
    try:
        yield
    finally:
        report.steps = _steps(beside)
        if status(beside) in ACTIVE:
            request_stop(beside)
        wait_until(lambda: status(beside) not in ACTIVE)


def _steps(run: Run) -> int:
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    return metrics.step.step if metrics.step else 0


async def _hold(
    plan: Plan, report: Report, address: str, process: int, drawings: list[DrawnDigit]
) -> None:
    async with AsyncExitStack() as stack:
        people: list[Visitor | BrowserVisitor] = [
            await stack.enter_async_context(visitor(address))
            for _ in range(plan.visitors - plan.browsers)
        ]
        if plan.browsers:
            people += await stack.enter_async_context(browser_visitors(address, plan.browsers))
        begun, used = time.monotonic(), processor_seconds(process)
        each = len(drawings) // plan.visitors + 1
        tasks = [
            asyncio.create_task(
                _draw_on(plan, report, person, drawings[each * n :] + drawings[: each * n], n)
            )
            for n, person in enumerate(people)
        ]
        while not all(task.done() for task in tasks):
            report.memory.append((time.monotonic() - begun, resident_bytes(process)))
            await asyncio.wait(tasks, timeout=SECONDS_BETWEEN_LOOKS)
        report.processor_seconds = processor_seconds(process) - used
        report.load = os.getloadavg()[0]


async def _draw_on(
    plan: Plan,
    report: Report,
    person: Visitor | BrowserVisitor,
    drawings: list[DrawnDigit],
    number: int,
) -> None:
    """Draw, one drawing every pause, until the class is over."""
    end = time.monotonic() + plan.seconds
    await asyncio.sleep(plan.pause * number / plan.visitors)  # nobody draws in step
    for drawing in cycle(drawings):
        due = time.monotonic() + plan.pause
        if due > end:
            return
        try:
            answer = await asyncio.wait_for(person.draw(drawing), MOST_SECONDS)
        except Exception as fault:  # whatever it is, it is counted
            report.faults[f"{type(person).__name__}: {type(fault).__name__} {str(fault)[:80]}"] += 1
        else:
            report.seconds.append(answer.seconds)
            report.faults["an answer to another drawing"] += not answer.is_own
        await asyncio.sleep(max(0, due - time.monotonic()))
