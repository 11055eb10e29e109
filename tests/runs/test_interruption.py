"""Runs as processes of their own on the real MNIST: killed, and shared out by `torchrun`."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Dropout, Flatten, Linear, ReLU
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.folder import Run
from mnistcore.runs.life import status
from mnistcore.runs.metrics import RunMetrics, read_events
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.recipes import Recipe

PROJECT = Path(__file__).parent.parent.parent
TRAIN = [sys.executable, "-m", "mnistcore", "train"]
KILLS = 20
STEPS_PER_EPOCH = 55  # at batch 1000
# Dropout, so that its chance is tried too; small, so that most of the time is the processes' own.
SMALL_NET = LayerStack(
    (1, 28, 28),
    (Conv2d(1, 8, 5, stride=3), BatchNorm2d(8), ReLU(), Flatten(), Dropout(0.2), Linear(512, 10)),
)
# The seeds of the moments of the kills: each is another twenty, and a failure can be repeated.
SEED = 4


def weights(run: Run) -> dict[str, torch.Tensor]:
    saved: dict[str, torch.Tensor] = torch.load(run.checkpoint, weights_only=True)["model"]
    return saved


def read_metrics(run: Run) -> RunMetrics:
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    return metrics


def start_and_kill(run: Run, chance: random.Random, *, last_step: int) -> None:
    """Go on with a run, and kill its process a random moment after a random step."""
    before, offset = read_events(run.metrics)
    seen = max((event["step"] for event in before if event["event"] == "StepEnd"), default=0)
    target = seen + chance.randint(1, 20)
    if chance.random() < 0.2:  # while it validates and writes a checkpoint
        target += -target % STEPS_PER_EPOCH
    target = min(last_step, target)
    process = subprocess.Popen(
        [*TRAIN, "--resume", run.name], cwd=PROJECT, stdout=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        step = 0
        while step < target:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.001)
            events, offset = read_events(run.metrics, offset)
            step = max((e["step"] for e in events if e["event"] == "StepEnd"), default=step)
        time.sleep(chance.random() * 0.03)  # in the middle of whatever it is doing
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_run_killed_at_twenty_moments_comes_to_the_same_weights_bit_by_bit(
    runs_folder: Path,
) -> None:
    stack = runs_folder.parent / "stack.json"
    stack.write_text(stack_to_json(SMALL_NET))
    settings = ["--stack", str(stack), "--epochs", "8", "--batch-size", "1000", "--threads", "1"]
    subprocess.run([*TRAIN, "--run", "whole", *settings], cwd=PROJECT, check=True)
    whole = all_runs.find_run("whole")
    killed = all_runs.create_run(
        "killed",
        network=whole.config["network"],
        recipe=Recipe(**whole.config["recipe"]),
        num_threads=1,
    )

    chance = random.Random(SEED)
    for _ in range(KILLS):
        start_and_kill(killed, chance, last_step=8 * STEPS_PER_EPOCH - 10)
        assert status(killed) == "interrupted"
    subprocess.run([*TRAIN, "--resume", "killed"], cwd=PROJECT, check=True)

    assert status(killed) == "finished"
    expected, given = weights(whole), weights(killed)
    assert all(torch.equal(expected[name], given[name]) for name in expected)
    assert list_epochs(killed) == list_epochs(whole) == list(range(9))
    for epoch in range(9):
        expected, given = (
            torch.load(find_epoch(run, epoch), weights_only=True)["model"]
            for run in (whole, killed)
        )
        assert all(torch.equal(expected[name], given[name]) for name in expected)
    assert read_metrics(killed).loss.points == read_metrics(whole).loss.points
    begins = [e for e in read_events(killed.metrics)[0] if e["event"] == "Begin"]
    assert len(begins) == KILLS + 1
    assert len({begin["step"] for begin in begins}) >= 5  # it got on meanwhile
