"""A folder for each training run, and a process of its own that fills it.

    runs/NAME/config.json       what was asked for: network, recipe, device, versions
    runs/NAME/metrics.jsonl     one event a line, only ever added to
    runs/NAME/checkpoint.pt     weights and training state, replaced after every epoch
    runs/NAME/outcome.json      how it ended, once it has
    runs/NAME/log.txt           what the process printed, if it was started from a page

A run is alive while its process holds the lock on `runs/NAME/.lock`; the system lets go of the lock
however the process dies. Only one run trains at a time; others wait for the lock on `runs/.lock`.
Imports no torch: whoever only watches runs does not wait for it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from mnistcore.errors import InvalidInputError
from mnistcore.recipes import Recipe

PROJECT = Path(__file__).parent.parent

Status = Literal["starting", "waiting", "running", "finished", "stopped", "failed", "interrupted"]
ACTIVE: tuple[Status, ...] = ("starting", "waiting", "running")

START_SECONDS = 30  # a process that has not taken its lock by then never will


@dataclass(frozen=True)
class Run:
    """A run's folder, and where its files lie."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, which is the run's."""
        return self.folder.name

    @property
    def checkpoint(self) -> Path:
        """Where the run's last checkpoint lies, once there is one."""
        return self.folder / "checkpoint.pt"

    @property
    def metrics(self) -> Path:
        """One JSON object a line, one line an event."""
        return self.folder / "metrics.jsonl"

    @property
    def log(self) -> Path:
        """What the process printed, if it was started by `start`."""
        return self.folder / "log.txt"

    @property
    def config(self) -> dict[str, Any]:
        """What was asked for."""
        content: dict[str, Any] = json.loads((self.folder / "config.json").read_text("utf-8"))
        return content


def runs_folder() -> Path:
    """Return the folder of all runs: `runs/`, or what `MNISTCORE_RUNS` names."""
    return Path(os.environ.get("MNISTCORE_RUNS") or PROJECT / "runs").absolute()


def list_runs() -> list[Run]:
    """Return all runs, the newest first."""
    configs = [*runs_folder().glob("*/config.json")]
    configs.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return [Run(path.parent) for path in configs]


def find_run(name: str) -> Run:
    """Return the run of this name.

    Raises:
        InvalidInputError: There is none.
    """
    run = Run(runs_folder() / _checked(name))
    if not (run.folder / "config.json").exists():
        known = ", ".join(other.name for other in list_runs()) or "there are none yet"
        raise InvalidInputError(f"There is no run {name!r}. Known runs: {known}.")
    return run


def create_run(name: str, *, network: str, recipe: Recipe, num_threads: int | None = None) -> Run:
    """Make a run's folder. Of two that ask for the same name at once, one gets it.

    Args:
        name: Letters, digits, `.`, `-` and `_`.
        network: A key of `model.NETWORKS`.
        recipe: How to train it.
        num_threads: Of the CPU; `default_num_threads()` if not given.

    Raises:
        InvalidInputError: The name is taken or cannot be a folder's, or there are no threads.
    """
    num_threads = default_num_threads() if num_threads is None else num_threads
    if num_threads < 1:
        raise InvalidInputError(f"`threads` is {num_threads}. Choose 1 or more.")
    run = Run(runs_folder() / _checked(name))
    run.folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        run.folder.mkdir()
    except FileExistsError:
        raise InvalidInputError(
            f"There is a run {name!r} already. Choose another name, or go on with that one."
        ) from None
    _write_json(
        run.folder / "config.json",
        {"network": network, "recipe": asdict(recipe), "num_threads": num_threads},
    )
    return run


def default_num_threads() -> int:
    """Return half the machine's processors: the other half keeps the pages quick.

    A network this small gains little from more, and loses much where it has to share them.
    """
    return max(1, (os.cpu_count() or 1) // 2)


def suggest_name(prefix: str) -> str:
    """Return the first free name of the form `prefix-1`."""
    number = 1
    while (runs_folder() / f"{prefix}-{number}").exists():
        number += 1
    return f"{prefix}-{number}"


def delete_run(run: Run) -> None:
    """Remove a run's folder with all that is in it.

    Raises:
        InvalidInputError: The run is still going on.
    """
    if status(run) in ACTIVE:
        raise InvalidInputError(f"The run {run.name!r} is still going on. Stop it first.")
    shutil.rmtree(run.folder)


def start(run: Run) -> None:
    """Start `python -m mnistcore train --resume NAME` as a process that outlives this one.

    Args:
        run: New from `create_run`, or one to go on with.
    """
    _write_json(run.folder / "started.json", {"time": time.time()})
    with run.log.open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "mnistcore", "train", "--resume", run.name],
            cwd=PROJECT,
            env={**os.environ, "MNISTCORE_RUNS": str(runs_folder()), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def status(run: Run) -> Status:
    """Return how a run stands, from its files and locks alone."""
    if _is_locked(run.folder / ".lock"):
        return "running" if (run.folder / "training").exists() else "waiting"
    if (outcome := _read_json(run.folder / "outcome.json")) is not None:
        verdict: Status = outcome["status"]
        return verdict
    started = _read_json(run.folder / "started.json")
    if started is not None and time.time() - started["time"] < START_SECONDS:
        return "starting"
    return "interrupted"


def outcome_message(run: Run) -> str:
    """Return what the run said of its end; empty if it ended as it should."""
    outcome = _read_json(run.folder / "outcome.json")
    return "" if outcome is None else str(outcome["message"])


def request_stop(run: Run) -> None:
    """Ask the run to stop at its next step; it keeps everything."""
    (run.folder / "stop").touch()


def stop_is_requested(run: Run) -> bool:
    """Tell whether somebody has asked the run to stop."""
    return (run.folder / "stop").exists()


@contextmanager
def lively(run: Run) -> Iterator[None]:
    """Hold the run's lock, then wait in line for the machine, and record the outcome.

    Raises:
        InvalidInputError: Another process works on this run already.
    """
    lock = FileLock(run.folder / ".lock")
    try:
        lock.acquire(timeout=5)  # a page that asks for the status holds it for an instant
    except Timeout:
        raise InvalidInputError(f"The run {run.name!r} is going on already.") from None
    training = run.folder / "training"
    try:
        for name in ("started.json", "outcome.json", "stop", "training"):
            (run.folder / name).unlink(missing_ok=True)
        with FileLock(runs_folder() / ".lock"):
            training.touch()
            yield
    except Exception as error:
        record_outcome(run, "failed", str(error) or type(error).__name__)
        raise
    finally:
        training.unlink(missing_ok=True)
        lock.release()


def record_outcome(run: Run, verdict: Status, message: str = "") -> None:
    """Write down how the run ended."""
    _write_json(run.folder / "outcome.json", {"status": verdict, "message": message})


def _checked(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name):
        raise InvalidInputError(
            f"A run cannot be called {name!r}. Use up to 64 letters, digits, '.', '-' and '_', "
            "beginning with a letter or digit."
        )
    return name


def _is_locked(path: Path) -> bool:
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _write_json(path: Path, content: dict[str, Any]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    aside.replace(path)


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return content
