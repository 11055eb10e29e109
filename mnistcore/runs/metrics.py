"""The metrics of a run, followed while it goes on. Imports no torch."""

import threading
from collections import defaultdict, deque
from functools import partial
from pathlib import Path

from mnistcore.runs.curve import Curve, SmoothedCurve
from mnistcore.runs.events import (
    Begin,
    Damaged,
    LayerSizes,
    LearningRateChange,
    Notice,
    RunEvent,
    read_lines,
)
from mnistcore.runs.kept_sentence import FromFile
from mnistcore.training.events import EpochEnd, StepEnd

MAX_LAYER_POINTS = 100
PACE_STEPS = 200  # over which the pace is measured


class RunMetrics:
    """What a run has reported so far; `poll` reads on from where the last poll ended.

    Attributes:
        begin: That of the last start: device, number of steps.
        step: The last step's end, or None.
        epochs: Every epoch's end, in order.
        loss: Of the training batches.
        accuracy: Of the same, in [0, 1].
        learning_rate: Of the steps.
        weights: The size of each layer's weights, as their root mean square.
        gradients: The same of the gradient.
        changes: Every change of the learning rate, in order.
        notices: What the run had to say at its last start, in sentences.
        num_damaged: Lines that could not be read.
        version: Grows whenever something was read: what was drawn from an older one is out of date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begin: Begin | None = None
        self.step: StepEnd | None = None
        self.epochs: list[EpochEnd] = []
        self.loss = SmoothedCurve()
        self.accuracy = SmoothedCurve()
        self.learning_rate = Curve()
        self.weights: defaultdict[str, Curve] = defaultdict(partial(Curve, MAX_LAYER_POINTS))
        self.gradients: defaultdict[str, Curve] = defaultdict(partial(Curve, MAX_LAYER_POINTS))
        self.changes: list[LearningRateChange] = []
        self.notices: list[str] = []
        self.num_damaged = 0
        self.version = 0
        self._seconds: deque[float] = deque(maxlen=PACE_STEPS)
        self._offset = 0
        self._lock = threading.Lock()

    def poll(self) -> None:
        """Read what has been written since the last time; several threads may ask."""
        with self._lock:
            lines, self._offset = read_lines(self.path, self._offset)
            self.version += bool(lines)
            for line in lines:
                self._take(line.event)

    def _take(self, event: RunEvent) -> None:
        match event:
            case Begin():  # the steps since the last checkpoint will come once more
                self.begin = event
                self.notices = []
                self._forget_after(event.step)
                for curve in (self.loss, self.accuracy):
                    curve.smooth_for(event.num_steps)
            case StepEnd():
                self.step = event
                self._seconds.append(event.seconds)
                self.loss.append(event.step, event.loss)
                self.accuracy.append(event.step, event.accuracy)
                self.learning_rate.append(event.step, event.learning_rate)
            case EpochEnd():
                self.epochs.append(event)
            case LayerSizes():
                for layer, size in event.weights.items():
                    self.weights[layer].append(event.step, size)
                for layer, size in event.gradients.items():
                    self.gradients[layer].append(event.step, size)
            case LearningRateChange():
                self.changes.append(event)
            case Notice():
                self.notices.append(FromFile(event))
            case Damaged():
                self.num_damaged += 1

    def _forget_after(self, step: int) -> None:
        curves = (self.loss, self.accuracy, self.learning_rate)
        for curve in (*curves, *self.weights.values(), *self.gradients.values()):
            curve.cut(step)
        self.epochs = [event for event in self.epochs if event.step <= step]
        self._seconds.clear()

    @property
    def num_steps(self) -> int:
        """How many steps the whole run has; 1 before it has told."""
        return 1 if self.begin is None else self.begin.num_steps

    @property
    def progress(self) -> float:
        """The share of all steps that has been taken, in [0, 1]."""
        return 0.0 if self.step is None else min(1.0, self.step.step / self.num_steps)

    @property
    def progress_text(self) -> str:
        """How far the run has come, and on what, in words."""
        if self.begin is None:
            return "Loading PyTorch and the data ..."
        step = 0 if self.step is None else self.step.step
        device, threads = self.begin.device, self.begin.num_threads
        if device == "cpu":
            device = f"the CPU with {threads} thread{'s' if threads > 1 else ''}"
        return f"Step {step:,} of {self.begin.num_steps:,}, on {device}"

    @property
    def seconds_per_step(self) -> float | None:
        """What the last steps took in the mean, and nothing else; None before the first."""
        return sum(self._seconds) / len(self._seconds) if any(self._seconds) else None

    @property
    def images_per_second(self) -> float | None:
        """The same pace in images; where no step tells, that of the last epoch."""
        seconds = self.seconds_per_step
        if seconds is not None and self.begin is not None:
            return self.begin.batch_size / seconds
        return self.epochs[-1].images_per_second if self.epochs else None

    @property
    def seconds_left(self) -> float | None:
        """How long the steps that are left take at this pace."""
        if self.seconds_per_step is None or self.begin is None or self.step is None:
            return None
        return max(0, self.begin.num_steps - self.step.step) * self.seconds_per_step
