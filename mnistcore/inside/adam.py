"""One step of Adam for one weight, with all its numbers. Imports no torch."""

from dataclasses import dataclass
from math import sqrt

ADAM_BETAS = (0.9, 0.999)  # torch's defaults
ADAM_EPS = 1e-8


@dataclass(frozen=True)
class AdamUpdate:
    """One step of Adam for one weight, with all its numbers.

    Attributes:
        weight: Before the step.
        gradient: Of the loss, g.
        step: Counted from 1, t.
        first_before: m, from the step before; 0 at first.
        second_before: v, from the step before; 0 at first.
        first_moment: β1·m + (1 - β1)·g.
        second_moment: β2·v + (1 - β2)·g².
        corrected_first: first_moment / (1 - β1^t).
        corrected_second: second_moment / (1 - β2^t).
        change: -learning_rate · corrected_first / (sqrt(corrected_second) + eps).
    """

    weight: float
    gradient: float
    step: int
    first_before: float
    second_before: float
    first_moment: float
    second_moment: float
    corrected_first: float
    corrected_second: float
    change: float

    @property
    def new_weight(self) -> float:
        """Return the weight after the step."""
        return self.weight + self.change


def adam_update(
    weight: float,
    gradient: float,
    *,
    learning_rate: float,
    first_moment: float = 0.0,
    second_moment: float = 0.0,
    step: int = 1,
) -> AdamUpdate:
    """Return one step of Adam for one weight, with torch's default betas and eps.

    Args:
        weight: Before the step.
        gradient: Of the loss.
        learning_rate: About the size of the first step, whatever the gradient's size.
        first_moment: From the step before, 0 at first.
        second_moment: From the step before, 0 at first.
        step: Counted from 1.

    Source: Kingma & Ba (2015), Adam, Algorithm 1.

    >>> round(adam_update(0.5, -123.0, learning_rate=0.001).new_weight, 6)
    0.501
    """
    beta1, beta2 = ADAM_BETAS
    first = beta1 * first_moment + (1 - beta1) * gradient
    second = beta2 * second_moment + (1 - beta2) * gradient**2
    corrected_first, corrected_second = first / (1 - beta1**step), second / (1 - beta2**step)
    change = -learning_rate * corrected_first / (sqrt(corrected_second) + ADAM_EPS)
    given = (weight, gradient, step, first_moment, second_moment)
    return AdamUpdate(*given, first, second, corrected_first, corrected_second, change)
