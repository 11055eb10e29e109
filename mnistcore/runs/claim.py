"""A run claimed by the process that carries it out, from its first second to its outcome.

Imports no torch.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from mnistcore.errors import InvalidInputError
from mnistcore.runs.control import clear_requests
from mnistcore.runs.folder import Run
from mnistcore.runs.queue import Turn
from mnistcore.runs.status import RESERVED_BYTES, record_outcome

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
        lock.acquire(timeout=5)  # a page that asks for the status holds it for an instant
    except Timeout:
        raise InvalidInputError(f"The run {run.name!r} is going on already.") from None
    turn = Turn(run)
    try:
        for file in (run.phase, run.started, run.outcome):
            file.unlink(missing_ok=True)
        run.reserved.write_bytes(b" " * RESERVED_BYTES)
        yield turn
    except OSError as error:
        if error.errno not in FULL_DISK:
            record_outcome(run, "failed", str(error))
            raise
        message = (
            f"The disk is full. Everything up to the last checkpoint of {run.name!r} is kept: "
            "make room, then go on with the run."
        )
        with suppress(OSError):  # was it full before room could be reserved, the caller is told
            record_outcome(run, "failed", message)
        raise InvalidInputError(message) from error
    except Exception as error:
        record_outcome(run, "failed", str(error) or type(error).__name__)
        raise
    finally:
        turn.give_back()
        run.reserved.unlink(missing_ok=True)
        clear_requests(run)
        lock.release()
