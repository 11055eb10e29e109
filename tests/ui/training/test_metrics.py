"""A run's metrics as the page follows them: the first step is waited for, a moment, and once."""

from pathlib import Path
from threading import Timer

import pytest
import streamlit as st

from mnistcore.runs.events import append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from mnistcore.training.events import StepEnd
from ui.training import metrics


@pytest.fixture(autouse=True)
def a_visitor_who_has_just_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def test_a_first_step_that_is_near_is_waited_for(tmp_path: Path) -> None:
    followed = RunMetrics(tmp_path / "metrics.jsonl")
    step = StepEnd(1, 1, 2.0, accuracy=0.5, learning_rate=0.01)
    soon = Timer(0.05, append_event, (followed.path, step))
    soon.start()

    assert metrics.await_first_step(Run(tmp_path), followed)
    assert followed.step == step


def test_one_that_does_not_come_is_waited_for_once_so_that_the_page_comes_to_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("ui.training.metrics.time.sleep", slept.append)
    followed = RunMetrics(tmp_path / "none.jsonl")

    assert not metrics.await_first_step(Run(tmp_path / "first"), followed)
    assert sum(slept) == pytest.approx(metrics.MOMENT)
    slept.clear()
    assert not metrics.await_first_step(Run(tmp_path / "first"), followed)
    assert not slept
    assert not metrics.await_first_step(Run(tmp_path / "second"), followed)
    assert slept
