"""A run's life: which process it has, whose turn it is to train, how it stands and how it ended.

A run is alive while its process holds the lock on `runs/NAME/.lock`; the system lets go of the lock
however the process dies. One run trains at a time, on the lock `runs/.lock`; the others wait in
line, in the order in which they came. Imports no torch.
"""

import errno
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from mnistcore.errors import InvalidInputError
from mnistcore.files import read_json, write_json
from mnistcore.runs.control import clear_requests, read_requests
from mnistcore.runs.folder import Run, runs_folder

Status = Literal[
    "starting", "waiting", "running", "paused", "finished", "stopped", "failed", "interrupted"
]
ACTIVE: tuple[Status, ...] = ("starting", "waiting", "running", "paused")

START_SECONDS = 30  # a process that has not taken its lock by then never will
LOOK_UP_SECONDS = 0.1  # how often who waits looks whether it is its turn
RESERVED_BYTES = 2000

# Two who try one lock at once would take each other for its holder.
_one_at_a_time = threading.Lock()


def status(run: Run) -> Status:
    """Return how a run stands, from its files and locks alone."""
    if is_locked(run.folder / ".lock"):
        phase = read_json(run.folder / "phase.json")
        alive: Status = "waiting" if phase is None else phase["phase"]
        return alive
    if (outcome := read_json(run.folder / "outcome.json")) is not None:
        verdict: Status = outcome["status"]
        return verdict
    started = read_json(run.folder / "started.json")
    if started is not None and time.time() - started["time"] < START_SECONDS:
        return "starting"
    return "interrupted"


def outcome_message(run: Run) -> str:
    """Return what the run said of its end; empty if it ended as it should."""
    outcome = read_json(run.folder / "outcome.json")
    return "" if outcome is None else str(outcome["message"])


def record_outcome(run: Run, verdict: Status, message: str = "") -> None:
    """Write down how the run ended, on a full disk too: room was reserved when it began."""
    outcome = {"status": verdict, "message": message}
    reserved = run.folder / ".reserved"
    try:
        write_json(run.folder / "outcome.json", outcome)
    except OSError:
        if not reserved.exists():
            raise
        with reserved.open("r+b") as file:
            file.write(json.dumps(outcome).encode()[:RESERVED_BYTES].ljust(RESERVED_BYTES))
        reserved.replace(run.folder / "outcome.json")


def runs_before(run: Run) -> list[Run]:
    """Return who trains or waits before this run, the first first."""
    own = _ticket(run)
    if own is None:
        return []
    tickets = (
        (ticket, other)
        for path in runs_folder().glob("*/ticket.json")
        if path.parent != run.folder
        and is_locked(path.parent / ".lock")
        and (ticket := _ticket(other := Run(path.parent))) is not None
    )
    before = [
        (number, other) for number, other in tickets if (number, other.name) < (own, run.name)
    ]
    return [other for _, other in sorted(before, key=lambda pair: (pair[0], pair[1].name))]


class Turn:
    """A living run's turn to train: waited for in line, held by one run at a time, given back."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._machine = FileLock(runs_folder() / ".lock")

    def take(self) -> bool:
        """Wait for the turn; false if the run was asked to stop before it came."""
        self._set_phase("waiting")
        write_json(self.run.folder / "ticket.json", {"time_ns": time.time_ns()})
        while not read_requests(self.run).stop:
            if read_requests(self.run).pause:
                return self.pause()
            if not runs_before(self.run) and self._machine_is_free():
                self._set_phase("running")
                return True
            time.sleep(LOOK_UP_SECONDS)
        self.give_back()
        return False

    def pause(self) -> bool:
        """Let others train until the wish to pause is gone, then wait for the turn again."""
        self.give_back()
        self._set_phase("paused")
        while (requests := read_requests(self.run)).pause and not requests.stop:
            time.sleep(LOOK_UP_SECONDS)
        return self.take()

    def give_back(self) -> None:
        """Leave the line, and the machine to whoever is next."""
        (self.run.folder / "ticket.json").unlink(missing_ok=True)
        self._machine.release()

    def _machine_is_free(self) -> bool:
        try:
            self._machine.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _set_phase(self, phase: Status) -> None:
        write_json(self.run.folder / "phase.json", {"phase": phase})


@contextmanager
def claim(run: Run) -> Iterator[Turn]:
    """Hold the run's lock, hand out its turn to train, and record a failure.

    Raises:
        InvalidInputError: Another process works on this run already, or the disk is full.
    """
    lock = FileLock(run.folder / ".lock")
    try:
        lock.acquire(timeout=5)  # a page that asks for the status holds it for an instant
    except Timeout:
        raise InvalidInputError(f"The run {run.name!r} is going on already.") from None
    turn = Turn(run)
    try:
        (run.folder / ".reserved").write_bytes(b" " * RESERVED_BYTES)
        clear_requests(run)
        for name in ("started.json", "outcome.json", "phase.json", "ticket.json"):
            (run.folder / name).unlink(missing_ok=True)
        yield turn
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            record_outcome(run, "failed", str(error))
            raise
        message = (
            f"The disk is full. Everything up to the last checkpoint of {run.name!r} is kept: "
        )
        message += "make room, then go on with the run."
        with suppress(OSError):  # was it full before room could be reserved, the caller is told
            record_outcome(run, "failed", message)
        raise InvalidInputError(message) from error
    except Exception as error:
        record_outcome(run, "failed", str(error) or type(error).__name__)
        raise
    finally:
        turn.give_back()
        (run.folder / ".reserved").unlink(missing_ok=True)
        (run.folder / "phase.json").unlink(missing_ok=True)
        lock.release()


def is_locked(path: Path) -> bool:
    """Tell whether a living process holds the lock on a file."""
    if not path.exists():
        return False
    with _one_at_a_time:
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
    return False


def _ticket(run: Run) -> int | None:
    ticket = read_json(run.folder / "ticket.json")
    return None if ticket is None else int(ticket["time_ns"])
