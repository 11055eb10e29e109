"""Logits to probabilities and to a loss, with the numbers in between. Imports no torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class SoftmaxNumbers:
    """What softmax makes of logits: exp(logit - largest), divided by the sum of all of them.

    Attributes:
        logits: As the network gives them.
        largest: Subtracted first, so that no power overflows; it cancels out.
        powers: exp(logit - largest).
        total: Their sum.
        probabilities: powers / total.
    """

    logits: tuple[float, ...]
    largest: float
    powers: tuple[float, ...]
    total: float
    probabilities: tuple[float, ...]

    def loss(self, label: int) -> float:
        """Return the cross-entropy, -log of the label's probability.

        Args:
            label: The right output.

        >>> round(softmax_numbers([0.0, 0.0]).loss(0), 4)
        0.6931
        """
        return log(self.total) - (self.logits[label] - self.largest)


def softmax_numbers(logits: Sequence[float]) -> SoftmaxNumbers:
    """Return the probabilities and all numbers on the way to them.

    Args:
        logits: Any numbers.

    >>> softmax_numbers([0.0, 0.0]).probabilities
    (0.5, 0.5)
    """
    logits = tuple(map(float, logits))
    largest = max(logits)
    powers = tuple(exp(logit - largest) for logit in logits)
    total = sum(powers)
    return SoftmaxNumbers(logits, largest, powers, total, tuple(power / total for power in powers))
