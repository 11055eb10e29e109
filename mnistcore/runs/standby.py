"""A process that stands by: it has torch and the data before there is a run, and takes the next.

One at most for a folder of runs. Whoever starts a run hands it over by a small file of its own,
which one of the two takes away: the process, which then carries the run out and stands by no more,
or, if nobody does in time, whoever laid it there. Imports no torch.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from mnistcore.files import CHECKOUT, open_file, remove, write_json
from mnistcore.runs.folder import NAME, Run, machine_lock, runs_folder
from mnistcore.runs.schema import HandedOver, read_if_whole
from mnistcore.runs.status import is_locked

_log = logging.getLogger(__name__)

SECONDS = "MNISTCORE_STANDBY_SECONDS"  # 0 in this variable: no process stands by
IDLE_SECONDS = 600.0  # without a run, after which it is gone
TAKE_SECONDS = 0.5  # in which it takes a run, or somebody else does
STALE_SECONDS = 10.0  # what nobody has taken away by then, was left by a process that died
LOOK_UP_SECONDS = 0.02
SECONDS_BETWEEN_STARTS = 60.0  # where the last process ended with a fault, as the next one may

_started: list[subprocess.Popen[bytes]] = []  # by this process, the last one
_tried: list[float] = []  # when, in seconds, that was


def ensure() -> None:
    """Have a process stand by, unless one does, a run is training, or none is wanted.

    Where the system has no room for it, runs are started as they would be without.
    """
    if idle_seconds() <= 0 or is_locked(_lock()) or is_locked(machine_lock()) or not _may_start():
        return
    _started.clear()
    _tried[:] = [time.monotonic()]
    try:
        runs_folder().mkdir(parents=True, exist_ok=True)
        with open_file(runs_folder() / ".standby.log", "wb") as log:
            _started[:] = [start_process(["standby", "--parent", str(os.getpid())], log)]
    except OSError as error:
        _log.warning("no process can stand by: %s", error)


def _may_start() -> bool:
    """Tell whether the last process is gone, and was not started in vain a moment ago."""
    code = _started[-1].poll() if _started else 1
    if code is None:
        return False  # it is about to stand by, or has a run
    return code == 0 or not _tried or time.monotonic() - _tried[-1] >= SECONDS_BETWEEN_STARTS


def start_process(arguments: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command of this library as a process that outlives this one.

    Args:
        arguments: Of `python -m mnistcore`.
        log: The open file that takes what it prints.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "mnistcore", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, "MNISTCORE_RUNS": str(runs_folder()), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def is_ready() -> bool:
    """Tell whether a process stands by that has loaded everything."""
    return _ready().exists() and is_locked(_lock())


def hand_over(run: Run) -> bool:
    """Hand a run to the process that stands by; tell whether it has taken it."""
    if not is_ready():
        return False
    name = f"{os.getpid()}.{threading.get_ident()}"
    aside, request = runs_folder() / f".standby.{name}", _requests() / name
    try:
        write_json(aside, asdict(HandedOver(run.name, time.time())))
        aside.replace(request)
    except OSError:
        return False
    finally:
        aside.unlink(missing_ok=True)
    deadline = time.monotonic() + TAKE_SECONDS
    while request.exists() and time.monotonic() < deadline:
        time.sleep(LOOK_UP_SECONDS)
    return not _take_away(request)


@contextmanager
def place() -> Iterator[bool]:
    """Hold the place of the one process that stands by; give False where another does."""
    runs_folder().mkdir(parents=True, exist_ok=True)
    lock = FileLock(_lock())
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        remove(_ready())
        if _requests().is_symlink() or not _requests().is_dir():
            remove(_requests())
        _requests().mkdir(exist_ok=True)
        yield True
    finally:
        remove(_ready())
        lock.release()


def await_run(parent: int | None = None) -> Run | None:
    """Wait, in one's `place`, for a run to be handed over; None once that has become pointless.

    So it has after the idle time, and when the process is gone that started this one: another may
    have other code by then.

    Args:
        parent: The number of the process that started this one, which may be gone already; None
            for whoever is its parent now.
    """
    parent = os.getppid() if parent is None else parent
    deadline = time.monotonic() + idle_seconds()
    _ready().touch()
    while time.monotonic() < deadline and os.getppid() == parent:
        request = next(_requests().iterdir(), None)
        if request is None:
            time.sleep(LOOK_UP_SECONDS)
            continue
        run = _offered(request)
        _ready().unlink(missing_ok=True)  # from here on nothing is handed over
        if _take_away(request) and run is not None:
            return run
        _ready().touch()
    return None


def _offered(request: Path) -> Run | None:
    """Return the run that is handed over; None where it is none, or was left behind."""
    offered = read_if_whole(request, HandedOver)
    if offered is None or not NAME.fullmatch(offered.run):
        return None
    is_fresh = abs(time.time() - offered.time) < STALE_SECONDS
    return Run(runs_folder() / offered.run) if is_fresh else None


def idle_seconds() -> float:
    """Return how long a process stands by without a run."""
    asked = os.environ.get(SECONDS, "")
    return float(asked) if asked.replace(".", "", 1).isdecimal() else IDLE_SECONDS


def _take_away(request: Path) -> bool:
    """Remove what was handed over; false where the other side has: one of the two succeeds.

    A folder was handed over by nobody, and is removed as well.
    """
    try:
        request.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        remove(request)
    return True


def _lock() -> Path:
    return runs_folder() / ".standby.lock"


def _ready() -> Path:
    return runs_folder() / ".standby.ready"


def _requests() -> Path:
    """Return the folder of what is handed over, a file from each page that does."""
    return runs_folder() / ".standby.requests"
