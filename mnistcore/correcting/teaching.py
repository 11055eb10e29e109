"""A classifier taught by a few drawings of one person, which change nothing for anybody else.

A correction speaks for what lies much nearer to it, in the network's own features, than to any
known digit of another kind: by a ratio of two distances, as nearest neighbours are trusted. One
drawing alone reaches a little way; three of a kind together, almost as far as the others.

Source: the ratio test of Lowe (2004), "Distinctive Image Features from Scale-Invariant Keypoints",
section 7.1. Its reaches were chosen on generated hands and MNIST's validation split.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.correcting.known_digits import KnownDigits, known_digits, split_head
from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import NUM_CLASSES
from mnistcore.reading.classifier import Classifier

REACHES = (0.3, 0.6, 0.85)  # of one drawing, of two that are alike, of three or more
ALIKE = 1.8  # two drawings are of a kind if no farther apart than this, in the same measure
STEEPNESS = 20.0  # of the edge at which a correction stops to speak
MARGIN = 6.0  # by which a correction's digit is raised above every other output
LEAST_DISTANCE = 1e-3
MOST_CORRECTIONS = 1000


class Corrections(NamedTuple):
    """What a network was taught.

    Attributes:
        directions: (n, features) float32, each row of length 1.
        labels: (n,) int64.
        reaches: (n,), the ratio of distances up to which each speaks.
        raises: (n,), by how much it raises its digit's logit; 0 where nothing was to be corrected.
    """

    directions: Tensor
    labels: Tensor
    reaches: Tensor
    raises: Tensor


class TaughtNetwork(nn.Module):
    """A network with corrections: images (N, 1, 28, 28) to logits as the network gives them.

    Args:
        model: Ends in a linear layer; it is copied.
        known: What the network makes of MNIST.
        inputs: (n, 1, 28, 28), the corrected drawings as the network takes them.
        labels: (n,) int64.
    """

    def __init__(self, model: nn.Module, known: KnownDigits, inputs: Tensor, labels: Tensor):
        super().__init__()
        self.untaught = model
        self.body, self.head = split_head(model)
        self.known = known
        self.inputs = inputs
        self.corrections = self._corrections(labels)

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, classes) for images (N, 1, 28, 28)."""
        return self.answer(self.body(images))[1]

    def answer(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits without what was taught, and with it, (N, classes) each.

        Args:
            features: (N, features), as `body` gives them.
        """
        logits: Tensor = self.head(features)
        return logits, logits + self._raised(F.normalize(features, dim=1), logits.shape[1])

    def ratios(self, to_corrections: Tensor, places: Tensor) -> Tensor:
        """Return how much nearer images are to each correction than to another digit's nearest.

        Args:
            to_corrections: (N, n), distances.
            places: (N, 64), of the same images on `KnownDigits.axes`.

        Returns:
            (N, n): below 1, the correction is nearer.
        """
        nearest = _nearest_of_others(places, self.known)  # (N, 10)
        return to_corrections / nearest[:, self.corrections.labels]

    def _raised(self, features: Tensor, num_logits: int) -> Tensor:
        found = self.corrections
        raised = torch.zeros(len(features), num_logits)
        if not len(found.labels):
            return raised
        distances = 1 - features @ found.directions.T  # (N, n)
        ratios = self.ratios(distances, features @ self.known.axes)
        by = torch.sigmoid(STEEPNESS * (found.reaches - ratios)) * found.raises
        return raised.scatter_reduce(1, found.labels.expand_as(by), by, "amax")

    @torch.inference_mode()
    def _corrections(self, labels: Tensor) -> Corrections:
        features = self.body(self.inputs) if len(labels) else self.known.axes.T[:0]
        logits = self.head(features)
        features = F.normalize(features, dim=1)
        own = logits.gather(1, labels[:, None])[:, 0]
        others = logits.scatter(1, labels[:, None], -torch.inf).amax(dim=1)
        apart = 1 - features @ features.T  # (n, n)
        nearest = _nearest_of_others(features @ self.known.axes, self.known)
        reach = ALIKE * nearest.gather(1, labels[:, None])
        alike = (apart < reach) & (labels[:, None] == labels)
        alike.fill_diagonal_(True)
        support = alike.sum(dim=1).clamp(max=len(REACHES))
        reaches = torch.tensor(REACHES)[support - 1]
        return Corrections(features, labels, reaches, (others + MARGIN - own).clamp(min=0))


def taught(
    classifier: Classifier, images: npt.NDArray[np.uint8], labels: npt.NDArray[np.integer]
) -> Classifier:
    """Return a classifier that knows corrections, too; the one given stays as it is.

    Args:
        classifier: Any; one that was taught before keeps what it knows.
        images: (N, 28, 28) uint8, bright ink on black, as `drawing_to_image` gives them.
        labels: (N,), what each was meant to be, 0 to 9.

    Raises:
        InvalidInputError: The images or labels are of another shape, type or range, or the network
            does not end in a linear layer.

    >>> from mnistcore.reading.classifier import load_classifier
    >>> before, image = load_classifier(), np.zeros((28, 28), np.uint8)
    >>> image[4:24, 4:7] = image[4:24, 20:23] = image[4:7, 4:23] = 255  # a gate
    >>> after = taught(before, image[None], np.array([8]))
    >>> int(after.predict(image[None]).argmax()), int(before.predict(image[None]).argmax()) == 8
    (8, False)
    """
    inputs, meant = classifier.inputs(images), _checked(labels, len(images))
    model, base = classifier.model, classifier
    if isinstance(model, TaughtNetwork):
        inputs = torch.cat([model.inputs, inputs])
        meant = torch.cat([model.corrections.labels, meant])
        known, network = model.known, model.untaught
    else:
        known, network = known_digits(classifier), model
    return Classifier(
        TaughtNetwork(network, known, inputs, meant),
        base.mean,
        base.std,
        temperature=base.temperature,
        threshold=base.threshold,
        activation_bytes=base.activation_bytes,
    )


def _checked(labels: npt.NDArray[np.integer], count: int) -> Tensor:
    labels = np.asarray(labels)
    if not np.issubdtype(labels.dtype, np.integer) or labels.shape != (count,):
        raise InvalidInputError(
            "The labels are {dtype} of shape {shape}. "
            "Give whole numbers of shape ({count},): one for each image.",
            dtype=labels.dtype,
            shape=labels.shape,
            count=count,
        )
    if count > MOST_CORRECTIONS:
        raise InvalidInputError(
            "There are {count:,} corrections. Give at most {most:,}.",
            count=count,
            most=MOST_CORRECTIONS,
        )
    if wrong := [int(label) for label in labels if not 0 <= label < NUM_CLASSES]:
        raise InvalidInputError("A label is {label}. Give digits from 0 to 9.", label=wrong[0])
    return torch.from_numpy(labels.astype(np.int64))


def _nearest_of_others(places: Tensor, known: KnownDigits) -> Tensor:
    """Return how far each image is from the nearest digit that is no 0, no 1, ..., (N, 10)."""
    distances = 1 - places @ known.places.T  # (N, 2000)
    of_each = torch.stack(
        [distances[:, known.labels == digit].amin(dim=1) for digit in range(NUM_CLASSES)], dim=1
    )  # (N, 10)
    others = of_each[:, None].expand(-1, NUM_CLASSES, -1).clone()
    others.diagonal(dim1=1, dim2=2).fill_(torch.inf)
    return others.amin(dim=2).clamp(min=LEAST_DISTANCE)
