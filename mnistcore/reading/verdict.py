"""What a classifier makes of one drawing; known without asking of a blank one. No torch."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IMAGE_SIDE_PX, NUM_CLASSES = 28, 10
CLOSE_PROBABILITY = 0.2  # of the second most probable digit, to be worth a mention


@dataclass(frozen=True)
class Verdict:
    """What a classifier makes of one drawing.

    Attributes:
        image: (28, 28) uint8, what the network was given; all black if the drawing is blank.
        probabilities: (10,) float32; all 0 if the drawing is blank: there is nothing to ask about.
        looks_like_a_digit: False for a blank drawing, and for what the classifier takes for a
            letter, a scribble, a shape or more than one digit.
    """

    image: npt.NDArray[np.uint8]
    probabilities: npt.NDArray[np.float32]
    looks_like_a_digit: bool

    @property
    def digit(self) -> int | None:
        """The most probable digit, or None for a blank drawing."""
        return int(self.probabilities.argmax()) if self.image.any() else None

    @property
    def runner_up(self) -> int | None:
        """The second most probable digit where it comes close, else None."""
        second = int(self.probabilities.argsort()[-2])
        return second if self.probabilities[second] >= CLOSE_PROBABILITY else None


def blank_verdict() -> Verdict:
    """Return what is made of a drawing without ink.

    >>> blank_verdict().digit is None
    True
    """
    image = np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8)
    return Verdict(image, np.zeros(NUM_CLASSES, np.float32), looks_like_a_digit=False)
