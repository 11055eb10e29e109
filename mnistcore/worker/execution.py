"""A run carried out: the training loop, with its metrics and checkpoints written down."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

import torch

from mnistcore.errors import InvalidInputError
from mnistcore.files import write_json
from mnistcore.handwriting.splits import load_split_with_drawings
from mnistcore.mnist.splits import Split, load_split
from mnistcore.models.catalogue import Network, network_title
from mnistcore.models.model import best_device, build_network
from mnistcore.runs.all_runs import installed_versions
from mnistcore.runs.control import Requests, read_requests
from mnistcore.runs.folder import Run
from mnistcore.runs.life import Status, claim, record_outcome
from mnistcore.runs.metrics import remove_torn_line
from mnistcore.training.distributed import Group
from mnistcore.training.freed_memory import keep_freed_memory
from mnistcore.training.loop import (
    Event,
    TrainingState,
    count_steps_per_epoch,
    resolve_precision,
    train,
)
from mnistcore.training.recipes import Recipe, recipe_from_dict
from mnistcore.worker.record import Record
from mnistcore.worker.state import Saved, read_saved


def carry_out(run: Run, group: Group | None = None) -> Iterator[Event]:
    """Train a run from where it stands to its end, or until it is asked to stop.

    Metrics are added at every step; a checkpoint replaces the last after every epoch, every 300
    steps, and at a stop or a pause. Whoever leaves the loop early, or is killed, repeats the steps
    since the last checkpoint, and comes to the same weights.

    Args:
        run: Its configuration says what to train and how.
        group: The processes that train it together; each of them calls this, and the first alone
            needs the run's folder.

    Yields:
        What `training.train` yields.

    Raises:
        InvalidInputError: Another process works on the run, none of its checkpoints can be used,
            or the disk is full.
    """
    group = group or Group()
    with claim(run) if group.is_writer else nullcontext() as turn:
        if not group.tell(turn.take() if turn else None):
            _end(run, group, "stopped")
            return
        state, notices = _prepare(run, group)
        train_split, valid_split = load_data(run.config["network"], state.recipe)
        num_steps = count_steps_per_epoch(len(train_split), state.recipe.batch_size)
        record = Record(run, state, valid_split) if group.is_writer else None
        if record:
            record.begin(num_steps * state.recipe.epochs, notices)
        for event in train(state, train_split, valid_split):
            requests: Requests = group.tell(read_requests(run) if group.is_writer else None)
            if requests.learning_rate is not None:
                _change_learning_rate(state, record, requests.learning_rate)
            if record:
                record.add(event, checkpoint=requests.stop or requests.pause)
            yield event
            if requests.stop or (requests.pause and not group.tell(turn.pause() if turn else None)):
                _end(run, group, "stopped")
                return
        _end(run, group, "finished")


def _prepare(run: Run, group: Group) -> tuple[TrainingState, list[str]]:
    """Return the training where its last checkpoint left it, the same in every process."""
    config, saved = group.tell(_read_folder(run) if group.is_writer else None)
    torch.set_num_threads(config["num_threads"])
    keep_freed_memory()
    recipe = recipe_from_dict(config["recipe"])
    model = build_network(config["network"], seed=recipe.seed).to(_device(config))
    state = TrainingState(model, recipe, group)
    if saved.state is not None:
        state.load_state_dict(saved.state)
    return state, saved.notices


def load_data(network: Network, recipe: Recipe) -> tuple[Split, Split]:
    """Return what a network learns from by a recipe, and what it watches.

    Raises:
        InvalidInputError: The network cannot learn from the recipe's data.
    """
    if recipe.data == "mnist and drawings" and network != "drawing-net":
        raise InvalidInputError(
            f"The network {network_title(network)!r} has no output for what is no digit, which the "
            f"recipe's `data` {recipe.data!r} has. Choose `drawing-net`, or another recipe."
        )
    load = load_split_with_drawings if recipe.data == "mnist and drawings" else load_split
    return load("train"), load("valid")


def _read_folder(run: Run) -> tuple[dict[str, Any], Saved]:
    config = _resolved_config(run)
    notices = []
    if remove_torn_line(run.metrics):
        notices.append("The last line of the metrics was half written; it was cut off.")
    saved = read_saved(run)
    begun, now = config.get("versions", {}), installed_versions()
    notices += [
        f"{name} was {begun[name]} when the run was made and is {now[name]} now: the last bits of "
        "the result may differ."
        for name in now
        if name in begun and begun[name] != now[name]
    ]
    return config, Saved(saved.state, notices + saved.notices)


def _resolved_config(run: Run) -> dict[str, Any]:
    """Return a run's configuration, with the device and the precision that it keeps to the end."""
    config = run.config
    if config.get("device", "auto") == "auto":
        config["device"] = best_device().type
    recipe = resolve_precision(recipe_from_dict(config["recipe"]), torch.device(config["device"]))
    config["recipe"] = asdict(recipe)
    if config != run.config:
        write_json(run.folder / "config.json", config)
    return config


def _device(config: dict[str, Any]) -> torch.device:
    if config["device"] == "cuda":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device(config["device"])


def _change_learning_rate(
    state: TrainingState, record: Record | None, learning_rate: float
) -> None:
    if record:
        record.change_learning_rate(learning_rate)
    state.change_learning_rate(learning_rate)


def _end(run: Run, group: Group, verdict: Status) -> None:
    if group.is_writer:
        record_outcome(run, verdict)
