"""A run's folder: where its files lie, and how they are written so that none is ever half there.

    runs/NAME/config.json             what was asked for: network, recipe, device, versions
    runs/NAME/metrics.jsonl           one event a line, only ever added to
    runs/NAME/checkpoint.pt           weights and training state, replaced as the run goes on
    runs/NAME/checkpoint.previous.pt  the one before, should the last be damaged
    runs/NAME/epochs/0007.pt          the weights after epoch 7, see `epochs`
    runs/NAME/snapshot.npz            what the page shows of the network as it forms
    runs/NAME/outcome.json            how it ended, once it has
    runs/NAME/log.txt                 what the process printed, if it was started from a page

Imports no torch: whoever only watches runs does not wait for it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnistcore.files import CHECKOUT, read_json


@dataclass(frozen=True)
class Run:
    """A run's folder, and where its files lie."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, which is the run's."""
        return self.folder.name

    @property
    def checkpoint(self) -> Path:
        """Where the run's last checkpoint lies, once there is one."""
        return self.folder / "checkpoint.pt"

    @property
    def previous_checkpoint(self) -> Path:
        """Where the one before it lies."""
        return self.folder / "checkpoint.previous.pt"

    @property
    def metrics(self) -> Path:
        """One JSON object a line, one line an event."""
        return self.folder / "metrics.jsonl"

    @property
    def snapshot(self) -> Path:
        """See `snapshot`."""
        return self.folder / "snapshot.npz"

    @property
    def log(self) -> Path:
        """What the process printed, if it was started by `runs.start`."""
        return self.folder / "log.txt"

    @property
    def config(self) -> dict[str, Any]:
        """What was asked for."""
        return read_json(self.folder / "config.json") or {}


def runs_folder() -> Path:
    """Return the folder of all runs: what `MNISTCORE_RUNS` names, or `runs/`.

    That is the checkout's; of an installed library, the one where it is called.
    """
    return Path(os.environ.get("MNISTCORE_RUNS") or (CHECKOUT or Path()) / "runs").absolute()
