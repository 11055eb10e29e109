"""The metrics of a run: events appended to a file, and followed while it grows. No torch."""

import json
import time
from pathlib import Path
from typing import Any

Event = dict[str, Any]

MAX_POINTS = 500  # of a curve; more are not seen on a screen


def append_event(path: Path, event: Event) -> None:
    """Add one event, with the time, as a line of its own.

    Args:
        path: A run's `metrics.jsonl`, made where missing.
        event: `event` names its kind; what else there is, as JSON holds it.
    """
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**event, "time": time.time()}) + "\n")


def read_events(path: Path, offset: int = 0) -> tuple[list[Event], int]:
    """Return the events from an offset on, and the offset behind them.

    Args:
        path: A run's `metrics.jsonl`; it need not exist yet.
        offset: In bytes, as returned by the last call.

    Returns:
        The events of all whole lines; a line that is still being written waits for the next call.

    >>> read_events(Path("there-is-no-such-file"))
    ([], 0)
    """
    if not path.exists():
        return [], offset
    with path.open("rb") as file:
        file.seek(offset)
        whole, newline, _ = file.read().rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines()], offset + len(whole) + len(newline)


class Curve:
    """Values along a training, thinned out to means as they come: never more than 500 points.

    Attributes:
        points: (step, value): the mean over `stride` steps and the last of these steps.
        stride: Steps to a point; doubles whenever the points become too many.

    >>> curve = Curve()
    >>> for step in range(1, 1001):
    ...     curve.append(step, float(step))
    >>> len(curve.points), curve.stride, curve.points[0]
    (500, 2, (2, 1.5))
    """

    def __init__(self) -> None:
        self.points: list[tuple[int, float]] = []
        self.stride = 1
        self._waiting: list[float] = []

    def append(self, step: int, value: float) -> None:
        """Add the value of the next step."""
        self._waiting.append(value)
        if len(self._waiting) < self.stride:
            return
        self.points.append((step, sum(self._waiting) / len(self._waiting)))
        self._waiting = []
        if len(self.points) > MAX_POINTS:
            pairs = zip(self.points[::2], self.points[1::2], strict=False)
            odd = self.points[-1][1]
            self.points = [(step, (first + second) / 2) for (_, first), (step, second) in pairs]
            self._waiting = [odd] * self.stride
            self.stride *= 2

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        self.points = [point for point in self.points if point[0] <= step]
        self._waiting = []


class RunMetrics:
    """What a run has reported so far; `poll` reads on from where the last poll ended.

    Attributes:
        begin: The first event of the last start: device, number of steps.
        step: The last `StepEnd`, or None.
        epochs: Every `EpochEnd`, in order.
        loss: Of the training batches.
        accuracy: Of the same, in [0, 1].
        version: Grows whenever something was read: what was drawn from an older one is out of date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begin: Event | None = None
        self.step: Event | None = None
        self.epochs: list[Event] = []
        self.loss = Curve()
        self.accuracy = Curve()
        self.version = 0
        self._offset = 0

    def poll(self) -> None:
        """Read what has been written since the last time."""
        events, self._offset = read_events(self.path, self._offset)
        self.version += bool(events)
        for event in events:
            match event["event"]:
                case "Begin":  # the steps since the last checkpoint will come once more
                    self.begin = event
                    self.loss.cut(event["step"])
                    self.accuracy.cut(event["step"])
                    self.epochs = [e for e in self.epochs if e["step"] <= event["step"]]
                case "StepEnd":
                    self.step = event
                    self.loss.append(event["step"], event["loss"])
                    self.accuracy.append(event["step"], event["accuracy"])
                case "EpochEnd":
                    self.epochs.append(event)

    @property
    def num_steps(self) -> int:
        """How many steps the whole run has; 1 before it has told."""
        return 1 if self.begin is None else int(self.begin["num_steps"])

    @property
    def progress(self) -> float:
        """The share of all steps that has been taken, in [0, 1]."""
        return 0.0 if self.step is None else float(self.step["step"] / self.num_steps)

    @property
    def progress_text(self) -> str:
        """How far the run has come, and on what, in words."""
        if self.begin is None:
            return "Loading PyTorch and the data ..."
        step = 0 if self.step is None else self.step["step"]
        device = self.begin["device"]
        if device == "cpu":
            threads = self.begin["num_threads"]
            device = f"the CPU with {threads} thread{'s' if threads > 1 else ''}"
        return f"Step {step:,} of {self.begin['num_steps']:,}, on {device}"

    @property
    def steps_per_second(self) -> float | None:
        """The pace since the last start, validation included; None before the second step."""
        if self.begin is None or self.step is None or self.step["step"] <= self.begin["step"]:
            return None
        seconds = self.step["time"] - self.begin["time"]
        return float((self.step["step"] - self.begin["step"]) / seconds)

    @property
    def images_per_second(self) -> float | None:
        """The same pace, in images."""
        pace = self.steps_per_second
        return None if pace is None or self.begin is None else pace * self.begin["batch_size"]

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this pace."""
        pace = self.steps_per_second
        if pace is None or self.begin is None or self.step is None:
            return None
        return float((self.begin["num_steps"] - self.step["step"]) / pace)
