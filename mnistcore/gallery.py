"""A split, what a classifier reads in it, and which of its images are worth a look. No torch."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Reading:
    """Every image of a split with its truth and with what a classifier makes of it.

    Attributes:
        images: (N, 28, 28) uint8, bright ink on black.
        labels: (N,) int64, 0 to 9.
        probabilities: (N, 10) float32.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    probabilities: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def predictions(self) -> npt.NDArray[np.int64]:
        """(N,): the most probable digit of each image."""
        most_probable: npt.NDArray[np.int64] = self.probabilities.argmax(axis=1)  # (N, 10) -> (N,)
        return most_probable

    @property
    def num_correct(self) -> int:
        """How many predictions are right."""
        return int((self.predictions == self.labels).sum())

    def indices(self, *, only_mistakes: bool = False) -> list[int]:
        """Return which images to show, in the split's own order.

        >>> blank = np.zeros((2, 28, 28), np.uint8)
        >>> reading = Reading(blank, np.array([3, 4]), np.eye(10, dtype=np.float32)[[3, 9]])
        >>> reading.indices(), reading.indices(only_mistakes=True)
        ([0, 1], [1])
        """
        wanted = self.predictions != self.labels if only_mistakes else np.ones(len(self), bool)
        indices: list[int] = np.flatnonzero(wanted).tolist()
        return indices


def count_pages(num_images: int, page_size: int) -> int:
    """Return how many pages the images fill; an empty page is one too.

    >>> count_pages(61, 60), count_pages(0, 60)
    (2, 1)
    """
    return max(1, -(-num_images // page_size))
