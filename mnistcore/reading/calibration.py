"""Probabilities that mean what they say, and a line between digits and everything else.

Fitted on splits that training did not learn from. Knows logits and labels, no images.
"""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.mnist.splits import NUM_CLASSES

NUM_BINS = 15
SHARE_REFUSED = 0.005  # of the real digits that the threshold is chosen on


class Calibration(NamedTuple):
    """What turns logits into honest answers.

    Attributes:
        temperature: What the logits are divided by.
        threshold: The `non_digit_log_odds` above which an image shows no digit; None where the
            network has no eleventh logit to tell by.
    """

    temperature: float
    threshold: float | None


def fit(logits: Tensor, labels: Tensor) -> Calibration:
    """Fit temperature and threshold to the digits of a split.

    Args:
        logits: (N, 10) or (N, 11) float32.
        labels: (N,) int64 in 0 to 10; where it is 10, the image shows no digit.

    >>> fit(torch.eye(10), torch.arange(10)).threshold is None
    True
    """
    is_digit = labels < NUM_CLASSES
    logits, labels = logits[is_digit], labels[is_digit]
    temperature = fit_temperature(logits[:, :NUM_CLASSES], labels)
    if logits.shape[1] == NUM_CLASSES:
        return Calibration(temperature, threshold=None)
    threshold = choose_threshold(non_digit_log_odds(logits), share_refused=SHARE_REFUSED)
    return Calibration(temperature, threshold)


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """Return the temperature that makes the labels most probable.

    Source: Guo, Pleiss, Sun & Weinberger (2017), "On Calibration of Modern Neural Networks".

    Args:
        logits: (N, 10) float32.
        labels: (N,) int64 in 0 to 9.

    >>> logits = torch.tensor([[8.0, 0.0], [8.0, 0.0], [8.0, 0.0], [8.0, 0.0]])
    >>> round(fit_temperature(logits, torch.tensor([0, 0, 0, 1])), 2)  # right three times in four
    7.28
    """
    low, high = 0.1, 10.0  # of the inverse temperature, in which the loss is convex
    while high - low > 1e-5:
        third = (high - low) / 3
        loss_low, loss_high = (
            F.cross_entropy(logits.double() * inverse, labels)
            for inverse in (low + third, high - third)
        )
        low, high = (low, high - third) if loss_low < loss_high else (low + third, high)
    return 2 / (low + high)


def expected_calibration_error(probabilities: Tensor, labels: Tensor) -> float:
    """Return by how much confidence and accuracy differ, in [0, 1].

    The images are sorted into 15 bins by the probability of the answer; in each, the mean of that
    probability is compared with the share of right answers.

    Source: Naeini, Cooper & Hauskrecht (2015); the number of bins is that of Guo et al. (2017).

    Args:
        probabilities: (N, 10).
        labels: (N,) int64.

    >>> expected_calibration_error(torch.tensor([[0.75, 0.25]] * 4), torch.tensor([0, 0, 0, 1]))
    0.0
    """
    confidences, answers = probabilities.max(dim=1)  # (N, 10) -> (N,), (N,)
    surplus = confidences.double() - (answers == labels).double()
    bins = (confidences * NUM_BINS).ceil().long().clamp(1, NUM_BINS) - 1
    sums = torch.zeros(NUM_BINS, dtype=torch.float64).index_add_(0, bins, surplus)
    return float(sums.abs().sum() / len(labels))


def non_digit_log_odds(logits: Tensor) -> Tensor:
    """Return the logarithm of the odds that an image shows no digit.

        z_10 - log(sum_k exp(z_k)), k from 0 to 9

    Above 0, the eleventh class is more probable than all ten digits together.

    Args:
        logits: (N, 11).

    Returns:
        (N,) float32.

    >>> non_digit_log_odds(torch.zeros(1, 11)).exp()
    tensor([0.1000])
    """
    return logits[:, NUM_CLASSES] - logits[:, :NUM_CLASSES].logsumexp(dim=1)


def choose_threshold(log_odds: Tensor, *, share_refused: float) -> float:
    """Return the threshold above which this share of real digits lies.

    >>> choose_threshold(torch.arange(101.0), share_refused=0.01)
    99.0
    """
    return float(log_odds.double().quantile(1 - share_refused))


def auroc(low: Tensor, high: Tensor) -> float:
    """Return how often a value of `high` exceeds one of `low`; ties count half.

    The area under the curve of true against false positives: 0.5 is chance, 1 is perfect.

    Source: Hanley & McNeil (1982).

    >>> auroc(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 2.0]))
    0.875
    """
    low = low.sort().values
    below = torch.searchsorted(low, high, right=False)
    not_above = torch.searchsorted(low, high, right=True)
    return float((below + not_above).double().mean() / (2 * len(low)))
