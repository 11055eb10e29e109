from dataclasses import replace
from pathlib import Path

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD
from mnistcore.models.checkpoint import load_checkpoint
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import epoch_file, epoch_is_kept, find_epoch, list_epochs
from mnistcore.runs.folder import Run
from mnistcore.training.loop import EpochEnd
from mnistcore.worker import execution, record
from mnistcore.worker.execution import carry_out
from mnistcore.worker.state import save
from tests.conftest import toy_split
from tests.worker.test_execution import RECIPE, new_run


@pytest.fixture(autouse=True)
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> None:
    monkeypatch.setattr(execution, "load_split", toy_split)


def weights(path: Path) -> dict[str, torch.Tensor]:
    return load_checkpoint(path).model


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(first[name], second[name]) for name in first)


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


def test_epochs_are_renamed_with_their_run_and_deleted_with_it() -> None:
    run = new_run("before")
    list(carry_out(run))

    renamed = all_runs.rename_run(run, "after")
    assert list_epochs(renamed) == [0, 1, 2, 3]
    all_runs.delete_run(renamed)

    assert list_epochs(renamed) == []


def test_an_epoch_that_was_not_kept_is_explained() -> None:
    run = all_runs.create_run("short", network="mynet", recipe=replace(RECIPE, epochs=1))
    list(carry_out(run))

    with pytest.raises(InvalidInputError, match=r"no weights of epoch 5\. Choose .* has: 0, 1\."):
        find_epoch(run, 5)


def test_half_written_files_and_others_are_no_epochs(tmp_path: Path) -> None:
    run = Run(tmp_path)
    (tmp_path / "epochs").mkdir()
    for name in ("0003.pt", ".0004.pt.123", "notes.pt", "0012.pt", "12345.pt"):
        (tmp_path / "epochs" / name).touch()

    assert list_epochs(run) == [3, 12, 12345]
    assert epoch_file(run, 12345).exists()


@pytest.mark.parametrize("num_epochs", [1, 5, 200, 201, 1000, 99_999])
@pytest.mark.parametrize("num_bytes", [0, 140_000, 1_240_000, 99_000_000, 10**12])
def test_what_is_kept_is_bounded_and_holds_both_ends(num_epochs: int, num_bytes: int) -> None:
    kept = [
        epoch
        for epoch in range(num_epochs + 1)
        if epoch_is_kept(epoch, num_epochs=num_epochs, num_bytes=num_bytes)
    ]

    assert kept[0] == 0
    assert kept[-1] == num_epochs
    assert len(kept) <= 202
    assert (len(kept) - 2) * num_bytes <= 100_000_000
