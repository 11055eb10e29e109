"""A run carried out: the training loop, with its metrics and checkpoints written down."""

import logging
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from dataclasses import asdict, replace

import torch

from mnistcore.drawings.drawing_files import LabelledImages, images_of
from mnistcore.files import write_json
from mnistcore.handwriting.splits import load_split_with_drawings
from mnistcore.mnist.splits import Split, load_split
from mnistcore.models.model import best_device, build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.kept_reading import keep_reading, kept_reading
from mnistcore.runs.all_runs import installed_versions
from mnistcore.runs.claim import claim
from mnistcore.runs.control import Requests, read_requests
from mnistcore.runs.events import remove_torn_line
from mnistcore.runs.folder import Run
from mnistcore.runs.own_drawings import read_own_drawings
from mnistcore.runs.queue import Turn
from mnistcore.runs.schema import Config, Ending
from mnistcore.runs.status import record_outcome
from mnistcore.sentences import Sentence
from mnistcore.training.distributed import Group
from mnistcore.training.events import Event
from mnistcore.training.freed_memory import keep_freed_memory
from mnistcore.training.loop import TrainingState, count_steps_per_epoch, resolve_precision, train
from mnistcore.training.own_drawings import with_own_drawings
from mnistcore.training.recipes import Recipe
from mnistcore.worker.record import Record
from mnistcore.worker.resuming import Saved, read_saved

_log = logging.getLogger(__name__)

FEWEST_LEFT_OUT = 0.01  # of the training images; fewer in an epoch are not worth a word


def carry_out(run: Run, group: Group | None = None, *, turn: Turn | None = None) -> Iterator[Event]:
    """Train a run from where it stands to its end, or until it is asked to stop.

    Metrics are added at every step; a checkpoint replaces the last after every epoch, every 300
    steps, and at a stop or a pause. Whoever leaves the loop early, or is killed, repeats the steps
    since the last checkpoint, and comes to the same weights.

    Args:
        run: Its configuration says what to train and how.
        group: The processes that train it together; each of them calls this, and the first alone
            needs the run's folder.
        turn: Of the first process, if it has claimed the run already, and taken its turn or not.

    Yields:
        What `training.loop.train` yields.

    Raises:
        InvalidInputError: Another process works on the run, none of its checkpoints can be used,
            or the disk is full.
    """
    group = group or Group()
    is_claimed_here = group.is_writer and turn is None
    with claim(run) if is_claimed_here else nullcontext(turn) as turn:
        ending = yield from _train(run, group, turn)
        if group.is_writer:
            record_outcome(run, ending)


def _train(run: Run, group: Group, turn: Turn | None) -> Generator[Event, None, Ending]:
    if not group.tell(turn and (turn.is_taken or turn.take())):
        return "stopped"
    state, notices, drawings = _prepare(run, group)
    train_split, valid_split = load_data(state.recipe)
    if len(drawings.labels):
        train_split = with_own_drawings(train_split, drawings, state.recipe)
    steps_per_epoch = count_steps_per_epoch(len(train_split), state.recipe.batch_size)
    record = Record(run, state, valid_split) if group.is_writer else None
    if record:
        notices += _images_left_out(len(train_split), state.recipe)
        record.begin(steps_per_epoch * state.recipe.epochs, notices)
    for event in train(state, train_split, valid_split):
        requests: Requests = group.tell(read_requests(run) if group.is_writer else None)
        if requests.learning_rate is not None:
            if record:
                record.change_learning_rate(requests.learning_rate)
            state.change_learning_rate(requests.learning_rate)
        if record:
            record.add(event, checkpoint=requests.stop or requests.pause)
        yield event
        if requests.stop or (requests.pause and not group.tell(turn.pause() if turn else None)):
            if record:
                keep_what_it_reads(run, state)
            return "stopped"
    if record:
        keep_what_it_reads(run, state)
    return "finished"


def _prepare(run: Run, group: Group) -> tuple[TrainingState, list[str], LabelledImages]:
    """Return the training where its last checkpoint left it, the same in every process.

    Beside it what its user should know, in sentences, and the drawings it learns from.
    """
    config, saved, drawings = group.tell(_read_folder(run) if group.is_writer else None)
    torch.set_num_threads(config.num_threads)
    keep_freed_memory()
    recipe = config.recipe
    model = build_network(config.network, seed=recipe.seed).to(_device(config))
    state = TrainingState(model, recipe, group)
    if saved.state is not None:
        state.load_state_dict(saved.state)
    return state, saved.notices, drawings


def keep_what_it_reads(run: Run, state: TrainingState) -> None:
    """Have a run's last checkpoint read the test split, so that no page waits for that.

    Where it cannot be kept, as on a full disk, pages have it read themselves.
    """
    if kept_reading(run.checkpoint) is not None:
        return
    classifier = load_classifier(run.checkpoint)
    classifier.model.to(next(state.model.parameters()).device)
    probabilities = classifier.predict(load_split("test").images.numpy())
    try:
        keep_reading(run.checkpoint, probabilities)
    except OSError as error:
        _log.warning("what %s reads in the test split is not kept: %s", run.name, error)


def load_data(recipe: Recipe) -> tuple[Split, Split]:
    """Return what is learned from by a recipe, and what is watched."""
    load = load_split_with_drawings if recipe.data == "mnist and drawings" else load_split
    return load("train"), load("valid")


def _read_folder(run: Run) -> tuple[Config, Saved, LabelledImages]:
    config = _resolved_config(run)
    notices: list[str] = []
    if remove_torn_line(run.metrics):
        notices.append(Sentence("The last line of the metrics was half written; it was cut off."))
    saved = read_saved(run)
    begun, now = config.versions, installed_versions()
    notices += [
        Sentence(
            "{name} was {begun} when the run was made and is {now} now: the last bits of the "
            "result may differ.",
            name=name,
            begun=begun[name],
            now=now[name],
        )
        for name in now
        if name in begun and begun[name] != now[name]
    ]
    drawings = images_of(read_own_drawings(run))
    return config, Saved(saved.state, notices + saved.notices), drawings


def _resolved_config(run: Run) -> Config:
    """Return a run's configuration, with the device and the precision that it keeps to the end."""
    config = run.config
    device = best_device().type if config.device == "auto" else config.device
    recipe = resolve_precision(config.recipe, torch.device(device))
    resolved = replace(config, device=device, recipe=recipe)
    if resolved != config:
        write_json(run.config_file, asdict(resolved))
    return resolved


def _device(config: Config) -> torch.device:
    if config.device == "cuda":
        return torch.device("cuda", torch.cuda.current_device())
    return torch.device(config.device)


def _images_left_out(num_images: int, recipe: Recipe) -> list[str]:
    left = num_images % recipe.batch_size
    if left < FEWEST_LEFT_OUT * num_images:
        return []
    return [
        Sentence(
            "Every epoch sees {num_seen:,} of the {num_images:,} training images: batches of "
            "{batch_size:,} leave {left:,} over, others each time.",
            num_seen=num_images - left,
            num_images=num_images,
            batch_size=recipe.batch_size,
            left=left,
        )
    ]
