"""What a run writes down while it trains: metrics at every step, snapshots twice a second."""

import time

import torch

from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, Split
from mnistcore.runs.all_runs import installed_versions
from mnistcore.runs.control import clear_learning_rate_request
from mnistcore.runs.events import (
    Begin,
    LearningRateChange,
    Notice,
    RunEvent,
    append_event,
)
from mnistcore.runs.folder import Run
from mnistcore.runs.kept_sentence import kept_sentence
from mnistcore.runs.snapshot import save_snapshot
from mnistcore.training.distributed import unwrapped
from mnistcore.training.events import EpochEnd, Event
from mnistcore.training.loop import TrainingState
from mnistcore.worker.observation import layer_sizes, take_snapshot, watched_digits
from mnistcore.worker.resuming import keep_epoch, save

SECONDS_BETWEEN_SNAPSHOTS = 0.5
STEPS_BETWEEN_CHECKPOINTS = 300


class Record:
    """The writer of one run's folder.

    Attributes:
        run: Whose folder.
        state: The training it follows.
    """

    def __init__(self, run: Run, state: TrainingState, valid_split: Split) -> None:
        self.run = run
        self.state = state
        self._network = run.config.network
        self._digits = watched_digits(valid_split)
        self._next_snapshot = 0.0

    def begin(self, num_steps: int, notices: list[str]) -> None:
        """Write down what is about to happen, and on what."""
        device = next(self.state.model.parameters()).device
        name = torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
        self._append(
            Begin(
                step=self.state.step,
                num_steps=num_steps,
                batch_size=self.state.recipe.batch_size,
                device=name,
                num_threads=torch.get_num_threads(),
                num_processes=self.state.group.size,
                versions=installed_versions(),
            )
        )
        for notice in notices:
            self._append(Notice(**vars(kept_sentence(notice))))
        if self.state.step == 0:
            keep_epoch(self.run, self._network, self.state, None)

    def add(self, event: Event, *, checkpoint: bool) -> None:
        """Write an event down; a snapshot if it is time, a checkpoint if it is due or asked for."""
        self._append(event)
        is_epoch = isinstance(event, EpochEnd)
        if isinstance(event, EpochEnd):
            keep_epoch(self.run, self._network, self.state, event)
        if checkpoint or is_epoch or event.step % STEPS_BETWEEN_CHECKPOINTS == 0:
            save(self.run, self._network, self.state, event)
        if checkpoint or is_epoch or time.monotonic() >= self._next_snapshot:
            self._take_snapshot(event.step)
            self._next_snapshot = time.monotonic() + SECONDS_BETWEEN_SNAPSHOTS

    def change_learning_rate(self, learning_rate: float) -> None:
        """Write a change down before a step is taken with it, so that it can be repeated."""
        self._append(LearningRateChange(self.state.step + 1, learning_rate))
        clear_learning_rate_request(self.run)

    def _take_snapshot(self, step: int) -> None:
        model = unwrapped(self.state.model)
        self._append(layer_sizes(model, step))
        save_snapshot(
            self.run.snapshot, take_snapshot(model, step, self._digits, MNIST_MEAN, MNIST_STD)
        )

    def _append(self, event: RunEvent) -> None:
        append_event(self.run.metrics, event)
