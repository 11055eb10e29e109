"""Ctrl-C and `kill`, taken by a training's process as a request to stop at its next step."""

import signal
import time
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnistcore.runs.folder import Run

SAME_WISH_SECONDS = 1.0


class Interruption:
    """What this process was told by signals, from `listen` on, whether or not there is a run yet.

    A terminal sends Ctrl-C to every process of `torchrun`, which then sends it to them once more:
    what comes within a second is the same wish. What comes later ends the process at once.
    """

    def __init__(self) -> None:
        self._run: Run | None = None
        self._first: float | None = None

    def listen(self) -> None:
        """Take signals from now on; what was taken before is forgotten."""
        self._run = self._first = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._take)

    def ignore(self) -> None:
        """Take no more signals: the process has nothing left to do."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)

    def stop(self, run: "Run") -> None:
        """Let this run be stopped at its next step, keeping all; now, if that was asked already."""
        self._run = run
        if self._first is not None:
            run.stop_request.touch()

    def _take(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._first is None:
            self._first = now
            if self._run is not None:
                self._run.stop_request.touch()
        elif now - self._first > SAME_WISH_SECONDS:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)


INTERRUPTION = Interruption()
