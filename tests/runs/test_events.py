from os import SEEK_END
from pathlib import Path

import pytest

from mnistcore.runs.events import (
    Begin,
    Damaged,
    LearningRateChange,
    Notice,
    RunEvent,
    append_event,
    metrics_csv,
    read_events,
    read_lines,
    remove_torn_line,
)
from mnistcore.training.events import EpochEnd, StepEnd
from tests.bounds import within_bounds


def step(number: int, loss: float = 1.0) -> StepEnd:
    return StepEnd(number, 1, loss, accuracy=0.5, learning_rate=0.01, seconds=0.1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "metrics.jsonl"


def test_every_kind_of_event_comes_back_as_it_was(path: Path) -> None:
    events: list[RunEvent] = [
        Begin(0, 20, 100, "cpu", versions={"torch": "2"}),
        step(1),
        EpochEnd(1, 1, 0.5, 0.9, 1.0, 100.0),
        LearningRateChange(2, 0.5),
        Notice("so"),
    ]
    for event in events:
        append_event(path, event)

    assert read_events(path) == events


@pytest.mark.parametrize(
    "line",
    [
        r'{"event":"Notice","message":"a \ud800","time":1}',
        r'{"event":"Notice","message":"","values":{"\udfff":1},"time":1}',
        r'{"event":"Begin","step":1,"num_steps":9,"batch_size":1,"device":"\uD800","time":1}',
        r'{"event":"LayerSizes","step":1,"weights":{"\ud800":1},"gradients":{},"time":1}',
        '{"event":"Notice","message":"\udc80","time":1}',
    ],
)
def test_a_line_with_half_a_character_is_damaged(path: Path, line: str) -> None:
    path.write_bytes(line.encode(errors="surrogatepass") + b"\n")
    append_event(path, Notice("a 😀"))

    assert read_events(path) == [Damaged(), Notice("a 😀")]


def test_a_pace_without_end_is_damaged(path: Path) -> None:
    path.write_text(
        '{"event":"StepEnd","step":1,"epoch":1,"loss":1,"accuracy":1,'
        '"learning_rate":1,"seconds":Infinity,"time":1}\n'
    )

    assert read_events(path) == [Damaged()]


def test_events_come_back_in_order_and_only_once(path: Path) -> None:
    append_event(path, step(1))
    first, offset = read_lines(path)
    append_event(path, step(2))

    second, _ = read_lines(path, offset)

    assert [line.event for line in first] == [step(1)]
    assert [line.event for line in second] == [step(2)]


def test_a_line_being_written_waits_for_its_end(path: Path) -> None:
    append_event(path, step(1))
    line = path.read_text()
    path.write_text(line + line[:10])

    first, offset = read_lines(path)
    path.write_text(line + line)
    second, _ = read_lines(path, offset)

    assert len(first) == len(second) == 1


@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_torn_line_is_cut_off_before_the_next_is_added(path: Path, kept: int) -> None:
    append_event(path, step(1))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:kept])

    assert remove_torn_line(path)
    assert not remove_torn_line(path)
    append_event(path, step(2))

    assert read_events(path) == [step(1), step(2)]


@pytest.mark.parametrize(
    "line", [b"\0\0\0", b"[1]", b"7", b'{"event": "StepEnd", "time": 1}', b'{"event": "Later"}']
)
def test_a_line_that_is_no_event_is_damaged_and_the_rest_is_read(path: Path, line: bytes) -> None:
    append_event(path, step(1))
    with path.open("ab") as file:
        file.write(line + b"\n")
    append_event(path, step(2))

    assert read_events(path) == [step(1), Damaged(), step(2)]


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_line_longer_than_any_event_is_damaged_and_never_held(path: Path, end: bytes) -> None:
    append_event(path, step(1))
    with path.open("ab") as file:
        file.truncate(file.tell() + 600_000_000)  # a hole, which takes no room on the disk
        file.seek(0, SEEK_END)
        file.write(end)

    with within_bounds():
        lines, offset = read_lines(path)

    assert [line.event for line in lines] == [step(1), Damaged()]
    assert offset == path.stat().st_size
    append_event(path, step(1))
    assert [line.event for line in read_lines(path, offset)[0]] == [step(1)]


def test_steps_written_before_they_were_timed_are_read(path: Path) -> None:
    path.write_text(
        '{"event": "StepEnd", "step": 1, "epoch": 1, "loss": 2.5, "accuracy": 0.1, '
        '"learning_rate": 0.01, "time": 1795622364.9}\n'
    )

    assert read_events(path) == [StepEnd(1, 1, 2.5, 0.1, 0.01, seconds=0)]


def test_the_table_has_each_step_once_as_last_taken(path: Path) -> None:
    epoch = EpochEnd(1, 1, 0.5, 0.9, 1.0, 100.0)
    for event in (Begin(0, 20, 100, "cpu"), step(1, 7), epoch, step(2), Begin(0, 20, 100, "cpu")):
        append_event(path, event)
    append_event(path, step(1, 8))

    rows = [row.split(",") for row in metrics_csv(path).splitlines()]

    assert [row[:4] for row in rows] == [
        ["event", "step", "epoch", "loss"],
        ["StepEnd", "1", "1", "8.0"],
        ["EpochEnd", "1", "1", ""],
        ["StepEnd", "2", "1", "1.0"],
    ]
    assert rows[2][6:9] == ["0.5", "0.9", "100.0"]
