"""A run carried out: the training loop, with its metrics and checkpoints written down."""

import platform
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import torch

from mnistcore import runs
from mnistcore.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from mnistcore.data import Split, load_split
from mnistcore.drawing_data import load_split_with_drawings
from mnistcore.errors import InvalidInputError
from mnistcore.model import best_device, build_network
from mnistcore.recipes import Recipe
from mnistcore.run_metrics import append_event
from mnistcore.training import EpochEnd, Event, TrainingState, count_steps_per_epoch, train


def carry_out(run: runs.Run) -> Iterator[Event]:
    """Train a run from where it stands to its end, or until it is asked to stop.

    Metrics are added at every step; a checkpoint replaces the last after every epoch and at a
    stop. Whoever leaves the loop early must expect to repeat the steps since the last checkpoint.

    Args:
        run: Its configuration says what to train and how.

    Yields:
        What `training.train` yields.

    Raises:
        InvalidInputError: Another process works on the run, or its checkpoint is damaged.
    """
    with runs.lively(run):
        recipe = Recipe(**run.config["recipe"])
        network = run.config["network"]
        torch.set_num_threads(run.config["num_threads"])
        model = build_network(network, seed=recipe.seed).to(best_device())
        state = TrainingState(model, recipe)
        if run.checkpoint.exists():
            state.load_state_dict(_saved_state(run))
        train_split, valid_split = load_data(network, recipe)
        steps_per_epoch = count_steps_per_epoch(len(train_split), recipe.batch_size)
        append_event(run.metrics, _begin(state, steps_per_epoch * recipe.epochs))
        for event in train(state, train_split, valid_split):
            append_event(run.metrics, {"event": type(event).__name__, **asdict(event)})
            stopped = runs.stop_is_requested(run)
            if stopped or isinstance(event, EpochEnd):
                _save(run, network, state, event)
            yield event
            if stopped:
                runs.record_outcome(run, "stopped")
                return
        runs.record_outcome(run, "finished")


def load_data(network: str, recipe: Recipe) -> tuple[Split, Split]:
    """Return what a network learns from by a recipe, and what it watches.

    Raises:
        InvalidInputError: The network cannot learn from the recipe's data.
    """
    if recipe.data == "mnist and drawings" and network != "drawing-net":
        raise InvalidInputError(
            f"The network {network!r} has no output for what is no digit, which the recipe's "
            f"`data` {recipe.data!r} has. Choose `drawing-net`, or another recipe."
        )
    load = load_split_with_drawings if recipe.data == "mnist and drawings" else load_split
    return load("train"), load("valid")


def _begin(state: TrainingState, num_steps: int) -> dict[str, Any]:
    device = next(state.model.parameters()).device
    return {
        "event": "Begin",
        "step": state.step,
        "num_steps": num_steps,
        "batch_size": state.recipe.batch_size,
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else device.type,
        "num_threads": torch.get_num_threads(),
        "versions": {"torch": str(torch.__version__), "python": platform.python_version()},
    }


def _saved_state(run: runs.Run) -> dict[str, Any]:
    checkpoint = load_checkpoint(run.checkpoint)
    return {**(checkpoint.training or {}), "model": checkpoint.model}


def _save(run: runs.Run, network: str, state: TrainingState, event: Event) -> None:
    origin = {
        "run": run.name,
        "recipe": asdict(state.recipe),
        "step": event.step,
        "epoch": event.epoch,
        "valid_accuracy": event.valid_accuracy if isinstance(event, EpochEnd) else None,
        "torch": str(torch.__version__),
    }
    save_checkpoint(
        run.checkpoint,
        Checkpoint(
            network=network,
            model=state.model.state_dict(),
            training=state.state_dict(),
            origin=origin,
        ),
    )
