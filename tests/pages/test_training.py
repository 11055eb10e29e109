from pathlib import Path

import pytest

from mnistcore import runs
from mnistcore.recipes import RECIPES
from mnistcore.run_control import read_wishes
from mnistcore.run_folder import Run
from mnistcore.run_life import lively, record_outcome
from mnistcore.run_metrics import append_event
from tests.pages.conftest import OpenPage

PAGE = "pages/training.py"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take the place of the process: the names of the runs that would have started."""
    names: list[str] = []
    monkeypatch.setattr(runs, "start", lambda run: names.append(run.name))
    return names


def finished_run(name: str) -> Run:
    run = runs.create_run(name, network="mynet", recipe=RECIPES["article"])
    begin = {"event": "Begin", "step": 0, "num_steps": 2, "batch_size": 100}
    append_event(run.metrics, {**begin, "device": "cpu", "num_threads": 1})
    for step in (1, 2):
        append_event(run.metrics, {"event": "StepEnd", "step": step, "loss": 0.25, "accuracy": 0.9})
    append_event(
        run.metrics,
        {"event": "EpochEnd", "epoch": 1, "step": 2, "valid_loss": 0.2, "valid_accuracy": 0.987},
    )
    record_outcome(run, "finished")
    return run


def test_start_works_without_touching_anything(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.button[0].click().run()

    assert not page.exception
    assert started == ["mynet-default-1"]
    assert runs.find_run("mynet-default-1").config["recipe"]["epochs"] == RECIPES["default"].epochs


def test_what_is_set_is_what_is_trained(open_page: OpenPage, started: list[str]) -> None:
    page = open_page(PAGE)

    page.segmented_control(key="recipe").select("article").run()
    page.number_input(key="epochs").set_value(2).run()
    page.number_input(key="batch_size").set_value(64).run()
    page.button[0].click().run()

    recipe = runs.find_run(started[0]).config["recipe"]
    assert recipe == {
        "epochs": 2,
        "batch_size": 64,
        "learning_rate": 0.001,
        "schedule": "constant",
        "augmentation": 0,
        "seed": 1,
    }


def test_two_tabs_that_press_start_together_start_one_run(
    open_page: OpenPage, started: list[str]
) -> None:
    first, second = open_page(PAGE), open_page(PAGE)

    first.button[0].click().run()
    second.button[0].click().run()

    assert started == ["mynet-default-1"]
    assert "There is a run 'mynet-default-1' already" in second.error[0].value


def test_a_finished_run_shows_its_figures(open_page: OpenPage, runs_folder: Path) -> None:
    finished_run("earlier")

    page = open_page(PAGE)

    assert "**earlier** is finished" in page.markdown[-1].value
    values = {metric.label: metric.value for metric in page.metric}
    assert values["Validation accuracy"] == "98.70%"
    assert values["Training loss"] == "0.2500"
    assert len(page.get("echarts_chart")) == 2


def test_a_failed_run_says_why(open_page: OpenPage) -> None:
    run = finished_run("broken")
    record_outcome(run, "failed", "The disk is full.")

    page = open_page(PAGE)

    assert page.error[0].value == "The disk is full."


def test_a_stopped_run_can_be_gone_on_with(open_page: OpenPage, started: list[str]) -> None:
    run = finished_run("halted")
    record_outcome(run, "stopped")
    page = open_page(PAGE)

    next(button for button in page.button if button.label == "Go on").click().run()

    assert started == ["halted"]


def test_stop_asks_the_running_run(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with lively(run):
        page = open_page(PAGE)
        next(button for button in page.button if button.label == "Stop").click().run()

        assert read_wishes(run).stop
