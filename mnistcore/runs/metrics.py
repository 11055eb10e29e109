"""The metrics of a run: events appended to a file, and followed while it grows. No torch."""

import json
import threading
import time
from collections import defaultdict, deque
from os import SEEK_END
from pathlib import Path
from typing import Any

Event = dict[str, Any]

MAX_POINTS = 500  # of a curve; more are not seen on a screen
MAX_LAYER_POINTS = 100
SMOOTHING = 0.9  # the weight of what came before, point by point
LONGEST_LINE_BYTES = 1_000_000
LOOK_BACK_EVENTS = 200  # over which the pace is measured


def append_event(path: Path, event: Event) -> None:
    """Add one event, with the time, as a line of its own.

    Args:
        path: A run's `metrics.jsonl`, made where missing.
        event: `event` names its kind; what else there is, as JSON holds it.
    """
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**event, "time": time.time()}) + "\n")


def remove_torn_line(path: Path) -> bool:
    """Cut off the line that a killed process, or a full disk, left half written.

    Args:
        path: A run's `metrics.jsonl`; it need not exist.

    Returns:
        Whether there was one.

    >>> remove_torn_line(Path("there-is-no-such-file"))
    False
    """
    if not path.exists():
        return False
    with path.open("r+b") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - LONGEST_LINE_BYTES))
        torn = file.read().rpartition(b"\n")[2]
        file.truncate(size - len(torn))
    return bool(torn)


def read_events(path: Path, offset: int = 0) -> tuple[list[Event], int]:
    """Return the events from an offset on, and the offset behind them.

    Args:
        path: A run's `metrics.jsonl`; it need not exist yet.
        offset: In bytes, as returned by the last call.

    Returns:
        The events of all whole lines; a line that is still being written waits for the next call.
        A line that is no JSON comes as an event `Damaged`.

    >>> read_events(Path("there-is-no-such-file"))
    ([], 0)
    """
    if not path.exists():
        return [], offset
    with path.open("rb") as file:
        file.seek(offset)
        whole, newline, _ = file.read().rpartition(b"\n")
    return [_parse(line) for line in whole.splitlines()], offset + len(whole) + len(newline)


def _parse(line: bytes) -> Event:
    try:
        event = json.loads(line)
    except ValueError:
        return {"event": "Damaged"}
    return event if isinstance(event, dict) and "event" in event else {"event": "Damaged"}


class Curve:
    """Values along a training, thinned out to means as they come, so that they stay few.

    Attributes:
        max_points: How many there may be.
        points: (step, value): the mean over `stride` steps and the last of these steps.
        stride: Steps to a point; doubles whenever the points become too many.

    >>> curve = Curve()
    >>> for step in range(1, 1001):
    ...     curve.append(step, float(step))
    >>> len(curve.points), curve.stride, curve.points[0]
    (500, 2, (2, 1.5))
    """

    def __init__(self, max_points: int = MAX_POINTS) -> None:
        self.max_points = max_points
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
        if len(self.points) > self.max_points:
            pairs = zip(self.points[::2], self.points[1::2], strict=False)
            odd = self.points[-1][1]
            self.points = [(step, (first + second) / 2) for (_, first), (step, second) in pairs]
            self._waiting = [odd] * self.stride
            self.stride *= 2

    def smoothed(self) -> list[float]:
        """Return each point's value, its predecessors weighed in: an exponential moving average.

        Unbiased from the first point on, as Kingma & Ba (2015), section 3, correct theirs.

        >>> curve = Curve()
        >>> for step in (1, 2, 3):
        ...     curve.append(step, 2.0)
        >>> [round(value, 6) for value in curve.smoothed()]
        [2.0, 2.0, 2.0]
        """
        mean, values = 0.0, []
        for count, (_, value) in enumerate(self.points, start=1):
            mean = SMOOTHING * mean + (1 - SMOOTHING) * value
            values.append(mean / (1 - SMOOTHING**count))
        return values

    def cut(self, step: int) -> None:
        """Forget what came after a step."""
        self.points = [point for point in self.points if point[0] <= step]
        self._waiting = []


def _layer_curve() -> Curve:
    return Curve(MAX_LAYER_POINTS)


class RunMetrics:
    """What a run has reported so far; `poll` reads on from where the last poll ended.

    Attributes:
        begin: The first event of the last start: device, number of steps.
        step: The last `StepEnd`, or None.
        epochs: Every `EpochEnd`, in order.
        loss: Of the training batches.
        accuracy: Of the same, in [0, 1].
        learning_rate: Of the steps.
        weights: The size of each layer's weights, as their root mean square.
        gradients: The same of the gradient.
        changes: Every `LearningRateChange`, in order.
        notices: What the run had to say at its last start, in sentences.
        num_damaged: Lines that could not be read.
        version: Grows whenever something was read: what was drawn from an older one is out of date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begin: Event | None = None
        self.step: Event | None = None
        self.epochs: list[Event] = []
        self.loss = Curve()
        self.accuracy = Curve()
        self.learning_rate = Curve()
        self.weights: defaultdict[str, Curve] = defaultdict(_layer_curve)
        self.gradients: defaultdict[str, Curve] = defaultdict(_layer_curve)
        self.changes: list[Event] = []
        self.notices: list[str] = []
        self.num_damaged = 0
        self.version = 0
        self._recent: deque[tuple[int, float]] = deque(maxlen=LOOK_BACK_EVENTS)
        self._offset = 0
        self._lock = threading.Lock()

    def poll(self) -> None:
        """Read what has been written since the last time; several threads may ask."""
        with self._lock:
            events, self._offset = read_events(self.path, self._offset)
            self.version += bool(events)
            for event in events:
                self._take(event)

    def _take(self, event: Event) -> None:
        match event["event"]:
            case "Begin":  # the steps since the last checkpoint will come once more
                self.begin = event
                self.notices = []
                self._forget_after(event["step"])
                self._recent.append((event["step"], event["time"]))
            case "StepEnd":
                self.step = event
                self._recent.append((event["step"], event["time"]))
                for name in ("loss", "accuracy", "learning_rate"):
                    getattr(self, name).append(event["step"], event[name])
            case "EpochEnd":
                self.epochs.append(event)
            case "LayerSizes":
                for curves, sizes in (
                    (self.weights, event["weights"]),
                    (self.gradients, event["gradients"]),
                ):
                    for layer, size in sizes.items():
                        curves[layer].append(event["step"], size)
            case "LearningRateChange":
                self.changes.append(event)
            case "Notice":
                self.notices.append(event["message"])
            case "Damaged":
                self.num_damaged += 1

    def _forget_after(self, step: int) -> None:
        curves = (self.loss, self.accuracy, self.learning_rate)
        for curve in (*curves, *self.weights.values(), *self.gradients.values()):
            curve.cut(step)
        self.epochs = [event for event in self.epochs if event["step"] <= step]
        self._recent.clear()

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
        """The pace of the last steps, validation included; None before the second step."""
        if len(self._recent) < 2:
            return None
        (first_step, began), (last_step, ended) = self._recent[0], self._recent[-1]
        return None if ended <= began else (last_step - first_step) / (ended - began)

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
