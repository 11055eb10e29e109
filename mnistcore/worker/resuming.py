"""What survives a kill: the last checkpoint, the one before it, every epoch's weights.

How often that is written, `execution` says. What has been asked of a run since its last checkpoint
stands in its metrics, and is asked again.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

import torch

from mnistcore.errors import InvalidInputError
from mnistcore.models.catalogue import Network
from mnistcore.models.checkpoint import Checkpoint, keep_as, load_checkpoint, save_checkpoint
from mnistcore.runs.epochs import epoch_is_kept
from mnistcore.runs.events import LearningRateChange, read_events
from mnistcore.runs.folder import Run
from mnistcore.sentences import Sentence
from mnistcore.training.distributed import unwrapped
from mnistcore.training.events import EpochEnd, Event
from mnistcore.training.loop import TrainingState


@dataclass(frozen=True)
class Saved:
    """Where a run stands.

    Attributes:
        state: What `TrainingState.load_state_dict` takes; None for a run that has no checkpoint.
        notices: What its user should know, in sentences.
    """

    state: dict[str, Any] | None = None
    notices: list[str] = field(default_factory=list)


def read_saved(run: Run) -> Saved:
    """Read the last checkpoint, or the one before it where the last is damaged.

    Raises:
        InvalidInputError: There are checkpoints, and none can be used.
    """
    candidates = [run.checkpoint, run.previous_checkpoint]
    faults: list[object] = []
    for path in candidates:
        if not path.exists():
            continue
        try:
            state = _training_state(load_checkpoint(path))
        except InvalidInputError as error:
            faults.append(error.values.get("fault", error))  # nobody is to choose another file
            continue
        notices: list[str] = []
        if faults:
            run.checkpoint.replace(run.damaged_checkpoint)
            notices.append(
                Sentence(
                    "{fault} Going on from the one before it, of step {step:,}.",
                    fault=faults[0],
                    step=state["step"],
                )
            )
        return Saved({**state, "learning_rates": _learning_rates(run, state)}, notices)
    if not faults:
        return Saved()
    both = Sentence("{first} {second}", first=faults[0], second=faults[-1])
    raise InvalidInputError(
        "{faults} Start a new run with the same settings: it takes the same steps.",
        faults=both if len(faults) == 2 else faults[0],
    )


def save(run: Run, network: Network, state: TrainingState, event: Event) -> None:
    """Let a checkpoint of this state take the place of the last, which is kept beside it.

    Args:
        run: Whose checkpoint.
        network: As in its configuration.
        state: At an event.
        event: The last one.
    """
    origin = _origin(run, state, event)
    saved = state.state_dict()
    keep_as(run.checkpoint, run.previous_checkpoint)
    save_checkpoint(
        run.checkpoint,
        Checkpoint(network=network, model=saved["model"], training=saved, origin=origin),
    )


def keep_epoch(run: Run, network: Network, state: TrainingState, event: EpochEnd | None) -> None:
    """Write an epoch's weights down, if they are of those that are kept (see `epochs`).

    Call it before `save`: a run that dies between the two repeats the epoch and writes the same
    file again.

    Args:
        run: Whose weights.
        network: As in its configuration.
        state: At the end of an epoch, or before the first step.
        event: The epoch's end; None before the first step.
    """
    weights = unwrapped(state.model).state_dict()
    num_bytes = sum(value.nbytes for value in weights.values())
    epoch = event.epoch if event else 0
    if epoch_is_kept(epoch, num_epochs=state.recipe.epochs, num_bytes=num_bytes):
        save_checkpoint(
            run.epoch_file(epoch),
            Checkpoint(network=network, model=weights, origin=_origin(run, state, event)),
        )


def _origin(run: Run, state: TrainingState, event: Event | None) -> dict[str, Any]:
    return {
        "run": run.name,
        "recipe": asdict(state.recipe),
        "step": event.step if event else 0,
        "epoch": event.epoch if event else 0,
        "valid_accuracy": event.valid_accuracy if isinstance(event, EpochEnd) else None,
        "torch": str(torch.__version__),
    }


def _training_state(checkpoint: Checkpoint) -> dict[str, Any]:
    saved = checkpoint.training
    needed = {"optimizer", "step", "epoch", "learning_rates"}
    if not isinstance(saved, dict) or not needed <= saved.keys():
        raise InvalidInputError(
            "checkpoint.pt cannot be gone on with: it holds weights and no training state."
        )
    return {**saved, "model": checkpoint.model}


def _learning_rates(run: Run, state: dict[str, Any]) -> list[list[float]]:
    """Return the changes in a checkpoint, and those that the metrics have of later steps."""
    known = [[int(step), float(rate)] for step, rate in state["learning_rates"]]
    later = [
        [event.step, event.learning_rate]
        for event in read_events(run.metrics)
        if isinstance(event, LearningRateChange) and event.step > state["step"]
    ]
    return [*known, *(change for change in later if change not in known)]
