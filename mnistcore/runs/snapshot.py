"""What a page shows of a network as it forms, in one small file: written by the run, read by pages.

Imports no torch.
"""

import zlib
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import numpy.typing as npt

from mnistcore.files import open_file, written_whole

MOST_KERNELS, MOST_DIGITS = 16, 20  # what a run writes, and a page draws at each look
MOST_WEIGHTS = 160_000  # of all kernels
MOST_BYTES = 2_000_000  # of one array; the largest there are take 50 kB
# Of a damaged archive, and of the headers of the arrays in it.
UNREADABLE = (
    *(OSError, BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError),
    *(RuntimeError, MemoryError, SyntaxError, TokenError),
)


@dataclass(frozen=True)
class Snapshot:
    """A network at one step.

    Attributes:
        step: Steps taken.
        kernels: (K, H, W) float32, up to 16 of the first layer's; finite once they are loaded.
        images: (N, 28, 28) uint8, the digits that are watched.
        labels: (N,) int64, what they are.
        probabilities: (N, 10) float32, what the network takes them for; finite as well.
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

    It is only a picture, and the next one replaces it.

    Args:
        path: A run's `snapshot.npz`.

    >>> load_snapshot(Path("there-is-no-such-file")) is None
    True
    """
    try:
        with open_file(path) as content, ZipFile(content) as file:
            arrays = [_read_array(file, f"{own.name}.npy") for own in fields(Snapshot)]
    except UNREADABLE:
        return None
    return _snapshot(*arrays)


def _read_array(file: ZipFile, name: str) -> npt.NDArray[Any]:
    if file.getinfo(name).file_size > MOST_BYTES:
        raise ValueError(f"{name} is too long")
    # NumPy reads as many bytes as there are, whatever the header asks for.
    array: npt.NDArray[Any] = np.lib.format.read_array(BytesIO(file.read(name)), allow_pickle=False)
    return array


def _snapshot(*arrays: npt.NDArray[Any]) -> Snapshot | None:
    """Return the arrays, in the order of a snapshot's fields, if they are what these should be."""
    step, kernels, images, labels, probabilities = arrays
    num_digits = len(images) if images.ndim else 0
    fits = (
        (step.ndim, step.dtype.kind) == (0, "i")
        and (kernels.ndim, kernels.dtype.name) == (3, "float32")
        and len(kernels) <= MOST_KERNELS
        and kernels.size <= MOST_WEIGHTS
        and num_digits <= MOST_DIGITS
        and (images.shape, images.dtype.name) == ((num_digits, 28, 28), "uint8")
        and (labels.shape, labels.dtype.name) == ((num_digits,), "int64")
        and (probabilities.shape, probabilities.dtype.name) == ((num_digits, 10), "float32")
        and bool(((labels >= 0) & (labels < 10)).all())
    )
    if not fits:
        return None
    return Snapshot(int(step), _finite(kernels), images, labels, _finite(probabilities))


def _finite(numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return 0 for what is none: a training may fail, and no browser reads a NaN."""
    return np.where(np.isfinite(numbers), numbers, np.float32(0))
