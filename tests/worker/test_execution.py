"""A run carried out to its end: what it leaves, and what is asked of it meanwhile."""

import errno
from dataclasses import replace

import pytest
import torch

from mnistcore.models.model import best_device, fastest_precision
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.kept_reading import kept_reading
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_pause, request_stop, request_unpause
from mnistcore.runs.events import read_events
from mnistcore.runs.status import status
from mnistcore.training.events import EpochEnd
from mnistcore.worker import execution
from mnistcore.worker.execution import carry_out
from tests.conftest import toy_split
from tests.waiting import finish, in_background, wait_until
from tests.worker.toy_runs import RECIPE, assert_same_weights, new_run, weights

pytestmark = pytest.mark.usefixtures("toy_data")


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
    assert weights(run.checkpoint)["mlp.1.weight"].shape[0] == 11
