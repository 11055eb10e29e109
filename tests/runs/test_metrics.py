import json
from pathlib import Path
from typing import Any

import pytest

from mnistcore.runs.metrics import (
    MAX_POINTS,
    Curve,
    RunMetrics,
    append_event,
    read_events,
    remove_torn_line,
)


def step(number: int, loss: float = 1.0) -> dict[str, Any]:
    values = {"loss": loss, "accuracy": 0.5, "learning_rate": 0.01}
    return {"event": "StepEnd", "step": number, "epoch": 1, **values}


def begin(number: int) -> dict[str, Any]:
    return {"event": "Begin", "step": number, "num_steps": 20, "batch_size": 100, "device": "cpu"}


def epoch(number: int, at_step: int) -> dict[str, Any]:
    return {"event": "EpochEnd", "epoch": number, "step": at_step, "valid_accuracy": 0.9}


def test_events_come_back_in_order_and_only_once(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    append_event(path, step(1))
    first, offset = read_events(path)
    append_event(path, step(2))

    second, _ = read_events(path, offset)

    assert [event["step"] for event in first] == [1]
    assert [event["step"] for event in second] == [2]


def test_a_line_being_written_waits_for_its_end(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    append_event(path, step(1))
    line = path.read_text()
    path.write_text(line + line[:10])

    first, offset = read_events(path)
    path.write_text(line + line)
    second, _ = read_events(path, offset)

    assert len(first) == len(second) == 1


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_torn_line_is_cut_off_before_the_next_is_added(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "metrics.jsonl"
    append_event(path, step(1))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:kept])

    assert remove_torn_line(path)
    assert not remove_torn_line(path)
    append_event(path, step(2))

    assert [event["step"] for event in read_events(path)[0]] == [1, 2]


def test_a_damaged_line_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    append_event(metrics.path, step(1))
    with metrics.path.open("ab") as file:
        file.write(b"\0\0\0\n[1]\n")
    append_event(metrics.path, step(2))

    metrics.poll()

    assert metrics.num_damaged == 2
    assert [number for number, _ in metrics.loss.points] == [1, 2]


def test_the_sizes_of_layers_become_curves(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    for number in (1, 5):
        sizes = {"weights": {"1 Conv2d": 0.1 * number}, "gradients": {"1 Conv2d": 0.01}}
        append_event(metrics.path, {"event": "LayerSizes", "step": number, **sizes})

    metrics.poll()

    assert metrics.weights["1 Conv2d"].points == [(1, 0.1), (5, 0.5)]
    assert metrics.gradients["1 Conv2d"].points == [(1, 0.01), (5, 0.01)]


def test_notices_are_those_of_the_last_start(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    for event in (begin(0), {"event": "Notice", "message": "old"}, begin(0)):
        append_event(metrics.path, event)
    append_event(metrics.path, {"event": "Notice", "message": "new"})

    metrics.poll()

    assert metrics.notices == ["new"]


@pytest.mark.parametrize("num_steps", [499, 501, 1003, 100_000])
def test_a_curve_stays_bounded_and_keeps_its_mean(num_steps: int) -> None:
    curve = Curve()

    for number in range(1, num_steps + 1):
        curve.append(number, float(number))

    assert MAX_POINTS / 2 - 1 <= len(curve.points) <= MAX_POINTS
    seen = curve.points[-1][0]
    assert num_steps - seen < curve.stride
    mean = sum(value for _, value in curve.points) / len(curve.points)
    assert mean == pytest.approx((1 + seen) / 2, rel=0.01)


def test_a_follower_reads_on_where_it_stopped(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    metrics.poll()
    assert (metrics.version, metrics.progress) == (0, 0)
    append_event(metrics.path, begin(0))
    append_event(metrics.path, step(1))
    metrics.poll()
    append_event(metrics.path, step(2))
    metrics.poll()
    metrics.poll()

    assert metrics.version == 2
    assert metrics.progress == 0.1
    assert [number for number, _ in metrics.loss.points] == [1, 2]


def test_steps_that_are_repeated_after_an_interruption_count_once(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    for event in (begin(0), step(1), epoch(1, 1), step(2, loss=7), epoch(2, 2)):
        append_event(metrics.path, event)
    for event in (begin(1), step(2, loss=8), epoch(2, 2)):
        append_event(metrics.path, event)

    metrics.poll()

    assert metrics.loss.points == [(1, 1.0), (2, 8.0)]
    assert [event["epoch"] for event in metrics.epochs] == [1, 2]


def test_pace_and_time_left_follow_from_the_clock(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "metrics.jsonl")
    events = [{**begin(0), "time": 100}, {**step(2), "time": 101}, {**step(4), "time": 102}]
    metrics.path.write_text("".join(json.dumps(event) + "\n" for event in events))

    metrics.poll()

    assert metrics.steps_per_second == 2
    assert metrics.images_per_second == 200
    assert metrics.seconds_left == 8
