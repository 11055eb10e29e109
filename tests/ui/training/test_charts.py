import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mnistcore.runs.curve import MAX_POINTS
from mnistcore.runs.events import Begin, LayerSizes, LearningRateChange, append_event
from mnistcore.runs.metrics import MAX_LAYER_POINTS, RunMetrics
from mnistcore.training.events import EpochEnd, StepEnd
from mnistcore.training.recipes import RECIPES
from ui.training.charts import (
    compared_curves,
    layer_sizes,
    learning_rate_curve,
    planned_rate,
    training_curve,
)


def metrics_after(tmp_path: Path, num_steps: int) -> RunMetrics:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    metrics._take(Begin(0, num_steps, batch_size=100, device="cpu"))
    for step in range(1, num_steps + 1):
        metrics._take(StepEnd(step, 1, 2 / step, accuracy=0.5, learning_rate=0.01))
        if step % 50 == 0:
            metrics._take(LayerSizes(step, {"1 Conv2d": 0.1}, {"1 Conv2d": 0.01}))
    return metrics


def test_raw_smoothed_and_validation_are_drawn_on_the_steps_of_the_whole_training(
    tmp_path: Path,
) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    for event in (
        Begin(0, num_steps=100, batch_size=9, device="cpu"),
        StepEnd(1, 1, 2.0, accuracy=0.5, learning_rate=0.01),
        StepEnd(2, 1, 1.0, accuracy=0.5, learning_rate=0.01),
        EpochEnd(2, 1, valid_loss=0.5, valid_accuracy=0.9, seconds=1, images_per_second=9),
    ):
        append_event(metrics.path, event)
    metrics.poll()

    options = training_curve(metrics, "loss")

    assert [dataset["source"] for dataset in options["dataset"]] == [
        [[1, 2.0], [2, 1.0]],
        [[1, 2.0], [2, 1.474]],  # (0.9 * 0.1 * 2 + 0.1 * 1) / (1 - 0.9**2)
        [[2, 0.5]],
    ]
    assert options["xAxis"]["max"] == 100
    assert options["animation"] is False


def test_each_chart_is_told_in_sentences_of_ours(tmp_path: Path) -> None:
    metrics = metrics_after(tmp_path, 50)
    metrics._take(
        EpochEnd(50, 1, valid_loss=0.25, valid_accuracy=0.9, seconds=1, images_per_second=9)
    )

    told = [
        options["aria"]["label"]["description"]
        for options in (
            training_curve(metrics, "accuracy"),
            training_curve(RunMetrics(Path("none")), "loss"),
            learning_rate_curve(metrics),
            layer_sizes(metrics),
            compared_curves({"a": metrics}, "accuracy"),
        )
    ]

    assert told == [
        "Chart of accuracy by step. Last points: raw 0.5 at step 50; smooth 0.5 at step 50; "
        "valid 0.9 at step 50.",
        "Chart of loss by step, without a point so far.",
        "Chart of learning rate by step. Last points: learning rate 0.01 at step 50.",
        "Chart of layers by step. Last points: 1 Conv2d 0.1 at step 50; "
        "gradient of 1 Conv2d 0.01 at step 50.",
        "Chart of accuracy by step. Last points: a 0.5 at step 50; "
        "a, validation split 0.9 at step 50.",
    ]


def test_the_planned_rate_is_the_schedules_own() -> None:
    recipe = replace(RECIPES["default"], epochs=3)

    options = planned_rate(recipe)

    source = options["dataset"][0]["source"]
    assert [source[39], source[-1][0]] == [[0.6, 0.015], 3]  # at its peak after a fifth of the way
    assert options["xAxis"]["name"] == "epoch"
    assert options["aria"]["label"]["description"].endswith("as planned. Its highest is 0.015.")


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
    metrics._take(LearningRateChange(60, 0.002))

    (series,) = learning_rate_curve(metrics)["series"]

    assert series["markLine"]["data"] == [{"xAxis": 60}]


