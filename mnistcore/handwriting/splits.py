"""MNIST and generated drawings together, as splits to learn from and to watch.

The generated part is kept on disk beside MNIST, under a name that tells its sizes, its seed and
what the generator draws: a changed style gives a new file.
"""

import hashlib
from pathlib import Path

import numpy as np
import torch
from filelock import FileLock

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import Drawings, generate_digits, generate_non_digits, join
from mnistcore.handwriting.non_digit_styles import LETTERS, SHAPES, SIGNS
from mnistcore.mnist.splits import Split, SplitName, find_root, load_split

# Digits, things that are none, and the seed, which no two splits share.
SIZES = {"train": (60_000, 20_000, 1), "valid": (5_000, 3_000, 2), "test": (10_000, 6_000, 3)}


def load_drawings(name: SplitName) -> Drawings:
    """Return a split's generated drawings, digits first; generated on the first call.

    Args:
        name: `train` (80,000, some minutes of work), `valid` (8,000) or `test` (16,000).
    """
    num_digits, num_non_digits, seed = SIZES[name]
    folder = find_root() / "drawings"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{num_digits}-{num_non_digits}-{seed}-{_fingerprint()}.npz"
    with FileLock(folder / ".generating.lock"):
        if not path.exists():
            digits = generate_digits(num_digits, seed=seed)
            non_digits = generate_non_digits(num_non_digits, seed=seed)
            _save(path, join([digits, non_digits]))
    with np.load(path, allow_pickle=False) as arrays:
        return Drawings(*(arrays[field] for field in Drawings._fields))


def load_split_with_drawings(name: SplitName) -> Split:
    """Return a split of MNIST followed by its generated drawings; label 10 is "not a digit"."""
    mnist = load_split(name)
    drawings = load_drawings(name)
    return Split(
        name,
        torch.cat([mnist.images, torch.from_numpy(drawings.images)]),
        torch.cat([mnist.labels, torch.from_numpy(drawings.labels)]),
    )


def _save(path: Path, drawings: Drawings) -> None:
    """Write beside the place, then rename: never half a file."""
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        np.savez_compressed(file, **drawings._asdict())
    aside.replace(path)


def _fingerprint() -> str:
    """Return a name for what the generator draws, as it stands now."""
    digest = hashlib.sha256(repr([DIGIT_STYLES, LETTERS, SIGNS, SHAPES]).encode())
    for sample in (generate_digits(100, seed=0), generate_non_digits(100, seed=0)):
        digest.update(sample.images.tobytes())
    return digest.hexdigest()[:12]
