"""A split, what a classifier reads in it, and which of its images are worth a look. No torch."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS

Order = Literal["index", "loss", "least sure", "most sure"]

LEAST_PROBABILITY = 1e-12  # a loss is infinite where the probability is rounded to 0


@dataclass(frozen=True)
class Selection:
    """Which images to show: those that meet all of these.

    Attributes:
        label: The digit that they show.
        prediction: The digit that they are read as.
        only_mistakes: Read as another digit than they show.
        only_doubtful: With a label that people doubt.
        confidence: Lowest and highest probability of the digit read, both included.
    """

    label: int | None = None
    prediction: int | None = None
    only_mistakes: bool = False
    only_doubtful: bool = False
    confidence: tuple[float, float] = (0.0, 1.0)


EVERYTHING = Selection()


@dataclass(frozen=True)
class ReadSplit:
    """Every image of a split with its truth and with what a classifier makes of it.

    Attributes:
        images: (N, 28, 28) uint8, bright ink on black.
        labels: (N,) int64, 0 to 9.
        probabilities: (N, 10) float32.
        doubtful: Indices of images whose label people doubt; the test split's by default.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]
    doubtful: tuple[int, ...] = tuple(DOUBTFUL_TEST_LABELS)

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def predictions(self) -> npt.NDArray[np.int64]:
        """(N,): the most probable digit of each image."""
        most_probable: npt.NDArray[np.int64] = self.probabilities.argmax(axis=1)  # (N, 10) -> (N,)
        return most_probable

    @cached_property
    def confidences(self) -> npt.NDArray[np.float32]:
        """(N,): the probability of the digit that each image is read as, at most 1."""
        highest: npt.NDArray[np.float32] = self.probabilities.max(axis=1)  # (N, 10) -> (N,)
        return np.minimum(highest, 1)

    @cached_property
    def losses(self) -> npt.NDArray[np.float64]:
        """(N,): the cross entropy of each image, in nats."""
        of_truth = self.probabilities[np.arange(len(self)), self.labels].astype(np.float64)
        losses: npt.NDArray[np.float64] = -np.log(np.maximum(of_truth, LEAST_PROBABILITY))
        return losses

    @property
    def num_correct(self) -> int:
        """How many predictions are right."""
        return int((self.predictions == self.labels).sum())

    def indices(self, selection: Selection = EVERYTHING, order: Order = "index") -> list[int]:
        """Return which images to show, and in which order; those alike stay in the split's own.

        >>> blank = np.zeros((3, 28, 28), np.uint8)
        >>> sure, unsure = np.eye(10), np.full((10, 10), 0.05) + np.eye(10) / 2
        >>> probabilities = np.stack([sure[3], unsure[9], sure[1]]).astype(np.float32)
        >>> reading = ReadSplit(blank, np.array([3, 4, 1]), probabilities)
        >>> reading.indices(), reading.indices(Selection(only_mistakes=True))
        ([0, 1, 2], [1])
        >>> reading.indices(order="least sure")
        [1, 0, 2]
        """
        kept = np.flatnonzero(self._meets(selection))
        if order != "index":
            keys: dict[Order, npt.NDArray[np.floating[Any]]] = {
                "loss": -self.losses,
                "least sure": self.confidences,
                "most sure": -self.confidences,
            }
            kept = kept[np.argsort(keys[order][kept], kind="stable")]
        indices: list[int] = kept.tolist()
        return indices

    def _meets(self, selection: Selection) -> npt.NDArray[np.bool_]:
        low, high = selection.confidence
        meets = (self.confidences >= low) & (self.confidences <= high)
        if selection.label is not None:
            meets &= self.labels == selection.label
        if selection.prediction is not None:
            meets &= self.predictions == selection.prediction
        if selection.only_mistakes:
            meets &= self.predictions != self.labels
        if selection.only_doubtful:
            meets &= np.isin(np.arange(len(self)), self.doubtful)
        return meets


def count_pages(num_images: int, page_size: int) -> int:
    """Return how many pages the images fill; an empty page is one too.

    >>> count_pages(61, 60), count_pages(0, 60)
    (2, 1)
    """
    return max(1, -(-num_images // page_size))
