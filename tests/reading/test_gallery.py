import numpy as np
import pytest

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS
from mnistcore.mnist.splits import load_split
from mnistcore.reading.gallery import Order, ReadSplit, Selection

LABELS = np.array([7, 2, 1, 0, 2])
SAID = np.array([7, 3, 1, 6, 2])
SURE = np.array([0.9, 0.6, 1.0, 0.8, 0.5])  # of what is said


def toy_reading() -> ReadSplit:
    rest = (1 - SURE) / 9
    probabilities = np.repeat(rest[:, None], 10, axis=1)
    probabilities[np.arange(5), SAID] = SURE
    images = np.zeros((5, 28, 28), np.uint8)
    return ReadSplit(images, LABELS, probabilities.astype(np.float32), doubtful=(1, 4, 99))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [0, 1, 2, 3, 4]),
        (Selection(label=2), [1, 4]),
        (Selection(prediction=3), [1]),
        (Selection(label=2, prediction=2), [4]),
        (Selection(only_mistakes=True), [1, 3]),
        (Selection(only_doubtful=True), [1, 4]),
        (Selection(confidence=(0.55, 0.95)), [0, 1, 3]),
        (Selection(label=5), []),
    ],
)
def test_a_selection_keeps_what_meets_all_of_it(selection: Selection, expected: list[int]) -> None:
    assert toy_reading().indices(selection) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("index", [0, 1, 2, 3, 4]),
        ("least sure", [4, 1, 3, 0, 2]),
        ("most sure", [2, 0, 3, 1, 4]),
        ("loss", [3, 1, 4, 0, 2]),  # the mistakes first, the surer of them before the other
    ],
)
def test_the_order_is_by_what_it_says(order: Order, expected: list[int]) -> None:
    assert toy_reading().indices(order=order) == expected


def test_the_loss_of_a_digit_ruled_out_is_finite() -> None:
    reading = ReadSplit(
        np.zeros((1, 28, 28), np.uint8), np.array([1]), np.eye(10, dtype=np.float32)[[0]]
    )

    assert np.isfinite(reading.losses).all()


def test_the_doubtful_labels_are_the_test_sets_own() -> None:
    labels = load_split("test").labels

    assert len(DOUBTFUL_TEST_LABELS) == 15
    assert all(int(labels[i]) == doubt.label for i, doubt in DOUBTFUL_TEST_LABELS.items())
