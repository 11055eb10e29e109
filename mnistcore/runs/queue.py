"""Whose turn it is to train: one run at a time, the others in the order in which they came.

A living run's phase says that it waits or trains, and since when it has been in line; a paused run
has left the line. Imports no torch.
"""

import time
from dataclasses import asdict

from filelock import FileLock, Timeout

from mnistcore.files import remove, write_json
from mnistcore.runs.control import read_requests
from mnistcore.runs.folder import Run, all_folders, machine_lock
from mnistcore.runs.schema import Phase, PhaseName, read_if_whole
from mnistcore.runs.status import is_locked

SECONDS_BETWEEN_CHECKS = 0.1  # of whether its turn has come, by a run that waits


def runs_before(run: Run) -> list[Run]:
    """Return who trains or waits before this run, the first first."""
    own = _place_in_line(run)
    if own is None:
        return []
    places = ((_place_in_line(other), other) for other in all_folders() if is_locked(other.lock))
    before = [(place, other) for place, other in places if place is not None and place < own]
    return [other for _, other in sorted(before, key=lambda pair: pair[0])]


class Turn:
    """A living run's turn to train: waited for in line, held by one run at a time, given back."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._machine = FileLock(machine_lock())

    @property
    def is_taken(self) -> bool:
        """Whether the run may train now."""
        return self._machine.is_locked

    def take(self) -> bool:
        """Wait for the turn; false if the run was asked to stop before it came."""
        since = time.time_ns()
        self._enter("waiting", since=since)
        while not (requests := read_requests(self.run)).stop:
            if requests.pause:
                return self.pause()
            if not runs_before(self.run) and self._machine_is_free():
                self._enter("running", since=since)
                return True
            time.sleep(SECONDS_BETWEEN_CHECKS)
        return False

    def pause(self) -> bool:
        """Let others train for as long as a pause is asked for, then `take` the turn again."""
        self._enter("paused")
        self._machine.release()
        while (requests := read_requests(self.run)).pause and not requests.stop:
            time.sleep(SECONDS_BETWEEN_CHECKS)
        return self.take()

    def give_back(self) -> None:
        """Leave the line, and the machine to whoever is next."""
        remove(self.run.phase)
        self._machine.release()

    def _machine_is_free(self) -> bool:
        try:
            self._machine.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _enter(self, phase: PhaseName, since: int | None = None) -> None:
        """Write phase and place in line as one, so that neither is ever seen without the other."""
        write_json(self.run.phase, asdict(Phase(phase, since)))


def _place_in_line(run: Run) -> tuple[int, str] | None:
    phase = read_if_whole(run.phase, Phase)
    return None if phase is None or phase.since is None else (phase.since, run.name)
