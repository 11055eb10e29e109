"""The weights a run had after each of its epochs: which are kept, and where they lie.

    runs/NAME/epochs/0000.pt   before the first step
    runs/NAME/epochs/0007.pt   after epoch 7

Each is a checkpoint without training state, which every command takes that takes a checkpoint.
Imports no torch: a page lists epochs without waiting for it.
"""

import re
from pathlib import Path

from mnistcore.errors import InvalidInputError
from mnistcore.runs.folder import Run

MOST_EPOCHS = 200  # as many as a slider has places for
MOST_BYTES = 100_000_000  # of all of a run's epochs


def epoch_is_kept(epoch: int, *, num_epochs: int, num_bytes: int) -> bool:
    """Tell whether the weights after an epoch are kept: all, or evenly spaced if there are many.

    The first and the last always are, so a replay begins and ends where the run did. The answer
    depends on nothing that changes while a run goes on: a resumed run keeps the same epochs.

    Args:
        epoch: Counted from 1; 0 is before the first step.
        num_epochs: Of the whole run.
        num_bytes: That the weights take.

    >>> [e for e in range(6) if epoch_is_kept(e, num_epochs=5, num_bytes=140_000)]
    [0, 1, 2, 3, 4, 5]
    >>> [e for e in range(6) if epoch_is_kept(e, num_epochs=5, num_bytes=40_000_000)]
    [0, 3, 5]
    """
    most = max(1, min(MOST_EPOCHS, MOST_BYTES // max(1, num_bytes)))
    every = -(-num_epochs // most)
    return epoch % every == 0 or epoch == num_epochs


def list_epochs(run: Run) -> list[int]:
    """Return the epochs whose weights are kept, in order; runs of earlier versions have none.

    >>> list_epochs(Run(Path("there-is-no-such-run")))
    []
    """
    names = (path.stem for path in run.epochs.glob("*.pt") if path.is_file())
    return sorted(int(name) for name in names if re.fullmatch(r"[0-9]{4}|[1-9][0-9]{4,8}", name))


def find_epoch(run: Run, epoch: int) -> Path:
    """Return the checkpoint of an epoch, for `load_classifier` and `load_checkpoint`.

    Raises:
        InvalidInputError: The weights after this epoch were not kept.
    """
    path = run.epoch_file(epoch)
    if not path.is_file():
        kept = ", ".join(map(str, list_epochs(run))) or "none"
        raise InvalidInputError(
            "The run {name!r} kept no weights of epoch {epoch}. Choose one that it has: {kept}.",
            name=run.name,
            epoch=epoch,
            kept=kept,
        )
    return path
