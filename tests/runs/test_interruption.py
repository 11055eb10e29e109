"""A run as processes of its own, killed at twenty moments."""

import os
import random
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
import torch

from mnistcore.__main__ import main
from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Dropout, Flatten, Linear, ReLU
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.folder import Run
from mnistcore.runs.life import status
from mnistcore.runs.metrics import RunMetrics, read_events
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.loop import Event, StepEnd
from mnistcore.training.recipes import Recipe
from mnistcore.worker.record import Record

KILLS = 20
STEPS_PER_EPOCH = 55  # at batch 1000
# Dropout, so that its chance is tried too; small, so that most of the time is the processes' own.
SMALL_NET = LayerStack(
    (1, 28, 28),
    (Conv2d(1, 8, 5, stride=3), BatchNorm2d(8), ReLU(), Flatten(), Dropout(0.2), Linear(512, 10)),
)
# The seed of the moments of the kills: each is another twenty, and a failure can be repeated.
SEED = 4
# Twenty processes, and torch loaded once: each is a fork of one that has loaded it.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.runs.test_interruption"])


def weights(path: Path) -> dict[str, torch.Tensor]:
    saved: dict[str, torch.Tensor] = torch.load(path, weights_only=True)["model"]
    return saved


def read_metrics(run: Run) -> RunMetrics:
    metrics = RunMetrics(run.metrics)
    metrics.poll()
    return metrics


def train_and_die(runs: str, name: str, step: int, seconds: float) -> None:
    """Go on with a run until the system kills this process, a moment after a step.

    The alarm is set by the process itself: whoever watched it from outside could be too slow.
    """
    write_down = Record.add

    def add(self: Record, event: Event, *, checkpoint: bool) -> None:
        if isinstance(event, StepEnd) and event.step == step:
            signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles it, which is deadly
        write_down(self, event, checkpoint=checkpoint)

    Record.add = add  # type: ignore[method-assign]
    train_and_leave(runs, "--resume", name)


def train_and_leave(runs: str, *arguments: str) -> None:
    os.environ["MNISTCORE_RUNS"] = runs  # the process forked from may have been there before
    raise SystemExit(main(["train", *arguments]))


def train_and_be_killed(run: Run, chance: random.Random, *, last_step: int) -> None:
    """Go on with a run, whose process dies a random moment after a random step."""
    events = read_events(run.metrics)[0]
    seen = max((event["step"] for event in events if event["event"] == "StepEnd"), default=0)
    step = seen + chance.randint(1, 20)
    if chance.random() < 0.2:  # while it validates and writes a checkpoint
        step += -step % STEPS_PER_EPOCH
    moment = (min(last_step, step), 0.001 + chance.random() * 0.03)
    exit_code = in_a_process(train_and_die, str(run.folder.parent), run.name, *moment)
    assert exit_code == -signal.SIGALRM


def in_a_process(work: Callable[..., None], *arguments: object) -> int | None:
    """Let a process of its own do the work, and return its exit code."""
    process = PROCESSES.Process(target=work, args=arguments)
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.slow
def test_a_run_killed_at_twenty_moments_comes_to_the_same_weights_bit_by_bit(
    runs_folder: Path,
) -> None:
    stack = runs_folder.parent / "stack.json"
    stack.write_text(stack_to_json(SMALL_NET))
    settings = ["--stack", str(stack), "--epochs", "8", "--batch-size", "1000", "--threads", "1"]
    assert in_a_process(train_and_leave, str(runs_folder), "--run", "whole", *settings) == 0
    whole = all_runs.find_run("whole")
    killed = all_runs.create_run(
        "killed",
        network=whole.config["network"],
        recipe=Recipe(**whole.config["recipe"]),
        num_threads=1,
    )

    chance = random.Random(SEED)
    for _ in range(KILLS):
        train_and_be_killed(killed, chance, last_step=8 * STEPS_PER_EPOCH - 10)
        assert status(killed) == "interrupted"
    assert in_a_process(train_and_leave, str(runs_folder), "--resume", "killed") == 0

    assert status(killed) == "finished"
    expected, given = weights(whole.checkpoint), weights(killed.checkpoint)
    assert all(torch.equal(expected[name], given[name]) for name in expected)
    assert list_epochs(killed) == list_epochs(whole) == list(range(9))
    for epoch in range(9):
        expected, given = (weights(find_epoch(run, epoch)) for run in (whole, killed))
        assert all(torch.equal(expected[name], given[name]) for name in expected)
    assert read_metrics(killed).loss.points == read_metrics(whole).loss.points
    begins = [e for e in read_events(killed.metrics)[0] if e["event"] == "Begin"]
    assert len(begins) == KILLS + 1
    assert len({begin["step"] for begin in begins}) >= 5  # it got on meanwhile
