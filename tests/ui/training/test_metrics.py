"""A run's metrics as the page follows them: the first step is waited for, for a moment."""

from pathlib import Path
from threading import Timer

from mnistcore.runs.events import append_event
from mnistcore.runs.metrics import RunMetrics
from mnistcore.training.events import StepEnd
from ui.training import metrics


def test_a_first_step_that_is_near_is_waited_for(tmp_path: Path) -> None:
    followed = RunMetrics(tmp_path / "metrics.jsonl")
    step = StepEnd(1, 1, 2.0, accuracy=0.5, learning_rate=0.01)
    soon = Timer(0.05, append_event, (followed.path, step))
    soon.start()

    assert metrics.await_first_step(followed)
    assert followed.step == step


def test_one_that_does_not_come_is_not_waited_for_long(tmp_path: Path) -> None:
    assert not metrics.await_first_step(RunMetrics(tmp_path / "none.jsonl"))
