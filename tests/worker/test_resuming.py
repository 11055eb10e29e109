"""A run stopped, interrupted or damaged goes on to the same weights, or says why it cannot."""

import errno
import os
from dataclasses import replace

import pytest
import torch

from mnistcore.drawings.drawing_files import to_json
from mnistcore.errors import InvalidInputError
from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_learning_rate, request_stop
from mnistcore.runs.events import LearningRateChange, Notice, read_events
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.status import outcome_message, status
from mnistcore.training.events import StepEnd
from mnistcore.training.recipes import CHOICES
from mnistcore.worker.execution import carry_out
from tests.own_drawings import strange_fours
from tests.worker.toy_runs import RECIPE, assert_same_weights, new_run, read_metrics, same, weights

pytestmark = pytest.mark.usefixtures("toy_data")


@pytest.mark.parametrize("optimizer", CHOICES["optimizer"])
def test_a_stopped_run_goes_on_to_the_same_weights_bit_by_bit(optimizer: str) -> None:
    whole, stopped = (new_run(name, optimizer=optimizer) for name in ("whole", "stopped"))
    list(carry_out(whole))

    for event in carry_out(stopped):
        if event.step == 7:
            request_stop(stopped)
    assert status(stopped) == "stopped"
    rest = list(carry_out(stopped))

    assert rest[0].step == 9  # asked at 7, noticed at the next
    assert status(stopped) == "finished"
    assert_same_weights(whole, stopped)


def test_an_interrupted_run_repeats_what_its_last_checkpoint_lacks() -> None:
    whole, broken = new_run("whole"), new_run("broken")
    list(carry_out(whole))

    for event in carry_out(broken):
        if event.step == 8:
            break
    assert status(broken) == "interrupted"
    rest = list(carry_out(broken))

    assert rest[0].step == 6  # the first after the checkpoint of epoch 1
    assert_same_weights(whole, broken)


def test_a_changed_learning_rate_is_repeated_after_an_interruption() -> None:
    whole, broken = new_run("whole"), new_run("broken")
    for event in carry_out(whole):
        if event.step == 6:
            request_learning_rate(whole, 0.002)

    for event in carry_out(broken):
        if event.step == 6:
            request_learning_rate(broken, 0.002)
        if event.step == 9:
            break
    rest = list(carry_out(broken))

    assert rest[0].step == 6
    assert_same_weights(whole, broken)
    changes = [e for e in read_events(broken.metrics) if isinstance(e, LearningRateChange)]
    assert changes == [LearningRateChange(8, 0.002)]


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


def test_a_damaged_checkpoint_gives_way_to_the_one_before_and_the_user_is_told() -> None:
    whole, damaged = new_run("whole"), new_run("damaged")
    list(carry_out(whole))
    for event in carry_out(damaged):
        if event.step == 11:
            break
    damaged.checkpoint.write_bytes(damaged.checkpoint.read_bytes()[:5000])

    rest = list(carry_out(damaged))

    assert rest[0].step == 6  # the first after the checkpoint of epoch 1
    assert_same_weights(whole, damaged)
    notices = [e.message for e in read_events(damaged.metrics) if isinstance(e, Notice)]
    assert len(notices) == 1
    assert "checkpoint.pt cannot be used as a checkpoint" in notices[0]
    assert "Going on from the one before it, of step 5." in notices[0]


def test_two_damaged_checkpoints_are_told_and_recorded() -> None:
    run = new_run("damaged")
    list(carry_out(run))
    run.checkpoint.write_bytes(b"half")
    run.previous_checkpoint.write_bytes(b"half")

    with pytest.raises(InvalidInputError, match=r"checkpoint\.pt cannot be used.*Start a new run"):
        list(carry_out(run))

    assert status(run) == "failed"
    assert "checkpoint.previous.pt cannot be used" in outcome_message(run)


def test_a_checkpoint_without_training_state_is_told() -> None:
    run = new_run("exported")
    list(carry_out(run))
    save_checkpoint(run.checkpoint, replace(load_checkpoint(run.checkpoint), training=None))
    run.previous_checkpoint.unlink()

    with pytest.raises(InvalidInputError, match="holds weights and no training state"):
        list(carry_out(run))


def test_a_torn_last_line_of_the_metrics_is_cut_off_and_told() -> None:
    run = new_run("torn")
    for event in carry_out(run):
        if event.step == 7:
            break
    with run.metrics.open("ab") as file:
        file.write(b'{"event": "StepE')

    list(carry_out(run))

    metrics = RunMetrics(run.metrics)
    metrics.poll()
    assert metrics.num_damaged == 0
    assert [step for step, _ in metrics.loss.points] == list(range(1, 16))
    assert "half written" in metrics.notices[0]


def test_a_full_disk_is_told_and_what_was_saved_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, full = new_run("whole"), new_run("full")
    list(carry_out(whole))

    def no_space(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with (
        monkeypatch.context() as disk,
        pytest.raises(InvalidInputError, match="The disk is full"),
    ):
        for event in carry_out(full):
            if event.step == 8:
                disk.setattr(os, "fsync", no_space)
    assert status(full) == "failed"
    assert torch.load(full.checkpoint, weights_only=True)["origin"]["step"] == 5

    list(carry_out(full))

    assert_same_weights(whole, full)
