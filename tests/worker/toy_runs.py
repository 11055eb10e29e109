"""Runs of toys, which are over in a moment: made, read, their weights compared."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from mnistcore.models.checkpoint import load_checkpoint
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.training.recipes import Recipe

RECIPE = Recipe(epochs=3, batch_size=8, learning_rate=0.01, schedule="one-cycle", augmentation=0.3)


def new_run(name: str, **changes: Any) -> Run:
    """Make a run by `RECIPE`, some of it changed."""
    recipe = replace(RECIPE, **changes)
    return all_runs.create_run(name, network="mynet", recipe=recipe, num_threads=1)


def read_metrics(run: Run) -> RunMetrics:
    """Return what a run has written down."""
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    return metrics


def weights(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights in a checkpoint."""
    return load_checkpoint(path).model


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    """Return whether two networks have the same weights, bit by bit."""
    return first.keys() == second.keys() and all(
        torch.equal(first[name], second[name]) for name in first
    )


def assert_same_weights(first: Run, second: Run) -> None:
    """Check that two runs have come to the same weights, bit by bit."""
    assert same(weights(first.checkpoint), weights(second.checkpoint))
