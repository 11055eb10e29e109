"""What the form asks for is started, if there is room for it, whoever else presses at that time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import streamlit as st

from mnistcore.runs import all_runs, standby
from mnistcore.training.recipes import RECIPES
from ui import shared
from ui.training import settings

NUM_VISITORS = 30


@pytest.fixture
def form(tmp_path: Path, runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let the form stand as it opens, and no process begin."""
    (tmp_path / "mnistcore.toml").write_text("most_in_line = 3")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "mnistcore.toml"))
    state = {"device": "cpu"}
    monkeypatch.setattr(st, "session_state", state)
    for name, value in (
        ("chosen_network", "mynet"),
        ("chosen_recipe", RECIPES["article"]),
        ("chosen_drawings", ()),
        ("owner", "somebody"),
    ):
        monkeypatch.setattr(settings, name, lambda value=value: value)
    monkeypatch.setattr(shared, "use_network", lambda _: None)
    monkeypatch.setattr(standby, "hand_over", lambda _: True)
    return state


def test_of_thirty_who_press_start_at_once_as_many_begin_as_may(form: dict[str, Any]) -> None:
    barrier = Barrier(NUM_VISITORS)

    def press(number: int) -> None:
        barrier.wait()
        settings.start_run(f"run-{number}")

    with ThreadPoolExecutor(NUM_VISITORS) as visitors:
        list(visitors.map(press, range(NUM_VISITORS)))

    assert len(all_runs.list_runs()) == 3
    assert str(form["start_error"]).startswith("3 runs train or wait already")


def test_whoever_comes_second_with_a_name_is_shown_the_first_ones_run(
    form: dict[str, Any],
) -> None:
    settings.start_run("run-1")
    assert "start_note" not in form

    settings.start_run("run-1")

    assert form["run"] == "run-1"
    assert str(form["start_note"]).startswith("run-1 was started a moment ago")


def test_a_recipe_that_is_none_leaves_the_form_as_it_is(form: dict[str, Any]) -> None:
    form |= {"recipe": "forged", "epochs": 3}
    settings.take_over_recipe()
    assert form["epochs"] == 3

    form["recipe"] = "article"
    settings.take_over_recipe()
    assert form["epochs"] == RECIPES["article"].epochs
