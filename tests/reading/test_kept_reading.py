import shutil
from pathlib import Path

import numpy as np
import pytest

from mnistcore.__main__ import main
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT, load_classifier
from mnistcore.reading.kept_reading import keep_reading, kept_reading, reading_file

EVERY = 40  # of whose images the larger network is asked again; all would take half a minute


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    file = tmp_path / "mynet.pt"
    shutil.copyfile(MYNET, file)
    return file


@pytest.mark.parametrize(("file", "step"), [(MYNET, 1), (SHIPPED_CHECKPOINT, EVERY)])
def test_what_is_shipped_is_what_the_shipped_weights_read(file: Path, step: int) -> None:
    images = load_split("test").images[::step].numpy()

    kept = kept_reading(file)

    assert kept is not None, f"python -m mnistcore keep-reading {file}"
    np.testing.assert_allclose(kept[::step], load_classifier(file).predict(images), atol=1e-5)


def test_every_row_that_is_shipped_is_of_probabilities() -> None:
    for file in (MYNET, SHIPPED_CHECKPOINT):
        kept = kept_reading(file)

        assert kept is not None
        np.testing.assert_allclose(kept.sum(axis=1), 1, atol=1e-5)


def test_what_is_kept_comes_back_number_for_number(checkpoint: Path) -> None:
    said = np.random.default_rng(1).random((7, 10), np.float32)

    keep_reading(checkpoint, said)

    kept = kept_reading(checkpoint, num_images=7)
    assert kept is not None
    np.testing.assert_array_equal(kept, said)


def test_other_weights_have_no_reading(checkpoint: Path) -> None:
    keep_reading(checkpoint, np.zeros((7, 10), np.float32))

    checkpoint.write_bytes(checkpoint.read_bytes() + b"\0")

    assert kept_reading(checkpoint, num_images=7) is None


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_a_damaged_reading_counts_as_none(checkpoint: Path, place: int) -> None:
    keep_reading(checkpoint, np.zeros((7, 10), np.float32))
    content = bytearray(reading_file(checkpoint).read_bytes())
    content[place] ^= 1
    reading_file(checkpoint).write_bytes(content)

    assert kept_reading(checkpoint, num_images=7) is None


@pytest.mark.parametrize("size", [0, 31, 312, 100_000])
def test_a_reading_of_another_length_counts_as_none(checkpoint: Path, size: int) -> None:
    reading_file(checkpoint).write_bytes(bytes(size))

    assert kept_reading(checkpoint, num_images=7) is None


def test_a_folder_in_its_place_counts_as_none(checkpoint: Path) -> None:
    reading_file(checkpoint).mkdir()

    assert kept_reading(checkpoint, num_images=7) is None


def test_the_command_keeps_what_a_checkpoint_reads(
    checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keep-reading", str(checkpoint)]) == 0

    kept, shipped = kept_reading(checkpoint), kept_reading(MYNET)
    assert kept is not None and shipped is not None
    np.testing.assert_allclose(kept, shipped, atol=1e-5)
    assert "9,947 of 10,000 test images read right" in capsys.readouterr().out
