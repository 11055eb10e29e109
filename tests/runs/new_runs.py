"""Runs to be watched, and patience."""

import threading
import time
from collections.abc import Callable

from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.training.recipes import RECIPES


def new_run(name: str) -> Run:
    """Make a run that nobody carries out."""
    return all_runs.create_run(name, network="mynet", recipe=RECIPES["article"], num_threads=1)


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what stays so once it is; what may pass by must not be waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def in_background(work: Callable[[], object]) -> threading.Thread:
    """Start a thread."""
    thread = threading.Thread(target=work)
    thread.start()
    return thread
