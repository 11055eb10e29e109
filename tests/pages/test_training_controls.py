"""What may be asked of a training on its page, and what is refused there."""

import subprocess
from pathlib import Path

import pytest

from mnistcore.files import write_json
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.control import read_requests
from mnistcore.runs.status import record_outcome
from mnistcore.training.recipes import RECIPES
from tests.pages.conftest import OpenPage
from tests.pages.training_page import PAGE, finished_run, press


def test_two_tabs_that_press_start_together_start_one_run(
    open_page: OpenPage, started: list[str]
) -> None:
    first, second = open_page(PAGE), open_page(PAGE)

    first.button[0].click().run()
    second.button[0].click().run()

    assert started == ["mynet-default-1"]
    assert [toast.value for toast in first.toast] == [
        "mynet-default-1 has begun: its curves are under Runs."
    ]
    assert not second.toast
    assert "was started a moment ago, from another tab" in second.info[0].value


@pytest.mark.slow
def test_the_ninth_press_of_start_is_refused(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: None)
    page = open_page(PAGE)

    for _ in range(9):
        page.button[0].click().run()
        assert not page.exception

    assert len(all_runs.list_runs()) == 8
    assert "8 runs train or wait already" in page.error[0].value


@pytest.mark.parametrize("training", [True, False])
def test_a_process_stands_by_where_visitors_may_train(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, training: bool
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"training = {str(training).lower()}")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(file))
    asked: list[bool] = []
    monkeypatch.setattr("mnistcore.runs.standby.ensure", lambda: asked.append(True))

    open_page(PAGE)

    assert asked == [True] * training


def test_a_stopped_run_can_be_gone_on_with(open_page: OpenPage, started: list[str]) -> None:
    run = finished_run("halted")
    record_outcome(run, "stopped")
    page = open_page(PAGE)

    next(button for button in page.button if button.label == "Go on").click().run()

    assert started == ["halted"]


def test_stop_asks_the_running_run(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        next(button for button in page.button if button.label == "Stop").click().run()

        assert read_requests(run).stop


def test_the_learning_rate_of_a_running_run_is_changed(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        page.number_input(key="new_rate_busy").set_value(0.005).run()
        press(page, "Change it")

        assert read_requests(run).learning_rate == 0.005


def test_a_run_is_paused_and_continued(open_page: OpenPage) -> None:
    run = finished_run("busy")
    with claim(run) as turn:
        turn.take()
        page = open_page(PAGE)
        press(page, "Pause")
        assert read_requests(run).pause
        write_json(run.phase, {"phase": "paused"})
        page.run()

        press(page, "Continue")

        assert not read_requests(run).pause


def test_runs_are_compared_renamed_and_deleted(open_page: OpenPage) -> None:
    finished_run("first")
    all_runs.create_run("second", network="dense", recipe=RECIPES["default"])
    page = open_page(PAGE)
    page.session_state["training_view"] = "Compare"
    page.run()
    table = page.dataframe[0].value
    assert "network" in list(table["setting"])
    page.session_state["training_view"] = "Files"
    page.run()

    page.text_input(key="name_second").set_value("other").run()
    press(page, "Rename")
    assert {run.name for run in all_runs.list_runs()} == {"first", "other"}
    press(page, "Delete it")

    assert not page.exception
    assert [run.name for run in all_runs.list_runs()] == ["first"]


def test_a_run_that_is_called_as_an_address_is_no_link(open_page: OpenPage) -> None:
    finished_run("www.a.bc")

    page = open_page(PAGE)

    said = [element.value for element in page.markdown if "a.bc" in element.value]
    assert said
    assert not [text for text in said if "www.a.bc" in text]


def test_what_the_operator_switches_off_is_refused_in_a_sentence(
    open_page: OpenPage,
    started: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mnistcore.toml").write_text("training = false\ndeletion = false\n")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "mnistcore.toml"))
    run = finished_run("kept")
    record_outcome(run, "stopped")
    page = open_page(PAGE, training_view="files")

    for label, reason in (
        ("Start", "watched only"),
        ("Go on", "watched only"),
        ("Rename", "watched only"),
        ("Delete it", "lets no visitor delete"),
    ):
        next(button for button in page.button if button.label == label).click().run()
        assert not page.exception
        assert any(reason in error.value for error in page.error), label

    assert started == []
    assert [known.name for known in all_runs.list_runs()] == ["kept"]
