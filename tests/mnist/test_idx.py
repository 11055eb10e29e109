"""The published files read without torch; the split that torchvision reads is the witness."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.mnist.idx import ARCHIVES, read_idx
from mnistcore.mnist.splits import load_split

WAY_OUT = r"as data/README\.md describes"


def test_the_test_split_is_the_one_that_torchvision_reads() -> None:
    split = load_split("test")

    images = read_idx(ARCHIVES / "t10k-images-idx3-ubyte.gz")
    labels = read_idx(ARCHIVES / "t10k-labels-idx1-ubyte.gz")

    assert np.array_equal(images, split.images.numpy())
    assert np.array_equal(labels, split.labels.numpy())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=rf"There is no nothing\.gz.*{WAY_OUT}"):
        read_idx(tmp_path / "nothing.gz")


@pytest.mark.parametrize("content", [b"", b"\0\0\x0d\x01", b"\0\0\x08\x02\0\0\0\x01", b"digits"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.gz"
    path.write_bytes(gzip.compress(content))

    with pytest.raises(InvalidInputError, match=rf"other\.gz is no IDX file.*{WAY_OUT}"):
        read_idx(path)


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    whole = (ARCHIVES / "t10k-labels-idx1-ubyte.gz").read_bytes()
    path = tmp_path / "torn.gz"
    path.write_bytes(whole[:-100])

    with pytest.raises(InvalidInputError, match=rf"torn\.gz is no whole gzip file.*{WAY_OUT}"):
        read_idx(path)


def test_a_file_with_too_few_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "short.gz"
    path.write_bytes(gzip.compress(b"\0\0\x08\x01\0\0\0\x05abc"))

    with pytest.raises(InvalidInputError, match=rf"shape \(5,\) but holds 3 numbers.*{WAY_OUT}"):
        read_idx(path)
