"""Pages beside damaged runs: each is shown as what it is, and no page ends in an exception."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from tests.damaged_runs import damages, whole_run, write
from tests.pages.conftest import OpenPage

TRAINING = "pages/training.py"
VIEWS = ("Live", "Result", "Compare", "Files")


def spoilt(name: str, file: str, word: str) -> Run:
    """Make a run of which one file is damaged in the way that the word names."""
    run = whole_run(name)
    path = run.folder / file
    content = path.read_bytes() if path.is_file() else b""
    dict(damages(content))[word](path)
    return run


@pytest.fixture
def spoilt_runs(runs_folder: Path) -> list[str]:
    """Runs that are spoilt in the ways that tell most, and one that is whole."""
    whole_run("whole")
    for number, word in enumerate(("null", "[]", "7", "cut at 30%", "not UTF-8", "a folder")):
        spoilt(f"config-{number}", "config.json", word)
    spoilt("network", "config.json", "network = {}")
    spoilt("outcome", "outcome.json", "[]")
    spoilt("snapshot", "snapshot.npz", "cut at 0%")
    spoilt("checkpoint", "checkpoint.pt", "cut at 90%")
    spoilt("checkpoint-folder", "checkpoint.pt", "a folder")
    spoilt("epoch", "epochs/0000.pt", "cut at 0%")
    spoilt("epochs", "epochs", "a folder")
    spoilt("metrics-folder", "metrics.jsonl", "a folder")
    line = b'{"event": "%s", "step": %d, "epoch": 1, "num_steps": 0, "loss": NaN, "time": 1, %s}\n'
    rest = b'"accuracy": 0.5, "learning_rate": NaN, "seconds": 0.1, "batch_size": 7, "device": "x"'
    path = whole_run("metrics").metrics
    write(b"".join(line % (event, 5, rest) for event in (b"Begin", b"StepEnd", b"EpochEnd")))(path)
    return [run.name for run in all_runs.list_runs()]


def choose(page: AppTest, name: str) -> None:
    page.selectbox(key="run").select(name).run()
    assert not page.exception, name


def test_the_training_page_shows_each_run_as_it_is(
    open_page: OpenPage, spoilt_runs: list[str]
) -> None:
    page = open_page(TRAINING)
    assert page.selectbox(key="run").options == spoilt_runs
    assert len(spoilt_runs) == 16

    for name in spoilt_runs:
        choose(page, name)
        says_so = any(f"**{name}** is damaged" in text.value for text in page.markdown)
        assert says_so == (status(all_runs.find_run(name)) == "damaged")
        assert says_so == any("cannot be used: config.json" in e.value for e in page.error), name
        assert says_so == name.startswith(("config-", "network"))


def test_a_damaged_run_is_deleted_on_its_page(open_page: OpenPage, runs_folder: Path) -> None:
    whole_run("whole")
    spoilt("broken", "config.json", "null")
    page = open_page(TRAINING, run="broken")

    next(button for button in page.button if button.label == "Delete it").click().run()

    assert not page.exception
    assert [run.name for run in all_runs.list_runs()] == ["whole"]


@pytest.mark.parametrize("view", VIEWS[1:])
def test_every_view_of_a_run_with_damaged_files(
    view: str, open_page: OpenPage, spoilt_runs: list[str]
) -> None:
    page = open_page(TRAINING, training_view=view.lower(), run="whole")

    for name in ("metrics", "metrics-folder", "checkpoint", "checkpoint-folder", "snapshot"):
        choose(page, name)


@pytest.mark.parametrize("file", ["pages/prediction.py", "pages/network.py"])
def test_pages_that_ask_networks_offer_those_that_have_weights(
    file: str, open_page: OpenPage, spoilt_runs: list[str]
) -> None:
    prefix = "" if "prediction" in file else "inside_"
    for name in ("whole", "config-1", "checkpoint", "epoch", "epochs"):
        epoch = "0" if name == "epoch" else "1"
        page = open_page(file, **{f"{prefix}network": name, f"{prefix}epoch": epoch})
        assert not page.exception, name
        has_fault = any("cannot be used as a checkpoint" in e.value for e in page.error)
        assert has_fault == (name in ("checkpoint", "epoch")), name
