"""Where a classifier goes wrong: counts, shares with their intervals, the worst mistakes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mnistcore.models.interval import accuracy_interval
from mnistcore.reading.gallery import ReadSplit

NUM_CLASSES = 10
MOST_MISTAKES = 24


@dataclass(frozen=True)
class DigitAccuracy:
    """How often one digit is read right; shares in [0, 1], with their 95 % interval."""

    digit: int
    num_images: int
    num_correct: int
    accuracy: float
    low: float
    high: float


@dataclass(frozen=True)
class Report:
    """What became of a split's images.

    Attributes:
        confusion: (10, 10) int64: how often the digit of the row was read as that of the column.
        digits: One for each digit, in order.
        whole: The same for all digits together; its `digit` is -1.
        worst: Indices of the mistakes, that of the surest first, up to 24.
    """

    confusion: npt.NDArray[np.int64]
    digits: list[DigitAccuracy]
    whole: DigitAccuracy
    worst: list[int]


def make_report(reading: ReadSplit) -> Report:
    """Count what a classifier read in a split.

    Args:
        reading: All images with their truths and probabilities.

    >>> blank = np.zeros((3, 28, 28), np.uint8)
    >>> report = make_report(
    ...     ReadSplit(blank, np.array([3, 4, 4]), np.eye(10, dtype=np.float32)[[3, 9, 4]])
    ... )
    >>> int(report.confusion[4, 9]), report.digits[4].accuracy, report.worst
    (1, 0.5, [1])
    """
    pairs = NUM_CLASSES * reading.labels + reading.predictions  # (N,): one number for each pair
    confusion = np.bincount(pairs, minlength=NUM_CLASSES**2).reshape(NUM_CLASSES, NUM_CLASSES)
    mistakes = np.flatnonzero(reading.predictions != reading.labels)
    surest_first = mistakes[(-reading.probabilities[mistakes].max(axis=1)).argsort(kind="stable")]
    return Report(
        confusion,
        [_accuracy(d, confusion[d].sum(), confusion[d, d]) for d in range(NUM_CLASSES)],
        _accuracy(-1, confusion.sum(), confusion.trace()),
        surest_first[:MOST_MISTAKES].tolist(),
    )


def _accuracy(digit: int, num_images: np.int64, num_correct: np.int64) -> DigitAccuracy:
    images, correct = int(num_images), int(num_correct)
    if images == 0:
        return DigitAccuracy(digit, 0, 0, 0.0, 0.0, 1.0)
    return DigitAccuracy(
        digit, images, correct, correct / images, *accuracy_interval(correct, images)
    )
