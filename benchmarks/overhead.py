"""What a run adds to bare forward, backward and update: data path, metrics, snapshots, checkpoints.

All take the same steps of the same network on the same images, in one process and in turn: bare,
over one batch that lies ready; `train`, which shuffles, takes the batch from the data set and
converts it; and `carry_out`, which writes a run's folder besides. The processor's own time is told
beside the clock's: on a machine that is not idle it is the surer of the two.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.mnist.splits import Split, load_split, to_input
from mnistcore.models.model import build_network
from mnistcore.runs import all_runs
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.optimizers import make_optimizer
from mnistcore.training.recipes import RECIPES, Recipe
from mnistcore.worker.execution import carry_out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each in turn (%(default)s)")
    parser.add_argument("--steps", type=int, default=300, help="to a round (%(default)s)")
    parser.add_argument("--threads", type=int, default=all_runs.default_num_threads())


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    recipe = RECIPES["article"]
    split = load_split("train")
    print(
        f"{options.steps} steps of MyNet at batch {recipe.batch_size}, {options.threads} thread(s)"
    )
    ways: dict[str, Callable[[], Seconds]] = {
        "bare": lambda: time_bare(split, recipe, options.steps),
        "train": lambda: time_train(split, recipe, options.steps),
        "run": lambda: time_run(recipe, options.steps, options.threads),
    }
    rounds = []
    for number in range(1, options.rounds + 1):
        rounds.append({name: way() for name, way in ways.items()})
        told = ", ".join(
            f"{name} {spent.clock:.3f} s ({spent.processor:.3f} s of the processor)"
            for name, spent in rounds[-1].items()
        )
        print(f"round {number}: {told}")
    for name in ("train", "run"):
        for kind in ("clock", "processor"):
            ratios = [getattr(spent[name], kind) / getattr(spent["bare"], kind) for spent in rounds]
            print(
                f"{name}, {kind}: {median(ratios):.3f} of bare "
                f"({min(ratios):.3f} to {max(ratios):.3f})"
            )


class Seconds(NamedTuple):
    """A span of time by the clock on the wall, and by the processor's own."""

    clock: float
    processor: float


def now() -> Seconds:
    return Seconds(time.perf_counter(), time.process_time())


def since(start: Seconds) -> Seconds:
    end = now()
    return Seconds(end.clock - start.clock, end.processor - start.processor)


def time_bare(split: Split, recipe: Recipe, num_steps: int) -> Seconds:
    """Return the seconds of forward, backward and update alone, in the memory format of `train`."""
    model = build_network("mynet", seed=1).train().to(memory_format=torch.channels_last)
    optimizer = make_optimizer(model, recipe)
    inputs = to_input(split.images[: recipe.batch_size])
    labels = split.labels[: recipe.batch_size]
    started = now()
    for _ in range(num_steps):
        loss = F.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return since(started)


def time_train(split: Split, recipe: Recipe, num_steps: int) -> Seconds:
    """Return the seconds of the training loop, its report of every step included."""
    state = TrainingState(build_network("mynet", seed=1), recipe)
    started = now()
    for event in train(state, split, split):
        if event.step == num_steps:
            break
    return since(started)


def time_run(recipe: Recipe, num_steps: int, num_threads: int) -> Seconds:
    """Return the seconds from a run's first step to its last, with all that it writes."""
    with TemporaryDirectory() as folder:
        os.environ["MNISTCORE_RUNS"] = str(Path(folder) / "runs")
        run = all_runs.create_run("timed", network="mynet", recipe=recipe, num_threads=num_threads)
        started: Seconds | None = None
        for event in carry_out(run):
            started = started or now()
            if event.step == num_steps + 1:
                break
        assert started is not None
        return since(started)
