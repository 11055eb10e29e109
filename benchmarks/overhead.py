"""What a run adds to bare forward, backward and update: data path, metrics, snapshots, checkpoints.

All take the same steps of the same network on the same images, in one process and in turn: bare,
over one batch that lies ready; `train`, which shuffles, takes the batch from the data set and
converts it; and `carry_out`, which writes a run's folder besides.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore import runs
from mnistcore.data import Split, load_split, to_input
from mnistcore.model import build_network
from mnistcore.optimizers import make_optimizer
from mnistcore.recipes import RECIPES, Recipe
from mnistcore.run_training import carry_out
from mnistcore.training import TrainingState, train


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each in turn (%(default)s)")
    parser.add_argument("--steps", type=int, default=300, help="to a round (%(default)s)")
    parser.add_argument("--threads", type=int, default=runs.default_num_threads())


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    recipe = RECIPES["article"]
    split = load_split("train")
    print(
        f"{options.steps} steps of MyNet at batch {recipe.batch_size}, {options.threads} thread(s)"
    )
    ways: dict[str, Callable[[], float]] = {
        "bare": lambda: time_bare(split, recipe, options.steps),
        "train": lambda: time_train(split, recipe, options.steps),
        "run": lambda: time_run(recipe, options.steps, options.threads),
    }
    ratios: dict[str, list[float]] = {"train": [], "run": []}
    for number in range(1, options.rounds + 1):
        seconds = {name: way() for name, way in ways.items()}
        for name, own in ratios.items():
            own.append(seconds[name] / seconds["bare"])
        told = ", ".join(f"{name} {value:.3f} s" for name, value in seconds.items())
        print(f"round {number}: {told}")
    for name, own in ratios.items():
        print(f"{name}: {median(own):.3f} of bare ({min(own):.3f} to {max(own):.3f})")


def time_bare(split: Split, recipe: Recipe, num_steps: int) -> float:
    """Return the seconds of forward, backward and update alone."""
    model = build_network("mynet", seed=1).train()
    optimizer = make_optimizer(model, recipe)
    inputs = to_input(split.images[: recipe.batch_size])
    labels = split.labels[: recipe.batch_size]
    started = time.perf_counter()
    for _ in range(num_steps):
        loss = F.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return time.perf_counter() - started


def time_train(split: Split, recipe: Recipe, num_steps: int) -> float:
    """Return the seconds of the training loop, its report of every step included."""
    state = TrainingState(build_network("mynet", seed=1), recipe)
    started = time.perf_counter()
    for event in train(state, split, split):
        if event.step == num_steps:
            break
    return time.perf_counter() - started


def time_run(recipe: Recipe, num_steps: int, num_threads: int) -> float:
    """Return the seconds from a run's first step to its last, with all that it writes."""
    with TemporaryDirectory() as folder:
        os.environ["MNISTCORE_RUNS"] = str(Path(folder) / "runs")
        run = runs.create_run("timed", network="mynet", recipe=recipe, num_threads=num_threads)
        started = 0.0
        for event in carry_out(run):
            started = started or time.perf_counter()
            if event.step == num_steps + 1:
                break
        return time.perf_counter() - started
