"""Logits to probabilities and to a loss, with the numbers in between. Imports no torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class SoftmaxNumbers:
    """What softmax makes of logits: exp((logit - largest) / temperature), divided by their sum.

    Attributes:
        logits: As the network gives them.
        temperature: Above 1 it brings probabilities closer together; 1 in training.
        largest: Subtracted first, so that no power overflows; it cancels out.
        powers: exp((logit - largest) / temperature).
        total: Their sum.
        probabilities: powers / total.
    """

    logits: tuple[float, ...]
    temperature: float
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
        return log(self.total) - (self.logits[label] - self.largest) / self.temperature


def softmax_numbers(logits: Sequence[float], temperature: float = 1.0) -> SoftmaxNumbers:
    """Return the probabilities and all numbers on the way to them.

    Args:
        logits: Any numbers.
        temperature: What they are divided by, above 0.

    Source: Guo et al. (2017), On Calibration of Modern Neural Networks, section 4.2.

    >>> softmax_numbers([0.0, 0.0]).probabilities
    (0.5, 0.5)
    """
    logits = tuple(map(float, logits))
    largest = max(logits)
    powers = tuple(exp((logit - largest) / temperature) for logit in logits)
    total = sum(powers)
    probabilities = tuple(power / total for power in powers)
    return SoftmaxNumbers(logits, temperature, largest, powers, total, probabilities)
