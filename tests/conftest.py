"""What tests of several modules need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import settings

from mnistcore.mnist.splits import Split

# A first call to torch takes longer than hypothesis allows.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def toy_split(name: str = "train", num_images: int = 40) -> Split:
    """Make digits that a network can tell apart at once: a bright row, whose place is the label."""
    labels = torch.arange(num_images) % 10
    images = torch.zeros(num_images, 28, 28, dtype=torch.uint8)
    for image, label in zip(images, labels.tolist(), strict=True):
        image[2 * label + 4 : 2 * label + 6, 6:22] = 255
    return Split(name, images, labels)


@pytest.fixture
def runs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give runs a folder of their own."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("MNISTCORE_RUNS", str(folder))
    yield folder
