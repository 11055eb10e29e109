"""What a taught classifier has learned: each correction before and after, and MNIST beside it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from mnistcore.correcting.teaching import STEEPNESS, TaughtNetwork
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import Classifier

NUM_NEIGHBOURS = 5
MOST_ASKED = 300  # test digits, those nearest to a correction


class Lesson(NamedTuple):
    """One correction.

    Attributes:
        label: What it was meant to be.
        before: (10,) float32, the probabilities without what was taught.
        after: (10,) float32, with it.
        neighbours: (5, 28, 28) uint8, the training digits most like it to the network.
        neighbour_labels: (5,) int64.
    """

    label: int
    before: npt.NDArray[np.float32]
    after: npt.NDArray[np.float32]
    neighbours: npt.NDArray[np.uint8]
    neighbour_labels: npt.NDArray[np.int64]


class TestChange(NamedTuple):
    """What the corrections did to MNIST's test set.

    Attributes:
        gained: Indices of digits that are now read right.
        lost: Indices of digits that were read right before.
    """

    gained: list[int]
    lost: list[int]


@torch.inference_mode()
def lessons(classifier: Classifier) -> list[Lesson]:
    """Return what each correction of a taught classifier did; an empty list from any other.

    >>> from mnistcore.reading.classifier import load_classifier
    >>> lessons(load_classifier())
    []
    """
    network = classifier.model
    if not isinstance(network, TaughtNetwork) or not len(network.inputs):
        return []
    train = load_split("train")
    before, after = network.answer(network.body(network.inputs))
    places = network.corrections.directions @ network.known.axes
    nearest = (places @ network.known.places.T).topk(NUM_NEIGHBOURS, dim=1).indices  # (n, 5)
    probabilities = zip(
        classifier.judge_logits(before)[0], classifier.judge_logits(after)[0], strict=True
    )
    return [
        Lesson(int(label), was, now, train.images[near].numpy(), train.labels[near].numpy())
        for label, (was, now), near in zip(
            network.corrections.labels, probabilities, nearest, strict=True
        )
    ]


@torch.inference_mode()
def change_of_test_set(classifier: Classifier) -> TestChange | None:
    """Return which test digits are read otherwise; None where nobody has looked at them before.

    Only digits near enough to a correction are asked, by what was kept of all of them.

    >>> from mnistcore.reading.classifier import load_classifier
    >>> change_of_test_set(load_classifier()) is None
    True
    """
    network = classifier.model
    if not isinstance(network, TaughtNetwork) or network.known.test_places is None:
        return None
    test = load_split("test")
    near = _near(network, network.known.test_places)
    if not len(near):
        return TestChange([], [])
    labels = test.labels[near]
    features = network.body(classifier.inputs(test.images[near].numpy()))
    was, now = (logits[:, :10].argmax(dim=1) == labels for logits in network.answer(features))
    return TestChange(near[now & ~was].tolist(), near[was & ~now].tolist())


def _near(network: TaughtNetwork, places: torch.Tensor) -> torch.Tensor:
    """Return the indices of the images that a correction may speak for, the nearest first."""
    found = network.corrections
    centres = found.directions @ network.known.axes  # (n, 64)
    # What 64 numbers leave out may be alike too: half of the most that it could be.
    left_out = (1 - places.square().sum(1)).clamp(min=0).sqrt()[:, None] * (
        1 - centres.square().sum(1)
    ).clamp(min=0).sqrt()
    distances = 1 - places @ centres.T - left_out / 2
    surplus = (network.ratios(distances, places) - found.reaches)[:, found.raises > 0]
    if not surplus.shape[1]:
        return torch.zeros(0, dtype=torch.long)
    least = surplus.amin(dim=1)
    order = least.argsort()[:MOST_ASKED]
    return order[least[order] < 4 / STEEPNESS]
