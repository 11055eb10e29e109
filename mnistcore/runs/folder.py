"""A run's folder and every file in it; nobody else spells their names.

None is ever half there: see `files.written_whole`. Imports no torch: whoever only watches runs does
not wait for it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnistcore.files import CHECKOUT, read_json


class _File:
    """A path in a run's folder."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, run: "Run", kind: type["Run"]) -> Path:
        return run.folder / self._name


@dataclass(frozen=True)
class Run:
    """A run's folder, and where its files lie.

    >>> Run(Path("runs/mine")).epoch_file(7).as_posix()
    'runs/mine/epochs/0007.pt'
    """

    folder: Path

    config_file = _File("config.json")  # what was asked for: network, recipe, device, versions
    metrics = _File("metrics.jsonl")  # an event a line, only ever added to: see `events`
    checkpoint = _File("checkpoint.pt")  # weights and training state, replaced as the run goes on
    previous_checkpoint = _File("checkpoint.previous.pt")  # the one before, should that be damaged
    damaged_checkpoint = _File("checkpoint.damaged.pt")  # put aside
    epochs = _File("epochs")  # a folder: see `epochs`
    snapshot = _File("snapshot.npz")  # what the page shows of the network as it forms
    log = _File("log.txt")  # what the process printed, if it was started by `all_runs.start`

    started = _File("started.json")  # when a process was last started
    lock = _File(".lock")  # held by the process that lives
    phase = _File("phase.json")  # what that process does, and its place in line: see `queue`
    outcome = _File("outcome.json")  # how the run ended, once it has
    reserved = _File(".reserved")  # room for the outcome on a full disk

    stop_request = _File("stop")  # see `control`
    pause_request = _File("pause")
    learning_rate_request = _File("learning_rate.json")

    @property
    def name(self) -> str:
        """The folder's name, which is the run's."""
        return self.folder.name

    @property
    def config(self) -> dict[str, Any]:
        """What was asked for."""
        return read_json(self.config_file) or {}

    def epoch_file(self, epoch: int) -> Path:
        """Return where the weights after an epoch lie, if they were kept."""
        return self.epochs / f"{epoch:04}.pt"


def runs_folder() -> Path:
    """Return the folder of all runs: what `MNISTCORE_RUNS` names, or `runs/`.

    That is the checkout's; of an installed library, the one where it is called.
    """
    return Path(os.environ.get("MNISTCORE_RUNS") or (CHECKOUT or Path()) / "runs").absolute()


def all_folders() -> list[Run]:
    """Return every run there is, in no order."""
    folders = runs_folder()
    if not folders.is_dir():
        return []
    return [run for run in map(Run, folders.iterdir()) if run.config_file.exists()]


def machine_lock() -> Path:
    """Return the lock that is held by the one run that trains."""
    return runs_folder() / ".lock"
