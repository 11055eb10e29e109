from pathlib import Path

import numpy as np
import pytest

from mnistcore.handwriting import splits
from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.splits import load_drawings, load_split_with_drawings
from tests.conftest import toy_split


@pytest.fixture(autouse=True)
def few_drawings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(splits, "find_root", lambda: tmp_path)
    monkeypatch.setattr(splits, "load_split", toy_split)
    monkeypatch.setattr(splits, "SIZES", {"train": (30, 20, 1), "valid": (30, 20, 2)})
    return tmp_path


def test_mnist_comes_first_then_digits_then_what_is_none() -> None:
    split = load_split_with_drawings("train")

    assert len(split) == 40 + 30 + 20
    assert split.labels[40:70].tolist() == list(range(10)) * 3
    assert split.labels[70:].tolist() == [10] * 20


def test_drawings_are_generated_once_and_then_read(
    few_drawings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_drawings("train")
    fingerprint = splits._fingerprint()
    monkeypatch.setattr(splits, "_fingerprint", lambda: fingerprint)
    monkeypatch.delattr(splits, "generate_digits")
    second = load_drawings("train")

    assert np.array_equal(first.images, second.images)
    assert len(list((few_drawings / "drawings").glob("*.npz"))) == 1


def test_a_changed_style_asks_for_new_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    before = splits._fingerprint()
    monkeypatch.setattr(splits, "DIGIT_STYLES", DIGIT_STYLES[:-1])

    assert splits._fingerprint() != before


def test_no_drawing_is_in_two_splits() -> None:
    seen = {image.tobytes() for image in load_drawings("train").images}

    assert not seen & {image.tobytes() for image in load_drawings("valid").images}