def metrics_with(tmp_path: Path, losses: list[float], accuracies: list[float]) -> RunMetrics:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    metrics._take(Begin(0, num_steps=9, batch_size=100, device="cpu"))
    for step, (loss, accuracy) in enumerate(zip(losses, accuracies, strict=True), start=1):
        metrics._take(StepEnd(step, 1, loss, accuracy, learning_rate=0.01))
    metrics._take(EpochEnd(len(losses), 1, losses[-1], accuracies[-1], 1, 9))
    return metrics


def shown(options: dict[str, Any]) -> list[float]:
    low, high = options["yAxis"].get("min", -math.inf), options["yAxis"].get("max", math.inf)
    values = [value for dataset in options["dataset"] for _, value in dataset["source"]]
    return [value for value in values if low <= value <= high]


def test_a_bad_run_is_seen_beside_a_good_one(tmp_path: Path) -> None:
    good = metrics_with(tmp_path, [0.1] * 3, [0.99] * 3)
    bad = metrics_with(tmp_path, [1.0] * 3, [0.6] * 3)

    values = shown(compared_curves({"good": good, "bad": bad}, "accuracy"))

    assert 0.6 in values
    assert 0.99 in values


def test_a_small_loss_is_on_the_chart(tmp_path: Path) -> None:
    metrics = metrics_with(tmp_path, [2.0, 0.5, 0.00002], [0.5] * 3)

    assert 0.00002 in shown(training_curve(metrics, "loss"))
    assert 0.00002 in shown(compared_curves({"a": metrics}, "loss"))


def test_a_chart_says_how_many_points_it_leaves_out(tmp_path: Path) -> None:
    metrics = metrics_with(tmp_path, [0.0, *[0.2] * 99, math.nan], [0.5] * 101)

    options = training_curve(metrics, "loss")

    given = 101 + 101 + 1  # raw, smoothed, and of the validation split
    left_out = given - len(shown(options))
    assert left_out >= 2
    where = "at 0 or beyond all numbers"
    assert options["title"]["subtext"] == f"{left_out} points {where} are not shown"


def climbing(tmp_path: Path, num_steps: int, *, planned: int) -> RunMetrics:
    """Return a run that is at 95% after forty steps."""
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    metrics._take(Begin(0, num_steps=planned, batch_size=100, device="cpu"))
    for step in range(1, num_steps + 1):
        accuracy = min(0.95, 0.1 + 0.85 * step / 40)
        metrics._take(StepEnd(step, 1, 1.0, accuracy, learning_rate=0.01))
    return metrics


def test_a_short_runs_climb_is_on_the_chart_of_accuracy_to_its_end(tmp_path: Path) -> None:
    for steps in (5, 200, 469):
        options = training_curve(climbing(tmp_path, steps, planned=469), "accuracy")

        assert options["yAxis"]["min"] == 0
        assert options["title"]["subtext"] == ""


def test_a_long_runs_climb_makes_room_for_what_follows(tmp_path: Path) -> None:
    options = training_curve(climbing(tmp_path, 2000, planned=20_000), "accuracy")

    assert options["yAxis"]["min"] == 0.9
    assert options["title"]["subtext"] == "What lies below 90% is not shown"


def test_one_batch_alone_does_not_move_the_axis_of_accuracy(tmp_path: Path) -> None:
    metrics = climbing(tmp_path, 2000, planned=20_000)
    metrics._take(StepEnd(2001, 1, 1.0, 0.4, learning_rate=0.01))

    assert training_curve(metrics, "accuracy")["yAxis"]["min"] == 0.9


def test_a_chart_that_shows_all_says_nothing(tmp_path: Path) -> None:
    metrics = metrics_with(tmp_path, [0.3, 0.2], [0.95, 0.97])

    assert training_curve(metrics, "loss")["title"]["subtext"] == ""
    assert training_curve(metrics, "accuracy")["title"]["subtext"] == ""


def test_the_note_stands_below_the_curves_names() -> None:
    options = training_curve(RunMetrics(Path("none")), "loss")
    legend, title = options["legend"], options["title"]
    padding, line = 5, 14  # ECharts' own, of a legend and of its text

    note_begins = title["top"] + title["textStyle"]["fontSize"] + title["itemGap"]

    assert note_begins > legend["top"] + padding + line
    assert options["grid"]["top"] > note_begins + title["subtextStyle"]["fontSize"]
