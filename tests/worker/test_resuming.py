"""What a run keeps, and what is left of it after a kill: toys first, then real processes."""

import os
import random
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
import torch

from mnistcore.__main__ import main
from mnistcore.drawings.drawing_files import to_json
from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Dropout, Flatten, Linear, ReLU
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD
from mnistcore.models.checkpoint import load_checkpoint
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.events import Begin, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import status
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.stack import LayerStack
from mnistcore.training.events import EpochEnd, Event, StepEnd
from mnistcore.worker import execution, record
from mnistcore.worker.execution import carry_out
from mnistcore.worker.record import Record
from mnistcore.worker.resuming import save
from tests.conftest import toy_split
from tests.own_drawings import strange_fours
from tests.worker.test_execution import RECIPE, new_run

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
PROCESSES.set_forkserver_preload(["tests.worker.test_resuming"])


@pytest.fixture(autouse=True)
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> None:
    monkeypatch.setattr(execution, "load_split", toy_split)


def weights(path: Path) -> dict[str, torch.Tensor]:
    return load_checkpoint(path).model


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return first.keys() == second.keys() and all(
        torch.equal(first[name], second[name]) for name in first
    )


def test_a_run_keeps_its_weights_before_training_and_after_every_epoch() -> None:
    run = new_run("kept")

    accuracies = [e.valid_accuracy for e in carry_out(run) if isinstance(e, EpochEnd)]

    assert list_epochs(run) == [0, 1, 2, 3]
    assert same(weights(find_epoch(run, 0)), build_network("mynet", seed=RECIPE.seed).state_dict())
    assert same(weights(find_epoch(run, 3)), weights(run.checkpoint))
    for epoch, accuracy in enumerate(accuracies, start=1):
        model = load_classifier(find_epoch(run, epoch)).model
        read = evaluate(model, toy_split("valid"), mean=MNIST_MEAN, std=MNIST_STD)
        assert read.accuracy == pytest.approx(accuracy)


def test_an_epochs_file_holds_weights_alone() -> None:
    run = new_run("kept")
    list(carry_out(run))

    content = torch.load(find_epoch(run, 2), weights_only=True)

    assert "training" not in content
    assert content["origin"]["epoch"] == 2
    assert find_epoch(run, 2).stat().st_size < run.checkpoint.stat().st_size / 2


def test_a_run_that_dies_behind_an_epochs_weights_writes_the_same_file_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = new_run("unlucky")

    def die_in_epoch_two(*arguments: object) -> None:
        event = arguments[-1]
        if isinstance(event, EpochEnd) and event.epoch == 2:
            raise KeyboardInterrupt
        save(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as bad_luck, pytest.raises(KeyboardInterrupt):
        bad_luck.setattr(record, "save", die_in_epoch_two)
        list(carry_out(run))
    assert torch.load(run.checkpoint, weights_only=True)["origin"]["epoch"] == 1
    first_time = find_epoch(run, 2).read_bytes()

    list(carry_out(run))

    assert find_epoch(run, 2).read_bytes() == first_time
    assert list_epochs(run) == [0, 1, 2, 3]


def test_an_interrupted_run_keeps_the_epochs_of_one_never_interrupted() -> None:
    whole, broken = new_run("whole"), new_run("broken")
    list(carry_out(whole))

    for last_step in (3, 8, 12):
        for event in carry_out(broken):
            if event.step == last_step:
                break
    list(carry_out(broken))

    assert list_epochs(broken) == list_epochs(whole)
    for epoch in list_epochs(whole):
        assert same(weights(find_epoch(whole, epoch)), weights(find_epoch(broken, epoch)))


def test_a_run_with_own_drawings_interrupted_is_the_one_never_interrupted() -> None:
    drawings = strange_fours(2, seed=1)
    whole, broken, other = (
        all_runs.create_run(
            name,
            network="mynet",
            recipe=RECIPE,
            num_threads=1,
            own_drawings=drawings if name != "other" else (),
        )
        for name in ("whole", "broken", "other")
    )
    steps = [event for event in carry_out(whole) if isinstance(event, StepEnd)]
    list(carry_out(other))

    for last_step in (3, 40, 70):  # thirty to an epoch: 40 toys and 200 copies, by eight
        for event in carry_out(broken):
            if event.step == last_step:
                break
    list(carry_out(broken))

    assert same(weights(whole.checkpoint), weights(broken.checkpoint))
    assert read_metrics(whole).loss.points == read_metrics(broken).loss.points
    assert len(steps) == 90
    assert not same(weights(whole.checkpoint), weights(other.checkpoint))


def test_a_run_whose_drawings_were_exchanged_does_not_go_on() -> None:
    run = all_runs.create_run(
        "mine", network="mynet", recipe=RECIPE, own_drawings=strange_fours(2, seed=1)
    )
    run.own_drawings.write_text(to_json(strange_fours(2, seed=2)))

    with pytest.raises(InvalidInputError, match="not the file that the run began with"):
        list(carry_out(run))


def test_epochs_are_renamed_with_their_run_and_deleted_with_it() -> None:
    run = new_run("before")
    list(carry_out(run))

    renamed = all_runs.rename_run(run, "after")
    assert list_epochs(renamed) == [0, 1, 2, 3]
    all_runs.delete_run(renamed)

    assert list_epochs(renamed) == []


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
