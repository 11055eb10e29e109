"""How a run stands and how it ended, told from its files and locks alone. Imports no torch.

A run is alive while its process holds the lock in its folder; the system lets go of the lock
however the process dies. What a living process does stands in its phase, how a run ended in its
outcome.
"""

import errno
import json
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from mnistcore.errors import InvalidInputError
from mnistcore.files import open_file, read_json, write_json
from mnistcore.runs.folder import Run
from mnistcore.runs.kept_sentence import FromFile, kept_sentence
from mnistcore.runs.schema import Ending, Outcome, Phase, PhaseName, Started, read_if_whole
from mnistcore.sentences import Sentence

if sys.platform != "win32":
    import fcntl

Status = Literal["starting", "interrupted", "damaged"] | PhaseName | Ending
ACTIVE: tuple[Status, ...] = ("starting", "waiting", "running", "paused")

START_SECONDS = 30  # a process that has not taken its lock by then never will
RESERVED_BYTES = 2000  # for the outcome
# Why a path cannot be opened at which no file stands; EINVAL is what `open_file` says of a pipe.
NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENXIO, errno.EINVAL)

_one_at_a_time = threading.Lock()


def status(run: Run) -> Status:
    """Return how a run stands."""
    is_alive = is_locked(run.lock)
    if is_alive and (phase := read_if_whole(run.phase, Phase)) is not None:
        return phase.phase
    if not is_alive and run.fault:
        return "damaged"
    if (outcome := read_outcome(run)) is not None:
        return outcome.status
    started = read_if_whole(run.started, Started)
    if is_alive or (started is not None and abs(time.time() - started.time) < START_SECONDS):
        return "starting"
    return "interrupted"


def read_outcome(run: Run) -> Outcome | None:
    """Return how a run ended, None if it has not; where the file is damaged, that it is."""
    try:
        return read_json(run.outcome, Outcome)
    except InvalidInputError:
        return _outcome(
            "failed",
            Sentence("How it ended is not known: its {file} is damaged.", file=run.outcome.name),
        )


def outcome_message(run: Run) -> str:
    """Return what the run said of its end, or what is damaged; empty if it ended as it should."""
    if not is_locked(run.lock) and (fault := run.fault):
        return fault
    outcome = read_outcome(run)
    return "" if outcome is None else FromFile(outcome)


def record_outcome(run: Run, ending: Ending, told: object = "") -> None:
    """Write down how the run ended, on a full disk too: room was reserved when it began.

    Args:
        run: The run.
        ending: How.
        told: Why, an error or a sentence; empty if it ended as it should.
    """
    outcome = asdict(_outcome(ending, told))
    if len(json.dumps(outcome)) > RESERVED_BYTES:
        outcome = asdict(_outcome(ending, str(told)))
    message = outcome["message"]
    while len(text := json.dumps(outcome)) > RESERVED_BYTES:
        message = message[: len(message) * 9 // 10]
        outcome["message"] = f"{message} ..."
    try:
        write_json(run.outcome, outcome)
    except OSError:
        if not run.reserved.exists():
            raise
        with run.reserved.open("r+b") as file:
            file.write(text.ljust(RESERVED_BYTES).encode())
        run.reserved.replace(run.outcome)


def _outcome(ending: Ending, told: object) -> Outcome:
    return Outcome(**vars(kept_sentence(told)), status=ending)


def is_locked(path: Path) -> bool:
    """Tell whether a living process holds the lock on a file.

    Several may ask at once and none takes another for the holder, except on Windows. What is no
    file nobody holds: a run that has such a lock is damaged.

    Raises:
        OSError: The file is there and cannot be opened now, so that nobody knows.
    """
    try:
        if sys.platform != "win32":
            if path.is_symlink():
                return False
            with open_file(path) as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
        with _one_at_a_time, FileLock(path, timeout=0):
            return not path.exists()
    except (BlockingIOError, Timeout):
        return True
    except OSError as error:
        if error.errno not in NO_FILE:
            raise
        return False
