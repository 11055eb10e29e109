from threading import Event

import numpy as np
import numpy.typing as npt
import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.reading.classifier import Classifier
from tests.waiting import PATIENCE_SECONDS, wait_until
from ui.mnist import IMAGES_AT_A_TIME, Reading

IMAGES = np.zeros((2 * IMAGES_AT_A_TIME + 1, 28, 28), np.uint8)


class Halting(Classifier):
    """Says of each image how many came with it, and waits to be let on."""

    def __init__(self) -> None:
        self.goes_on = Event()
        self.asked = 0

    def predict(
        self, images: npt.NDArray[np.uint8], *, batch_size: int = 50
    ) -> npt.NDArray[np.float32]:
        self.asked += 1
        if self.asked == 2:
            assert self.goes_on.wait(PATIENCE_SECONDS)
        return np.full((len(images), 10), len(images), np.float32)


class Refusing(Halting):
    def predict(
        self, images: npt.NDArray[np.uint8], *, batch_size: int = 50
    ) -> npt.NDArray[np.float32]:
        raise InvalidInputError("There is no such network any more.")


def test_a_reading_tells_how_far_it_is_and_then_all_of_it() -> None:
    reading, classifier = Reading(IMAGES), Halting()

    reading.begin(classifier)
    wait_until(lambda: reading.share > 0)
    share, early = reading.share, reading.wait(0)
    classifier.goes_on.set()
    whole = reading.wait(PATIENCE_SECONDS)

    assert share == pytest.approx(IMAGES_AT_A_TIME / len(IMAGES))
    assert early is None
    assert whole is not None
    assert whole[:, 0].tolist() == [IMAGES_AT_A_TIME] * 2 * IMAGES_AT_A_TIME + [1]


def test_what_goes_wrong_in_the_thread_is_raised_where_it_is_waited_for() -> None:
    reading = Reading(IMAGES)

    reading.begin(Refusing())

    with pytest.raises(InvalidInputError, match="no such network"):
        reading.wait(PATIENCE_SECONDS)


def test_what_is_known_is_not_read() -> None:
    known = np.zeros((1, 10), np.float32)

    assert Reading(IMAGES, known).wait(0) is known
