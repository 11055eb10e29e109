"""`python -m mnistcore train`: start a run or go on with one, printing step, loss and accuracy.

Under PyTorch's launcher, `torchrun --nproc-per-node=2 -m mnistcore train ...`, the processes train
one run together; the first alone prints and writes. torchrun takes `--run` for one of its own
options, so a name is given as `--name` there.
"""

import argparse
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from mnistcore.errors import InvalidInputError
from mnistcore.models.catalogue import NETWORK_NAMES, Network, network_from_stack
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run, runs_folder
from mnistcore.runs.life import status
from mnistcore.stacks.json_format import stack_from_json
from mnistcore.training.recipes import CHOICES, EXPLANATIONS, RECIPES, Recipe

if TYPE_CHECKING:
    from mnistcore.training.distributed import Group

STEPS_BETWEEN_LINES = 50
STOPPED = 130  # as a shell has it for Ctrl-C

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
    what.add_argument("--network", choices=list(NETWORK_NAMES), default="mynet", help=titles)
    what.add_argument(
        "--stack", type=Path, metavar="FILE", help="a network of your own: the calculator's JSON"
    )
    parser.add_argument(
        "--recipe",
        choices=list(RECIPES),
        default="default",
        help="where the settings below come from that are not given (%(default)s)",
    )
    parser.add_argument(
        "--device",
        choices=all_runs.DEVICES,
        default="auto",
        help="what computes: auto takes CUDA where there is one, else Apple's MPS, else the CPU",
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=all_runs.default_num_threads(),
        help="of the CPU, in each process (%(default)s); half of all leave the pages quick",
    )
    own = parser.add_argument_group("instead of the recipe's own")
    for name, kind in NUMBERS.items():
        own.add_argument(_flag(name), type=kind, metavar="N", help=_help(name))
    for name, choices in CHOICES.items():
        own.add_argument(_flag(name), choices=choices, help=_help(name))


def train(options: argparse.Namespace) -> int:
    """Start a run or go on with one; return the exit code."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        return _train_together(options)
    run = _run(options)
    if status(run) == "finished":
        print(f"The run {run.name} has finished already; there is nothing to go on with.")
        return 0
    _stop_on_signals(run)
    return _follow(run, None)


def _train_together(options: argparse.Namespace) -> int:
    from mnistcore.training.distributed import joined_group

    with joined_group() as group:
        name = group.tell(_run(options).name if group.is_writer else None)
        run = Run(runs_folder() / name)
        if group.tell(group.is_writer and status(run) == "finished"):
            return 0
        if group.is_writer:
            _stop_on_signals(run)
            _follow(run, group)
            return 0  # to torchrun, anything else is a crash
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # the first process ends them all
        from mnistcore.worker.execution import carry_out

        for _ in carry_out(run, group):
            pass
        return 0


def _run(options: argparse.Namespace) -> Run:
    if options.resume:
        return all_runs.find_run(options.resume)
    network = _network(options)
    title = "stack" if isinstance(network, dict) else network
    return all_runs.create_run(
        options.run or all_runs.suggest_name(f"{title}-{options.recipe}"),
        network=network,
        recipe=_recipe(options),
        num_threads=options.threads,
        device=options.device,
    )


def _follow(run: Run, group: "Group | None") -> int:
    """Carry the run out, and print how it goes."""
    print(f"Run {run.name}, kept in {run.folder}", flush=True)

    from mnistcore.training.loop import EpochEnd
    from mnistcore.worker.execution import carry_out  # imports torch, which takes seconds

    for event in carry_out(run, group):
        if isinstance(event, EpochEnd):
            print(
                f"epoch {event.epoch:3d}  validation: loss {event.valid_loss:.4f}, accuracy "
                f"{event.valid_accuracy:.2%}  ({event.images_per_second:,.0f} images/s)",
                flush=True,
            )
        elif event.step % STEPS_BETWEEN_LINES == 0:
            print(
                f"step {event.step:6d}  loss {event.loss:.4f}, accuracy {event.accuracy:.1%}",
                flush=True,
            )
    verdict = status(run)
    print(f"Run {run.name} {verdict}; its checkpoint is {run.checkpoint}")
    if verdict == "stopped":
        print(f"To go on: python -m mnistcore train --resume {run.name}")
    return 0 if verdict == "finished" else STOPPED


def _stop_on_signals(run: Run) -> None:
    """Let Ctrl-C and `kill` stop the run at its next step, keeping all; a second one, at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        request_stop(run)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)


def _network(options: argparse.Namespace) -> Network:
    if options.stack is None:
        name: str = options.network
        return name
    try:
        text = options.stack.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInputError(
            f"{options.stack} cannot be read: {error}. Give a network that the calculator saved."
        ) from None
    return network_from_stack(stack_from_json(text))


def _recipe(options: argparse.Namespace) -> Recipe:
    given = {
        name: getattr(options, name)
        for name in (*NUMBERS, *CHOICES)
        if getattr(options, name) is not None
    }
    return replace(RECIPES[options.recipe], **given)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _help(name: str) -> str:
    return EXPLANATIONS[name].replace("%", "%%")
