from pathlib import Path

import pytest

from mnistcore.runs.events import Begin, LayerSizes, Notice, append_event
from mnistcore.runs.metrics import RunMetrics
from mnistcore.training.events import EpochEnd, StepEnd


def step(number: int, loss: float = 1.0, seconds: float = 0.5) -> StepEnd:
    return StepEnd(number, 1, loss, accuracy=0.5, learning_rate=0.01, seconds=seconds)


def begin(number: int) -> Begin:
    return Begin(number, num_steps=20, batch_size=100, device="cpu")


def epoch(number: int, at_step: int) -> EpochEnd:
    return EpochEnd(at_step, number, 0.5, 0.9, seconds=1.0, images_per_second=123.0)


@pytest.fixture
def metrics(tmp_path: Path) -> RunMetrics:
    return RunMetrics(tmp_path / "metrics.jsonl")


def test_damaged_lines_are_counted_and_the_rest_is_read(metrics: RunMetrics) -> None:
    append_event(metrics.path, step(1))
    with metrics.path.open("ab") as file:
        file.write(b"\0\0\0\n[1]\n")
    append_event(metrics.path, step(2))

    metrics.poll()

    assert metrics.num_damaged == 2
    assert [number for number, _ in metrics.loss.points] == [1, 2]


def test_the_sizes_of_layers_become_curves(metrics: RunMetrics) -> None:
    for number in (1, 5):
        append_event(
            metrics.path, LayerSizes(number, {"1 Conv2d": 0.1 * number}, {"1 Conv2d": 0.01})
        )

    metrics.poll()

    assert metrics.weights["1 Conv2d"].points == [(1, 0.1), (5, 0.5)]
    assert metrics.gradients["1 Conv2d"].points == [(1, 0.01), (5, 0.01)]


def test_notices_are_those_of_the_last_start(metrics: RunMetrics) -> None:
    for event in (begin(0), Notice("old"), begin(0), Notice("new")):
        append_event(metrics.path, event)

    metrics.poll()

    assert metrics.notices == ["new"]


def test_a_follower_reads_on_where_it_stopped(metrics: RunMetrics) -> None:
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


def test_steps_that_are_repeated_after_an_interruption_count_once(metrics: RunMetrics) -> None:
    for event in (begin(0), step(1), epoch(1, 1), step(2, loss=7), epoch(2, 2)):
        append_event(metrics.path, event)
    for event in (begin(1), step(2, loss=8), epoch(2, 2)):
        append_event(metrics.path, event)

    metrics.poll()

    assert metrics.loss.points == [(1, 1.0), (2, 8.0)]
    assert [event.epoch for event in metrics.epochs] == [1, 2]


def test_pace_and_time_left_are_what_the_steps_took_and_no_pause_counts(
    metrics: RunMetrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0, 101.0, 900.0])  # the run was paused between its steps
    monkeypatch.setattr("mnistcore.runs.events.time.time", lambda: next(clock))
    for event in (begin(0), step(1, seconds=0.4), step(2, seconds=0.6)):
        append_event(metrics.path, event)

    metrics.poll()

    assert metrics.seconds_per_step == 0.5
    assert metrics.images_per_second == 200
    assert metrics.seconds_left == 9


def test_of_steps_that_were_never_timed_the_last_epochs_pace_is_known(metrics: RunMetrics) -> None:
    for event in (begin(0), step(1, seconds=0), epoch(1, 1)):
        append_event(metrics.path, event)

    metrics.poll()

    assert metrics.images_per_second == 123
    assert metrics.seconds_left is None
