"""What a page shows of a network as it forms, in one small file: written by the run, read by pages.

Imports no torch.
"""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from mnistcore.files import written_whole


@dataclass(frozen=True)
class Snapshot:
    """A network at one step.

    Attributes:
        step: Steps taken.
        kernels: (K, H, W) float32, up to 16 of the first layer's.
        images: (N, 28, 28) uint8, the digits that are watched.
        labels: (N,) int64, what they are.
        probabilities: (N, 10) float32, what the network takes them for.
    """

    step: int
    kernels: npt.NDArray[np.float32]
    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]


def save_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Write a snapshot in the place of the last, whole or not at all.

    Args:
        path: A run's `snapshot.npz`.
        snapshot: What to write.
    """
    with written_whole(path) as aside, aside.open("wb") as file:
        np.savez(file, **vars(snapshot))


def load_snapshot(path: Path) -> Snapshot | None:
    """Return the last snapshot, or None if there is none that can be read.

    Args:
        path: A run's `snapshot.npz`.

    >>> load_snapshot(Path("there-is-no-such-file")) is None
    True
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Snapshot(
                step=int(arrays["step"]),
                **{name: arrays[name] for name in ("kernels", "images", "labels", "probabilities")},
            )
    except (FileNotFoundError, BadZipFile, KeyError, ValueError):
        return None  # it is only a picture, and the next one replaces it
