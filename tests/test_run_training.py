from dataclasses import replace
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


def test_a_network_that_knows_no_strangers_cannot_learn_from_them() -> None:
    recipe = replace(RECIPE, data="mnist and drawings")
    run = runs.create_run("eleven", network="mynet", recipe=recipe, num_threads=1)

    with pytest.raises(InvalidInputError, match="'mynet' has no output for what is no digit"):
        list(carry_out(run))


def test_the_drawing_network_learns_in_half_precision_from_eleven_classes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run_training, "load_split_with_drawings", toy_split)
    recipe = replace(RECIPE, data="mnist and drawings", precision="bfloat16", thickening=0.5)
    run = runs.create_run("eleven", network="drawing-net", recipe=recipe, num_threads=1)

    events = list(carry_out(run))

    last = events[-1]
    assert isinstance(last, EpochEnd)
    assert last.valid_accuracy > 0.5
    assert weights(run)["mlp.1.weight"].shape[0] == 11
