"""What a run writes down while it trains: checkpoints, every epoch's weights, snapshots."""

import pytest
import torch

from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.snapshot import load_snapshot
from mnistcore.training.events import EpochEnd
from mnistcore.worker import record
from mnistcore.worker.execution import carry_out
from mnistcore.worker.resuming import save
from tests.conftest import toy_split
from tests.worker.toy_runs import RECIPE, assert_same_weights, new_run, same, weights

pytestmark = pytest.mark.usefixtures("toy_data")


def test_a_checkpoint_is_saved_at_every_epoch() -> None:
    run = new_run("watched")
    epochs = []

    for event in carry_out(run):
        if isinstance(event, EpochEnd):
            epochs.append(torch.load(run.checkpoint, weights_only=True)["origin"]["epoch"])

    assert epochs == [1, 2, 3]


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
    kernels = weights(often.checkpoint)["conv.0.weight"]
    assert torch.equal(torch.tensor(snapshot.kernels), kernels[:, 0])
    assert snapshot.labels.tolist() == [digit for digit in range(10) for _ in range(2)]
    assert_same_weights(often, seldom)


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


def test_epochs_are_renamed_with_their_run_and_deleted_with_it() -> None:
    run = new_run("before")
    list(carry_out(run))

    renamed = all_runs.rename_run(run, "after")
    assert list_epochs(renamed) == [0, 1, 2, 3]
    all_runs.delete_run(renamed)

    assert list_epochs(renamed) == []
