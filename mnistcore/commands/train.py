"""`python -m mnistcore train`: start a run or go on with one, printing step, loss and accuracy.

Under PyTorch's launcher, `torchrun --nproc-per-node=2 -m mnistcore train ...`, the processes train
one run together; the first alone prints and writes. torchrun takes `--run` for one of its own
options, so a name is given as `--name` there.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mnistcore.commands.interruption import INTERRUPTION
from mnistcore.commands.urgency import let_others_go_first
from mnistcore.drawings.drawing_files import read_drawings
from mnistcore.errors import InvalidInputError
from mnistcore.models.catalogue import NETWORK_NAMES, Network, network_from_stack
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.queue import Turn
from mnistcore.runs.schema import DEVICES
from mnistcore.runs.status import Status, record_outcome, status
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.training.events import EpochEnd
from mnistcore.training.recipes import CHOICES, RECIPES, Recipe
from mnistcore.training.setting_texts import EXPLANATIONS

if TYPE_CHECKING:
    from mnistcore.training.distributed import Group

STEPS_BETWEEN_LINES = 50
STOPPED = 130  # as a shell has it for Ctrl-C
NETWORK, RECIPE = "mynet", "default"  # where none is given

DRAWINGS = 'learn from drawings of your own as well: what "Correct me" on the prediction page saved'

NUMBERS: dict[str, Callable[[str], float]] = {
    "epochs": int,
    "batch_size": int,
    "learning_rate": float,
    "weight_decay": float,
    "label_smoothing": float,
    "augmentation": float,
    "thickening": float,
    "seed": int,
}
SETTINGS = ("network", "stack", "drawings", "recipe", "device", "threads", *NUMBERS, *CHOICES)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `train` takes."""
    parser.set_defaults(command=train)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        *("--run", "--name"),  # torchrun takes `--run` for its own `--run-path`
        metavar="NAME",
        help="name of the new run (made up if not given); `--name` under torchrun",
    )
    which.add_argument("--resume", metavar="NAME", help="go on with this run from its checkpoint")
    what = parser.add_mutually_exclusive_group()
    titles = "; ".join(f"{name} is {text}" for name, text in NETWORK_NAMES.items())
    what.add_argument("--network", choices=list(NETWORK_NAMES), help=f"{titles} ({NETWORK})")
    what.add_argument(
        "--stack", type=Path, metavar="FILE", help="a network of your own: the calculator's JSON"
    )
    parser.add_argument("--drawings", type=Path, metavar="FILE", help=DRAWINGS)
    parser.add_argument(
        "--recipe",
        choices=list(RECIPES),
        help=f"where the settings below come from that are not given ({RECIPE})",
    )
    _add_machine(parser)
    own = parser.add_argument_group("instead of the recipe's own")
    for name, kind in NUMBERS.items():
        own.add_argument(_flag(name), type=kind, metavar="N", help=_help(name))
    for name, choices in CHOICES.items():
        own.add_argument(_flag(name), choices=choices, help=_help(name))


def _add_machine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device",
        choices=DEVICES,
        help="what computes: auto takes CUDA where there is one, else Apple's MPS, else the CPU "
        "(auto)",
    )
    parser.add_argument(
        "--threads",
        type=int,
        help="of the CPU, in each process; half of all leave the pages quick "
        f"({all_runs.default_num_threads()})",
    )
    parser.add_argument(
        "--background",
        action="store_true",
        help="take what others leave of the processor, as runs do that a page starts",
    )


def train(options: argparse.Namespace) -> int:
    """Start a run or go on with one; return the exit code."""
    if options.background:
        let_others_go_first()
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        return _train_together(options)
    run = _run(options)
    if run is None:
        return 0
    INTERRUPTION.stop(run)
    return 0 if _carry_out(run, None) == "finished" else STOPPED


def _train_together(options: argparse.Namespace) -> int:
    """Return 0 for a stop too, since to `torchrun` anything else is a crash."""
    from mnistcore.training.distributed import joined_group

    with joined_group() as group:
        run = group.tell(_run_or_fault(options, group) if group.is_writer else None)
        if isinstance(run, Run) and group.is_writer:
            INTERRUPTION.stop(run)
            _carry_out(run, group)
        elif isinstance(run, Run):
            from mnistcore.worker.execution import carry_out

            for _ in carry_out(run, group):
                pass
    if isinstance(run, InvalidInputError):
        if group.is_writer:
            raise run
        return 1
    return 0


