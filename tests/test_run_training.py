from pathlib import Path

import pytest
import torch

from mnistcore import run_training, runs
from mnistcore.errors import InvalidInputError
from mnistcore.recipes import Recipe
from mnistcore.run_metrics import read_events
from mnistcore.run_training import carry_out
from mnistcore.training import EpochEnd
from tests.conftest import toy_split

RECIPE = Recipe(epochs=3, batch_size=8, learning_rate=0.01, schedule="one-cycle", augmentation=0.3)


@pytest.fixture(autouse=True)
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> None:
    monkeypatch.setattr(run_training, "load_split", toy_split)


def new_run(name: str) -> runs.Run:
    return runs.create_run(name, network="mynet", recipe=RECIPE, num_threads=1)


def weights(run: runs.Run) -> dict[str, torch.Tensor]:
    saved: dict[str, torch.Tensor] = torch.load(run.checkpoint, weights_only=True)["model"]
    return saved


def test_a_run_leaves_metrics_checkpoint_and_outcome() -> None:
    run = new_run("whole")

    events = list(carry_out(run))

    kinds = [event["event"] for event in read_events(run.metrics)[0]]
    assert kinds == ["Begin", *(type(event).__name__ for event in events)]
    assert runs.status(run) == "finished"
    content = torch.load(run.checkpoint, weights_only=True)
    assert content["origin"]["epoch"] == 3
    assert content["origin"]["recipe"]["batch_size"] == 8


def test_a_stopped_run_goes_on_to_the_same_weights_bit_by_bit() -> None:
    whole, stopped = new_run("whole"), new_run("stopped")
    list(carry_out(whole))

    for event in carry_out(stopped):
        if event.step == 7:
            runs.request_stop(stopped)
    assert runs.status(stopped) == "stopped"
    rest = list(carry_out(stopped))

    assert rest[0].step == 9  # asked at 7, noticed at the next
    assert runs.status(stopped) == "finished"
    assert all(torch.equal(weights(whole)[name], weights(stopped)[name]) for name in weights(whole))


def test_an_interrupted_run_repeats_what_its_last_checkpoint_lacks() -> None:
    whole, broken = new_run("whole"), new_run("broken")
    list(carry_out(whole))

    for event in carry_out(broken):
        if event.step == 8:
            break
    assert runs.status(broken) == "interrupted"
    rest = list(carry_out(broken))

    assert rest[0].step == 6  # the first after the checkpoint of epoch 1
    assert all(torch.equal(weights(whole)[name], weights(broken)[name]) for name in weights(whole))


def test_a_checkpoint_is_saved_at_every_epoch() -> None:
    run = new_run("watched")
    epochs = []

    for event in carry_out(run):
        if isinstance(event, EpochEnd):
            epochs.append(torch.load(run.checkpoint, weights_only=True)["origin"]["epoch"])

    assert epochs == [1, 2, 3]


def test_a_damaged_checkpoint_is_told_and_recorded() -> None:
    run = new_run("damaged")
    list(carry_out(run))
    run.checkpoint.write_bytes(b"half")

    with pytest.raises(InvalidInputError, match=r"checkpoint\.pt cannot be used"):
        list(carry_out(run))

    assert runs.status(run) == "failed"
    assert "checkpoint.pt cannot be used" in runs.outcome_message(run)
