"""MNIST: found, verified, unpacked and split, each split whole in memory.

Knows nothing of networks. Looks first beside the code, where the four official archives lie; a
checkout that cannot be written to is unpacked into the user's cache folder. Archives are unpacked,
and fetched, by torchvision, which is imported for that alone: it takes as long as torch itself.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from filelock import FileLock
from torch import Tensor

from mnistcore.errors import InvalidInputError
from mnistcore.files import CHECKOUT, PACKAGE
from mnistcore.mnist.idx import NUM_TEST

SplitName = Literal["train", "valid", "test"]

NUM_CLASSES = 10
IMAGE_SIDE_PX = 28
NUM_TRAIN, NUM_VALID = 55_000, 5_000  # the last of the 60,000 training images

# The article normalises with mean and standard deviation 0.5: [0, 1] becomes [-1, 1].
MNIST_MEAN = 0.5
MNIST_STD = 0.5

# Of an installed library there is none, and the user's cache folder serves.
PROJECT_DATA = (CHECKOUT or PACKAGE) / "data"

# The length in bytes of each unpacked file: an IDX header and one byte for each pixel or label.
IMAGES_HEADER, LABELS_HEADER = 16, 8
IMAGE_BYTES = IMAGE_SIDE_PX**2
UNPACKED_BYTES = {
    "train-images-idx3-ubyte": IMAGES_HEADER + (NUM_TRAIN + NUM_VALID) * IMAGE_BYTES,
    "train-labels-idx1-ubyte": LABELS_HEADER + NUM_TRAIN + NUM_VALID,
    "t10k-images-idx3-ubyte": IMAGES_HEADER + NUM_TEST * IMAGE_BYTES,
    "t10k-labels-idx1-ubyte": LABELS_HEADER + NUM_TEST,
}
# Where each split lies: the files' first word, its first image, how many it has.
PLACES: dict[SplitName, tuple[str, int, int]] = {
    "train": ("train", 0, NUM_TRAIN),
    "valid": ("train", NUM_TRAIN, NUM_VALID),
    "test": ("t10k", 0, NUM_TEST),
}


@dataclass(frozen=True)
class Split:
    """Part of MNIST.

    Attributes:
        name: Which part: `train`, `valid` or `test`.
        images: (N, 28, 28) uint8, bright ink on black.
        labels: (N,) int64 in 0 to 9.
    """

    name: str
    images: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)


def load_split(name: SplitName, root: Path | None = None) -> Split:
    """Load one split of MNIST, unpacking (or fetching) the archives first where needed.

    Args:
        name: `train` (the first 55,000 training images), `valid` (the last 5,000) or `test`
            (10,000).
        root: The folder that holds `MNIST/raw/`; the project's own `data/` by default.

    Returns:
        The split; images (N, 28, 28) uint8, labels (N,) int64.

    Raises:
        InvalidInputError: There is no such split, or an archive is missing or damaged and cannot
            be fetched; the message says which, and where it should lie.

    >>> split = load_split("test")
    >>> split.images.shape, split.images.dtype, split.labels[:3].tolist()
    (torch.Size([10000, 28, 28]), torch.uint8, [7, 2, 1])
    """
    if name not in PLACES:
        raise InvalidInputError(
            "There is no split {name!r}. Choose `train`, `valid` or `test`.", name=name
        )
    root = find_root() if root is None else root
    root.mkdir(parents=True, exist_ok=True)
    with FileLock(root / ".unpacking.lock"):
        _remove_torn_files(root)
        if not _is_unpacked(root):
            _unpack(root)
    return _read(root / "MNIST" / "raw", name)


def to_input(images: Tensor, mean: float = MNIST_MEAN, std: float = MNIST_STD) -> Tensor:
    """Turn stored images into what a network takes.

    Args:
        images: (N, 28, 28) uint8.
        mean: Subtracted after scaling to [0, 1].
        std: Divided by after that.

    Returns:
        (N, 1, 28, 28) float32, on the device of `images`.

    >>> to_input(torch.tensor([[[0, 255]]], dtype=torch.uint8))
    tensor([[[[-1.,  1.]]]])
    """
    return images.unsqueeze(1).to(torch.float32).mul_(1 / (255 * std)).sub_(mean / std)


def find_root() -> Path:
    """Return the folder to use: the project's, or the user's cache if that is read-only.

    >>> (find_root() / "MNIST").is_dir()
    True
    """
    if _is_unpacked(PROJECT_DATA) or os.access(PROJECT_DATA / "MNIST" / "raw", os.W_OK):
        return PROJECT_DATA
    root = _user_cache()
    raw = root / "MNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for archive in (PROJECT_DATA / "MNIST" / "raw").glob("*.gz"):
        if not (raw / archive.name).exists():
            shutil.copyfile(archive, raw / archive.name)
    return root


def _user_cache() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")
    return Path(base) / "mnistcore"


def _is_unpacked(root: Path) -> bool:
    raw = root / "MNIST" / "raw"
    return all(
        (raw / name).exists() and (raw / name).stat().st_size == size
        for name, size in UNPACKED_BYTES.items()
    )


def _remove_torn_files(root: Path) -> None:
    """Remove what an interrupted unpacking left: torchvision takes any file for a whole one."""
    for name, size in UNPACKED_BYTES.items():
        path = root / "MNIST" / "raw" / name
        if path.exists() and path.stat().st_size != size:
            path.unlink()


def _unpack(root: Path) -> None:
    from torchvision.datasets import MNIST

    try:
        for is_train in (True, False):
            MNIST(root, train=is_train, download=True)
    except (RuntimeError, OSError) as error:  # what torchvision raises once its mirrors fail
        raise InvalidInputError(_how_to_get_archives(root)) from error


def _read(raw: Path, name: SplitName) -> Split:
    files, first, number = PLACES[name]
    images = np.fromfile(
        raw / f"{files}-images-idx3-ubyte",
        np.uint8,
        number * IMAGE_BYTES,
        offset=IMAGES_HEADER + first * IMAGE_BYTES,
    ).reshape(number, IMAGE_SIDE_PX, IMAGE_SIDE_PX)
    labels = np.fromfile(
        raw / f"{files}-labels-idx1-ubyte", np.uint8, number, offset=LABELS_HEADER + first
    )
    return Split(name, torch.from_numpy(images), torch.from_numpy(labels).long())


def _how_to_get_archives(root: Path) -> str:
    from torchvision.datasets import MNIST
    from torchvision.datasets.utils import check_integrity

    raw = root / "MNIST" / "raw"
    bad = [
        f"{name} ({'damaged' if (raw / name).exists() else 'missing'})"
        for name, md5 in MNIST.resources
        if not check_integrity(str(raw / name), md5)
    ]
    return (
        f"MNIST could not be loaded from {raw}: {', '.join(bad) or 'it cannot be written to'}. "
        f"Put the official archives there; they come with this project under data/MNIST/raw/ and "
        f"are served at {MNIST.mirrors[0]}."
    )
