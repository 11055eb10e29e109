"""The events of a run: their kinds, and the file that holds them, one a line. Imports no torch."""

import csv
import json
import time
from dataclasses import dataclass, field
from io import StringIO
from os import SEEK_END
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from mnistcore.files import as_kind, open_file, parsed
from mnistcore.runs.kept_sentence import KeptSentence
from mnistcore.training.events import Count, EpochEnd, Rate, StepEnd

Positive = Annotated[int, Meta(ge=1, le=10**12)]

LONGEST_LINE_BYTES = 1_000_000
CSV_COLUMNS = (
    *("event", "step", "epoch", "loss", "accuracy", "learning_rate"),
    *("valid_loss", "valid_accuracy", "images_per_second", "seconds", "time"),
)


@dataclass(frozen=True)
class Begin:
    """A process is about to take the steps behind this one, for the first time or once more."""

    step: Count
    num_steps: Positive
    batch_size: Positive
    device: str
    num_threads: Positive = 1
    num_processes: Positive = 1
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LayerSizes:
    """The root mean square of each layer's weights, and of its last gradient."""

    step: Count
    weights: dict[str, float]
    gradients: dict[str, float]


@dataclass(frozen=True)
class LearningRateChange:
    """From this step on the schedule varies this rate."""

    step: Count
    learning_rate: Rate


@dataclass(frozen=True)
class Notice(KeptSentence):
    """What a run's user should know, in a sentence."""


@dataclass(frozen=True)
class Damaged:
    """A line that could not be read."""


RunEvent = Begin | StepEnd | EpochEnd | LayerSizes | LearningRateChange | Notice | Damaged
# What stands on a line under `event`; beside it stand the fields of that kind.
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (Begin, StepEnd, EpochEnd, LayerSizes, LearningRateChange, Notice)
}


class Line(NamedTuple):
    """An event, and the time at which it was written, in seconds since 1970."""

    event: RunEvent
    time: float


def append_event(path: Path, event: RunEvent) -> None:
    """Add one event, with the time, as a line of its own.

    Args:
        path: A run's `metrics`, made where missing.
        event: Of any kind.
    """
    line = {"event": type(event).__name__, **vars(event), "time": time.time()}
    with open_file(path, "ab") as file:
        file.write(f"{json.dumps(line, default=vars)}\n".encode())


def read_lines(path: Path, offset: int = 0) -> tuple[list[Line], int]:
    """Return the events from an offset on, and the offset behind them.

    Args:
        path: A run's `metrics`; it need not exist yet.
        offset: In bytes, as returned by the last call.

    Returns:
        The events of all whole lines; a line that is still being written waits for the next call,
        one that is longer than any is `Damaged`.

    >>> read_lines(Path("there-is-no-such-file"))
    ([], 0)
    """
    if not path.is_file():  # not yet, or not any more
        return [], offset
    lines = []
    with path.open("rb") as file:
        file.seek(offset)
        while line := file.readline(LONGEST_LINE_BYTES):
            whole = line.endswith(b"\n")
            if not whole and len(line) < LONGEST_LINE_BYTES:
                break
            while line and not line.endswith(b"\n"):  # no event is as long: none of it is kept
                line = file.readline(LONGEST_LINE_BYTES)
            lines.append(_parse(line if whole else b""))
            offset = file.tell()
    return lines, offset


def read_events(path: Path) -> list[RunEvent]:
    """Return all events of a run's `metrics`."""
    return [line.event for line in read_lines(path)[0]]


def remove_torn_line(path: Path) -> bool:
    """Cut off the line that a killed process, or a full disk, left half written.

    Args:
        path: A run's `metrics`; it need not exist.

    Returns:
        Whether there was one.

    >>> remove_torn_line(Path("there-is-no-such-file"))
    False
    """
    if not path.is_file():
        return False
    with path.open("r+b") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - LONGEST_LINE_BYTES))
        torn = file.read().rpartition(b"\n")[2]
        file.truncate(size - len(torn))
    return bool(torn)


def metrics_csv(path: Path) -> str:
    """Return steps and epochs as a table, each once, in order; steps taken twice as last taken.

    Args:
        path: A run's `metrics`.

    >>> metrics_csv(Path("there-is-no-such-file")).split(",")[:3]
    ['event', 'step', 'epoch']
    """
    rows: dict[tuple[int, bool], dict[str, object]] = {}
    for event, at in read_lines(path)[0]:
        if isinstance(event, StepEnd | EpochEnd):
            row = {"event": type(event).__name__, **vars(event), "time": at}
            rows[event.step, isinstance(event, EpochEnd)] = row
    text = StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[key] for key in sorted(rows))
    return text.getvalue()


def _parse(line: bytes) -> Line:
    try:
        values = parsed(line)
        event = as_kind(values, _KINDS[values["event"]])
        return Line(event, float(values["time"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Line(Damaged(), 0.0)
