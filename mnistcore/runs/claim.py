"""A run claimed by the process that carries it out, from its first second to its outcome.

Imports no torch.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from mnistcore.errors import InvalidInputError
from mnistcore.files import remove
from mnistcore.runs.control import clear_requests
from mnistcore.runs.folder import Run
from mnistcore.runs.queue import Turn
from mnistcore.runs.status import RESERVED_BYTES, record_outcome

SECONDS_TO_WAIT = 5  # a page that asks for the status holds the lock for an instant
FULL_DISK = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def claim(run: Run) -> Iterator[Turn]:
    """Hold the run's lock, hand out its turn to train, and record a failure.

    What was asked of the run before counts; who starts a process clears what was asked of the last
    one (see `all_runs.prepare_start`).

    Raises:
        InvalidInputError: Another process works on this run already, or the disk is full.
    """
    lock = FileLock(run.lock)
    try:
        lock.acquire(timeout=SECONDS_TO_WAIT)
    except Timeout:
        raise InvalidInputError("The run {name!r} is going on already.", name=run.name) from None
    except OSError as error:
        raise InvalidInputError(
            "The run {name!r} cannot be carried out: {error}.", name=run.name, error=error
        ) from None
    turn = Turn(run)
    try:
        for file in (run.phase, run.started, run.outcome, run.reserved):
            remove(file)
        run.reserved.write_bytes(b" " * RESERVED_BYTES)
        yield turn
    except OSError as error:
        refusal = _what_can_be_done(run, error)
        with suppress(OSError):  # where nothing can be written at all, the caller is told
            record_outcome(run, "failed", refusal or error)
        if refusal is None:
            raise
        raise refusal from error
    except Exception as error:
        if run.folder.is_dir():
            record_outcome(run, "failed", error if str(error) else type(error).__name__)
        raise
    finally:
        turn.give_back()
        remove(run.reserved)
        clear_requests(run)
        lock.release()


def _what_can_be_done(run: Run, error: OSError) -> InvalidInputError | None:
    """Return in words what the system refused, if it is about the disk or the run's own folder."""
    if error.errno in FULL_DISK:
        return InvalidInputError(
            "The disk is full. Everything up to the last checkpoint of {name!r} is kept: make "
            "room, then go on with the run.",
            name=run.name,
        )
    if not run.folder.is_dir():
        return InvalidInputError(
            "The folder of the run {name!r} was removed while it was going on.", name=run.name
        )
    if str(error.filename or "").startswith(str(run.folder)):
        return InvalidInputError(
            "The folder of the run {name!r} cannot be used: {error}. Mend it, then go on with the "
            "run.",
            name=run.name,
            error=error,
        )
    return None
