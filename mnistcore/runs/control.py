"""What may be asked of a run while it is going on: stop, pause, another learning rate.

Every wish is a small file in the run's folder, which its process reads between two steps; so any
process of the machine can ask. Imports no torch.
"""

from dataclasses import dataclass

from mnistcore.files import read_json, write_json
from mnistcore.runs.folder import Run
from mnistcore.training.recipes import check_setting


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
    """Ask the run to stop at its next step; it keeps everything."""
    (run.folder / "stop").touch()


def request_pause(run: Run) -> None:
    """Ask the run to wait at its next step, until `request_unpause`."""
    (run.folder / "pause").touch()


def request_unpause(run: Run) -> None:
    """Ask a paused run to go on, behind those that wait in line."""
    (run.folder / "pause").unlink(missing_ok=True)


def request_learning_rate(run: Run, learning_rate: float) -> None:
    """Ask the run to go on with another learning rate from its next step on.

    Raises:
        InvalidInputError: No recipe could have this learning rate.
    """
    check_setting("learning_rate", learning_rate)
    write_json(run.folder / "learning_rate.json", {"learning_rate": learning_rate})


def read_requests(run: Run) -> Requests:
    """Return what has been asked of the run and not been dealt with."""
    change = read_json(run.folder / "learning_rate.json")
    return Requests(
        stop=(run.folder / "stop").exists(),
        pause=(run.folder / "pause").exists(),
        learning_rate=None if change is None else float(change["learning_rate"]),
    )


def learning_rate_is_changed(run: Run) -> None:
    """Take the wish for another learning rate as dealt with."""
    (run.folder / "learning_rate.json").unlink(missing_ok=True)


def clear_requests(run: Run) -> None:
    """Take every wish as dealt with; what was asked of a run's last life is not its next one's."""
    for name in ("stop", "pause", "learning_rate.json"):
        (run.folder / name).unlink(missing_ok=True)
