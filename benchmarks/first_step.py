"""From the start of a run to its first step on disk: by a new process, and by the one standing by.

In turn, without a browser; the page adds its look at the run, 2.5 times a second, and a chart.
"""

import argparse
import os
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from mnistcore.runs import all_runs, standby
from mnistcore.runs.control import request_stop
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import RECIPES
from tests.waiting import wait_until


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each (%(default)s)")


def run(options: argparse.Namespace) -> None:
    times: dict[str, list[float]] = {"a new process": [], "the one standing by": []}
    for _ in range(options.rounds):
        for name in times:
            times[name].append(time_start(stands_by=name != "a new process"))
    for name, values in times.items():
        print(
            f"{name}: median {median(values):,.0f} ms to the first step "
            f"({min(values):,.0f} to {max(values):,.0f}), {len(values)} runs"
        )
    new, waiting = map(median, times.values())
    print(f"{waiting / new:.2f} of a new process's time")


def time_start(*, stands_by: bool) -> float:
    """Start a run in a folder of its own; return the milliseconds to its first step."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = {
            "MNISTCORE_RUNS": folder,
            "MNISTCORE_RUN_NICENESS": "0",
            standby.SECONDS: "600",
        }
        with patch.dict(os.environ, environment):
            if stands_by:
                wait_until(stands_by_at_last)
            run = all_runs.create_run("one", network="mynet", recipe=RECIPES["default"])
            metrics = RunMetrics(Path(run.metrics))
            begun = time.perf_counter()
            all_runs.start(run)
            while metrics.step is None:
                metrics.poll()
                time.sleep(0.005)
            milliseconds = 1000 * (time.perf_counter() - begun)
            request_stop(run)
            wait_until(lambda: status(run) not in ACTIVE)
    return milliseconds


def stands_by_at_last() -> bool:
    """Have a process stand by, once that of the round before is gone; tell whether it does."""
    standby.ensure()
    return standby.is_ready()
