from pathlib import Path

import pytest

from mnistcore.runs.metrics import MAX_LAYER_POINTS, MAX_POINTS, RunMetrics, append_event
from ui.training.charts import compared_curves, layer_sizes, learning_rate_curve, training_curve


def metrics_after(tmp_path: Path, num_steps: int) -> RunMetrics:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    begin = {"event": "Begin", "step": 0, "num_steps": num_steps, "batch_size": 100}
    metrics._take({**begin, "time": 0.0})
    for step in range(1, num_steps + 1):
        values = {"loss": 2 / step, "accuracy": 0.5, "learning_rate": 0.01, "time": step / 100}
        metrics._take({"event": "StepEnd", "step": step, **values})
        if step % 50 == 0:
            sizes = {"weights": {"1 Conv2d": 0.1}, "gradients": {"1 Conv2d": 0.01}}
            metrics._take({"event": "LayerSizes", "step": step, **sizes})
    return metrics


def test_raw_smoothed_and_validation_are_drawn_on_the_steps_of_the_whole_training(
    tmp_path: Path,
) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    append_event(metrics.path, {"event": "Begin", "step": 0, "num_steps": 100, "batch_size": 9})
    for step, loss in ((1, 2.0), (2, 1.0)):
        values = {"loss": loss, "accuracy": 0.5, "learning_rate": 0.01}
        append_event(metrics.path, {"event": "StepEnd", "step": step, **values})
    append_event(metrics.path, {"event": "EpochEnd", "epoch": 1, "step": 2, "valid_loss": 0.5})
    metrics.poll()

    options = training_curve(metrics, "loss")

    assert [dataset["source"] for dataset in options["dataset"]] == [
        [[1, 2.0], [2, 1.0]],
        [[1, 2.0], [2, 1.474]],  # (0.9 * 0.1 * 2 + 0.1 * 1) / (1 - 0.9**2)
        [[2, 0.5]],
    ]
    assert options["xAxis"]["max"] == 100
    assert options["animation"] is False


@pytest.mark.parametrize("num_steps", [1_000, 30_000])
def test_what_is_sent_does_not_grow_with_the_run(tmp_path: Path, num_steps: int) -> None:
    metrics = metrics_after(tmp_path, num_steps)

    for options, most in (
        (training_curve(metrics, "loss"), MAX_POINTS),
        (learning_rate_curve(metrics), MAX_POINTS),
        (layer_sizes(metrics), MAX_LAYER_POINTS),
        (compared_curves({"a": metrics, "b": metrics}, "loss"), MAX_POINTS),
    ):
        assert all(len(dataset["source"]) <= most for dataset in options["dataset"])
        assert len(options["dataset"]) <= 4


def test_changes_of_the_learning_rate_are_marked(tmp_path: Path) -> None:
    metrics = metrics_after(tmp_path, 100)
    metrics._take({"event": "LearningRateChange", "step": 60, "learning_rate": 0.002})

    (series,) = learning_rate_curve(metrics)["series"]

    assert series["markLine"]["data"] == [{"xAxis": 60}]
