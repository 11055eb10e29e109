"""A run that kept its epochs, chosen on the pages that show a network at work."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.reading.classifier import load_classifier
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch
from mnistcore.runs.folder import Run
from mnistcore.training.recipes import Recipe
from mnistcore.worker import execution
from mnistcore.worker.execution import carry_out
from tests.conftest import toy_split
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import bars, draw
from ui import mnist
from ui.networks import NetworkKey

RECIPE = Recipe(epochs=3, batch_size=8, learning_rate=0.01, schedule="constant", augmentation=0)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> Run:
    """A run of three epochs, on a toy split."""
    monkeypatch.setattr(execution, "load_split", toy_split)
    learner = all_runs.create_run("learner", network="mynet", recipe=RECIPE, num_threads=1)
    list(carry_out(learner))
    return learner


def opened(open_page: OpenPage, path: str, **address: str) -> AppTest:
    page = open_page(path, **address)
    assert not page.error
    return page


def test_a_drawing_is_read_as_after_the_chosen_epoch(open_page: OpenPage, run: Run) -> None:
    page = opened(open_page, "pages/prediction.py", network="learner")
    draw(page, 7)
    readings = {"3": bars(page)}

    for epoch in ("0", "1"):
        page.select_slider(key="epoch").set_value(epoch).run()
        assert not page.exception
        readings[epoch] = bars(page)

    assert len({tuple(reading) for reading in readings.values()}) == 3


def test_the_address_names_the_epoch_and_the_gallery_follows(open_page: OpenPage, run: Run) -> None:
    opened(open_page, "pages/prediction.py", network="learner", epoch="1", view="Test set")

    read = mnist.read_all(NetworkKey("run", "learner", 1))

    expected = load_classifier(find_epoch(run, 1)).predict(read.images[:50])
    assert (read.probabilities[:50] == expected).all()


@pytest.mark.parametrize("epoch", ["99", "first", "-1"])
def test_an_epoch_that_the_run_has_not_is_let_pass(
    open_page: OpenPage, run: Run, epoch: str
) -> None:
    page = opened(open_page, "pages/prediction.py", network="learner", epoch=epoch)

    assert page.select_slider(key="epoch").value == "3"


def test_a_shorter_run_is_shown_at_its_end(
    open_page: OpenPage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = all_runs.create_run("other", network="mynet", recipe=RECIPE, num_threads=1)
    for event in carry_out(other):
        if event.epoch == 2:
            break
    page = opened(open_page, "pages/prediction.py", network="learner", epoch="2")

    page.selectbox(key="network").select("other").run()

    assert not page.exception
    assert page.select_slider(key="epoch").options == ["0", "1", "now"]
    assert page.select_slider(key="epoch").value == "now"


def test_shipped_networks_have_no_epochs(open_page: OpenPage, run: Run) -> None:
    page = opened(open_page, "pages/prediction.py")

    assert not page.select_slider


def test_the_inside_page_shows_the_chosen_epoch(open_page: OpenPage, run: Run) -> None:
    address = {"inside_network": "learner", "inside_at": "3.24.2.3"}
    now = opened(open_page, "pages/network.py", **address)
    early = opened(open_page, "pages/network.py", **address, inside_epoch="0")

    assert early.select_slider(key="inside_epoch").value == "0"
    assert early.header[0].value != now.header[0].value


def test_replay_begins_before_the_first_step(open_page: OpenPage, run: Run) -> None:
    page = opened(open_page, "pages/prediction.py", network="learner")

    page.button(key="epoch_button").click().run()

    assert not page.exception
    assert page.select_slider(key="epoch").value == "0"
    assert page.button(key="epoch_button").label == "Stop"
    page.button(key="epoch_button").click().run()
    assert page.button(key="epoch_button").label == "Replay"
