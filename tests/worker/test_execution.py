import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.models.checkpoint import load_checkpoint, save_checkpoint
from mnistcore.models.model import best_device, fastest_precision
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.kept_reading import kept_reading
from mnistcore.runs import all_runs
from mnistcore.runs.control import (
    request_learning_rate,
    request_pause,
    request_stop,
    request_unpause,
)
from mnistcore.runs.events import LearningRateChange, Notice, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.runs.snapshot import load_snapshot
from mnistcore.runs.status import outcome_message, status
from mnistcore.training.events import EpochEnd
from mnistcore.training.recipes import CHOICES, Recipe
from mnistcore.worker import execution, record
from mnistcore.worker.execution import carry_out
from tests.conftest import toy_split
from tests.waiting import finish, in_background, wait_until

RECIPE = Recipe(epochs=3, batch_size=8, learning_rate=0.01, schedule="one-cycle", augmentation=0.3)


@pytest.fixture(autouse=True)
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> None:
    monkeypatch.setattr(execution, "load_split", toy_split)


def new_run(name: str, **changes: Any) -> Run:
    recipe = replace(RECIPE, **changes)
    return all_runs.create_run(name, network="mynet", recipe=recipe, num_threads=1)


def weights(run: Run) -> dict[str, torch.Tensor]:
    saved: dict[str, torch.Tensor] = torch.load(run.checkpoint, weights_only=True)["model"]
    return saved


def assert_same_weights(first: Run, second: Run) -> None:
    expected, given = weights(first), weights(second)
    assert all(torch.equal(expected[name], given[name]) for name in expected)


def test_a_run_leaves_metrics_checkpoint_and_outcome() -> None:
    run = new_run("whole")

    events = list(carry_out(run))

    kinds = [type(event).__name__ for event in read_events(run.metrics)]
    training = [kind for kind in kinds if kind != "LayerSizes"]
    assert training == ["Begin", *(type(event).__name__ for event in events)]
    assert "LayerSizes" in kinds
    assert status(run) == "finished"
    content = torch.load(run.checkpoint, weights_only=True)
    assert content["origin"]["epoch"] == 3
    assert content["origin"]["recipe"]["batch_size"] == 8


@pytest.mark.parametrize("stop_at", [None, 7])
def test_what_the_test_split_looks_like_to_a_run_is_kept_when_it_ends(stop_at: int | None) -> None:
    run = new_run("judged")

    for event in carry_out(run):
        if event.step == stop_at:
            request_stop(run)

    kept = kept_reading(run.checkpoint, num_images=40)
    assert kept is not None
    assert run.reading.exists()
    images = toy_split("test").images.numpy()
    torch.testing.assert_close(kept, load_classifier(run.checkpoint).predict(images))


def test_a_run_whose_reading_cannot_be_kept_has_ended_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(execution, "keep_reading", refuse)
    run = new_run("unkept")

    list(carry_out(run))

    assert status(run) == "finished"
    assert "unkept" in caplog.text and "No space left" in caplog.text


def test_a_run_keeps_the_memory_its_steps_free(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(execution, "keep_freed_memory", lambda: asked.append(True))

    next(carry_out(new_run("whole")))

    assert asked == [True]


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


def test_a_checkpoint_is_saved_at_every_epoch() -> None:
    run = new_run("watched")
    epochs = []

    for event in carry_out(run):
        if isinstance(event, EpochEnd):
            epochs.append(torch.load(run.checkpoint, weights_only=True)["origin"]["epoch"])

    assert epochs == [1, 2, 3]


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


def test_a_paused_run_is_saved_and_goes_on_by_itself() -> None:
    whole, paused = new_run("whole"), new_run("paused")
    list(carry_out(whole))
    seen: list[object] = []

    def unpause() -> None:
        wait_until(lambda: status(paused) == "paused")
        seen.append(torch.load(paused.checkpoint, weights_only=True)["origin"]["step"])
        request_unpause(paused)

    thread = in_background(unpause)
    for event in carry_out(paused):
        if event.step == 7:
            request_pause(paused)
    finish(thread)

    assert seen == [8]
    assert_same_weights(whole, paused)


def test_a_run_killed_between_an_epochs_last_step_and_its_validation_validates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(record, "STEPS_BETWEEN_CHECKPOINTS", 5)  # an epoch's steps
    run = new_run("unlucky")
    for event in carry_out(run):
        if event.step == 15:
            break
    assert torch.load(run.checkpoint, weights_only=True)["origin"]["valid_accuracy"] is None

    (last,) = carry_out(run)

    assert isinstance(last, EpochEnd)
    assert (last.step, last.epoch) == (15, 3)


def test_a_snapshot_shows_kernels_and_digits_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    often, seldom = new_run("often"), new_run("seldom")
    list(carry_out(seldom))
    monkeypatch.setattr(record, "SECONDS_BETWEEN_SNAPSHOTS", 0)
    list(carry_out(often))

    snapshot = load_snapshot(often.snapshot)

    assert snapshot is not None
    assert snapshot.step == 15
    kernels = weights(often)["conv.0.weight"]
    assert torch.equal(torch.tensor(snapshot.kernels), kernels[:, 0])
    assert snapshot.labels.tolist() == [digit for digit in range(10) for _ in range(2)]
    assert_same_weights(often, seldom)


def test_device_and_precision_are_chosen_when_the_run_first_starts() -> None:
    run = new_run("chosen", precision="auto")
    assert (run.config.device, run.config.recipe.precision) == ("auto", "auto")

    list(carry_out(run))

    device = best_device()
    config = run.config
    assert config.device == device.type
    assert config.recipe.precision == fastest_precision(device)


def test_the_drawing_network_learns_in_half_precision_from_eleven_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(execution, "load_split_with_drawings", toy_split)
    recipe = replace(RECIPE, data="mnist and drawings", precision="bfloat16", thickening=0.5)
    run = all_runs.create_run("eleven", network="drawing-net", recipe=recipe, num_threads=1)

    events = list(carry_out(run))

    last = events[-1]
    assert isinstance(last, EpochEnd)
    assert last.valid_accuracy > 0.5
    assert weights(run)["mlp.1.weight"].shape[0] == 11
