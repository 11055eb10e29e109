"""A run whose process is killed at twenty moments, on the real MNIST, and what is left of it."""

import os
import random
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from mnistcore.__main__ import main
from mnistcore.drawings.drawing_files import to_json
from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Dropout, Flatten, Linear, ReLU
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.events import Begin, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.events import Event, StepEnd
from mnistcore.worker.record import Record
from tests.own_drawings import strange_fours
from tests.worker.toy_runs import read_metrics, same, weights

KILLS = 20
OWN_DRAWINGS = 10  # beside MNIST, each a hundred times
STEPS_PER_EPOCH = 56  # at batch 1000
# Dropout, so that its chance is tried too; small, so that most of the time is the processes' own.
SMALL_NET = LayerStack(
    (1, 28, 28),
    (Conv2d(1, 8, 5, stride=3), BatchNorm2d(8), ReLU(), Flatten(), Dropout(0.2), Linear(512, 10)),
)
# The seed of the moments of the kills: each is another twenty, and a failure can be repeated.
SEED = 4
# Twenty processes, and torch loaded once: each is a fork of one that has loaded it.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["mnistcore.worker.execution", "tests.worker.test_killed_runs"])


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
    steps = (event.step for event in read_events(run.metrics) if isinstance(event, StepEnd))
    seen = max(steps, default=0)
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
    fours, drawings = strange_fours(OWN_DRAWINGS, seed=1), runs_folder.parent / "fours.json"
    drawings.write_text(to_json(fours))
    settings = ["--stack", str(stack), "--epochs", "8", "--batch-size", "1000", "--threads", "1"]
    settings += ["--drawings", str(drawings)]
    assert in_a_process(train_and_leave, str(runs_folder), "--run", "whole", *settings) == 0
    whole = all_runs.find_run("whole")
    killed = all_runs.create_run(
        "killed",
        network=whole.config.network,
        recipe=whole.config.recipe,
        num_threads=1,
        own_drawings=fours,
    )

    chance = random.Random(SEED)
    for _ in range(KILLS):
        train_and_be_killed(killed, chance, last_step=8 * STEPS_PER_EPOCH - 10)
        assert status(killed) == "interrupted"
    assert in_a_process(train_and_leave, str(runs_folder), "--resume", "killed") == 0

    assert status(killed) == "finished"
    assert len(read_metrics(whole).loss.points) == 8 * STEPS_PER_EPOCH
    assert same(weights(whole.checkpoint), weights(killed.checkpoint))
    assert list_epochs(killed) == list_epochs(whole) == list(range(9))
    for epoch in range(9):
        assert same(weights(find_epoch(whole, epoch)), weights(find_epoch(killed, epoch)))
    assert read_metrics(killed).loss.points == read_metrics(whole).loss.points
    assert read_metrics(killed).loss.smooth.points == read_metrics(whole).loss.smooth.points
    begins = [event for event in read_events(killed.metrics) if isinstance(event, Begin)]
    assert len(begins) == KILLS + 1
    assert len({begin.step for begin in begins}) >= 5  # it got on meanwhile
