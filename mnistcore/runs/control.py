"""What may be asked of a run while it is going on: stop, pause, another learning rate.

Every request is a small file in the run's folder, which its process reads between two steps; so any
process of the machine can ask. Imports no torch.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from mnistcore.errors import InvalidInputError
from mnistcore.files import remove, write_json
from mnistcore.runs.folder import Run
from mnistcore.runs.schema import LearningRateRequest, read_if_whole
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import check_setting

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Requests:
    """What has been asked of a run.

    Attributes:
        stop: End at the next step, keeping everything.
        pause: Wait at the next step, and let other runs train meanwhile.
        learning_rate: Let the schedule vary this one from the next step on; None for no change.
    """

    stop: bool = False
    pause: bool = False
    learning_rate: float | None = None


def request_stop(run: Run) -> None:
    """Ask the run to stop at its next step; it keeps everything.

    Raises:
        InvalidInputError: The run is not going on; so with the other requests.
    """
    _ask(run, run.stop_request.touch)
    _log.info("run %s asked to stop", run.name)


def request_pause(run: Run) -> None:
    """Ask the run to wait at its next step, until `request_unpause`."""
    _ask(run, run.pause_request.touch)


def request_unpause(run: Run) -> None:
    """Ask a paused run to go on, behind those that wait in line."""
    _ask(run, lambda: remove(run.pause_request))


def request_learning_rate(run: Run, learning_rate: float) -> None:
    """Ask the run to go on with another learning rate from its next step on.

    Raises:
        InvalidInputError: No recipe could have this learning rate, or the run is not going on.
    """
    check_setting("learning_rate", learning_rate)
    _ask(run, lambda: write_json(run.learning_rate_request, {"learning_rate": learning_rate}))


def read_requests(run: Run) -> Requests:
    """Return what has been asked of the run and not been dealt with.

    Raises:
        InvalidInputError: The run's folder was removed, which is the most that can be asked of it.
    """
    if not run.folder.is_dir():
        raise InvalidInputError(
            "The folder of the run {name!r} was removed while it was going on.", name=run.name
        )
    change = read_if_whole(run.learning_rate_request, LearningRateRequest)
    return Requests(
        stop=run.stop_request.exists(),
        pause=run.pause_request.exists(),
        learning_rate=None if change is None else change.learning_rate,
    )


def clear_learning_rate_request(run: Run) -> None:
    """Take the request for another learning rate as dealt with."""
    remove(run.learning_rate_request)


def clear_requests(run: Run) -> None:
    """Take every request as dealt with; what was asked of a run's last life is over with it."""
    for file in (run.stop_request, run.pause_request, run.learning_rate_request):
        remove(file)


def _ask(run: Run, write: Callable[[], object]) -> None:
    try:
        write()
    except OSError as error:
        raise InvalidInputError(
            "The run {name!r} cannot be asked: {error}.", name=run.name, error=error
        ) from None
    # After writing: a run that ends clears what it was asked, then lets go of its lock.
    if (stands := status(run)) not in ACTIVE:
        clear_requests(run)
        raise InvalidInputError(
            "The run {name!r} is {stands}, so nothing can be asked of it. Let it go on first, or "
            "choose one that is active.",
            name=run.name,
            stands=stands,
        )