def _run_or_fault(options: argparse.Namespace, group: "Group") -> Run | InvalidInputError | None:
    try:
        return _run(options, group)
    except InvalidInputError as fault:
        return fault


def _run(options: argparse.Namespace, group: "Group | None" = None) -> Run | None:
    """Return the run to carry out, ready to be asked to stop; None if it has finished already."""
    if options.resume:
        _refuse_settings(options)
        run = all_runs.find_run(options.resume)
        if status(run) == "finished":
            print(f"The run {run.name} has finished already; there is nothing to go on with.")
            return None
        all_runs.prepare_start(run)
        return run
    network, recipe = _network(options), _recipe(options)
    if group:
        group.check_batch_size(recipe.batch_size)
    title = "stack" if isinstance(network, dict) else network
    return all_runs.create_run(
        options.run or all_runs.suggest_name(f"{title}-{options.recipe or RECIPE}"),
        network=network,
        recipe=recipe,
        num_threads=options.threads,
        device=options.device or "auto",
        own_drawings=read_drawings(options.drawings) if options.drawings else (),
    )


def _carry_out(run: Run, group: "Group | None") -> Status:
    """Carry a run out, printing how it goes; return how it stands then."""
    own = run.config.own_drawings
    beside = f", learns from {own.number:,} drawings of your own as well" if own else ""
    print(f"Run {run.name}, kept in {run.folder}{beside}", flush=True)
    with claim(run) as turn:
        if group is None and not turn.take():  # so that who waits, or is stopped, loads no torch
            record_outcome(run, "stopped")
        else:
            _follow(run, group, turn)
    ending = status(run)
    print(f"Run {run.name} {ending}; its checkpoint is {run.checkpoint}")
    if ending == "stopped":
        print(f"To go on: python -m mnistcore train --resume {run.name}")
    return ending


def _follow(run: Run, group: "Group | None", turn: Turn) -> None:
    from mnistcore.worker.execution import carry_out  # imports torch, which takes seconds

    metrics = RunMetrics(run.metrics)
    for event in carry_out(run, group, turn=turn):
        if metrics.begin is None:
            metrics.poll()
            for notice in metrics.notices:
                print(notice, flush=True)
        if isinstance(event, EpochEnd):
            valid = f"loss {event.valid_loss:.4f}, accuracy {event.valid_accuracy:.2%}"
            pace = f"{event.images_per_second:,.0f} images/s"
            print(f"epoch {event.epoch:3d}  validation: {valid}  ({pace})", flush=True)
        elif event.step % STEPS_BETWEEN_LINES == 0:
            figures = f"loss {event.loss:.4f}, accuracy {event.accuracy:.1%}"
            print(f"step {event.step:6d}  {figures}", flush=True)


def _refuse_settings(options: argparse.Namespace) -> None:
    """Refuse settings for a run that goes on with its own.

    Raises:
        InvalidInputError: There are some.
    """
    given = [name for name in SETTINGS if getattr(options, name) is not None]
    if given:
        raise InvalidInputError(
            "A run goes on with its own settings, so {flags} cannot be given with --resume {run}. "
            "Leave it out, or begin a new run.",
            flags=" and ".join(map(_flag, given)),
            run=options.resume,
        )


def _network(options: argparse.Namespace) -> Network:
    if options.stack is None:
        name: str = options.network or NETWORK
        return name
    try:
        text = options.stack.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            "{file} cannot be read: {error}. Give a network that the calculator saved.",
            file=options.stack,
            error=error,
        ) from None
    return network_from_stack(stack_from_json(text))


def _recipe(options: argparse.Namespace) -> Recipe:
    given = {
        name: getattr(options, name)
        for name in (*NUMBERS, *CHOICES)
        if getattr(options, name) is not None
    }
    return replace(RECIPES[options.recipe or RECIPE], **given)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _help(name: str) -> str:
    return EXPLANATIONS[name].replace("%", "%%")
