"""MNIST's digits as a network sees them: what a correction has to be nearer to than these.

Of each image only its place among the others is kept, 64 numbers. For the shipped networks they lie
beside the weights, tied to them by a checksum; for any other they are calculated when first asked.
"""

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.files import written_whole
from mnistcore.mnist.splits import load_split
from mnistcore.reading.classifier import WEIGHTS, Classifier

NUM_KNOWN = 2000  # of the training split's images, from its beginning
NUM_AXES = 64
BATCH = 200
MOST_FEATURES = 20_000  # of which 2,000 images are kept at a time while one network is looked at
SUFFIX = ".known.npz"
FULL_SCALE = 127  # of a place's numbers, each in [-1, 1], as they are stored


class KnownDigits(NamedTuple):
    """Where digits lie in a network's last features; all lengths there are 1.

    Attributes:
        axes: (features, 64) float32, the directions in which MNIST's digits differ most; fewer
            where there are fewer features.
        places: (2000, 64) float32, of the first training images.
        labels: (2000,) int64.
        test_places: (10000, 64) float32 of the test images, or None where nobody has asked yet.
    """

    axes: Tensor
    places: Tensor
    labels: Tensor
    test_places: Tensor | None


_calculated: WeakKeyDictionary[Classifier, KnownDigits] = WeakKeyDictionary()


def split_head(model: nn.Module) -> tuple[nn.Module, nn.Linear]:
    """Return a network up to its last linear layer, and that layer; copies both.

    The first gives features (N, features) for images, the mean over all its looks.

    Raises:
        InvalidInputError: The network does not end in a linear layer, or in too large a one.

    >>> body, head = split_head(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)))
    >>> body(torch.zeros(2, 1, 28, 28)).shape, head.in_features
    (torch.Size([2, 784]), 784)
    """
    body = deepcopy(model).eval().requires_grad_(False)
    linears = [name for name, part in body.named_modules() if isinstance(part, nn.Linear)]
    probe = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    if linears and linears[-1]:
        head = body.get_submodule(linears[-1])
        body.set_submodule(linears[-1], nn.Identity())
        assert isinstance(head, nn.Linear)
        if head.in_features > MOST_FEATURES:
            raise InvalidInputError(
                "The network's last linear layer takes {num_features:,} numbers, and one that can "
                "be taught takes at most {most_features:,}. Choose another network.",
                num_features=head.in_features,
                most_features=MOST_FEATURES,
            )
        with torch.inference_mode():
            features = body(probe)
            if features.shape[1:] == (head.in_features,) and torch.allclose(
                head(features), model(probe), atol=1e-2
            ):
                return body, head
    raise InvalidInputError(
        "The network does not end in a linear layer, and so cannot be taught. Choose another."
    )


def known_digits(classifier: Classifier) -> KnownDigits:
    """Return what a classifier's network makes of MNIST: from its file, or calculated once.

    Raises:
        InvalidInputError: The network does not end in a linear layer.

    >>> from mnistcore.reading.classifier import load_classifier
    >>> known_digits(load_classifier()).places.shape
    torch.Size([2000, 64])
    """
    if classifier not in _calculated:
        kept = _kept(checksum(classifier.model))
        _calculated[classifier] = kept or calculate_known_digits(classifier)
    return _calculated[classifier]


def calculate_known_digits(classifier: Classifier, *, with_test: bool = False) -> KnownDigits:
    """Look at MNIST through a network, for seconds or a minute.

    Args:
        classifier: Whose network looks.
        with_test: At the 10,000 test images as well.
    """
    train = load_split("train")
    body, _ = split_head(classifier.model)
    at_once = classifier.at_once(BATCH)
    features = directions(body, classifier.inputs(train.images[:NUM_KNOWN].numpy()), at_once)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        num_axes = min(NUM_AXES, *features.shape)
        axes = torch.pca_lowrank(features, q=num_axes, center=False, niter=4)[2]
    test_places = None
    if with_test:
        test = load_split("test").images
        parts = [directions(body, classifier.inputs(t.numpy())) @ axes for t in test.split(at_once)]
        test_places = torch.cat(parts)
    return KnownDigits(axes, features @ axes, train.labels[:NUM_KNOWN], test_places)


@torch.inference_mode()
def directions(body: nn.Module, inputs: Tensor, at_once: int = BATCH) -> Tensor:
    """Return the features of images, (N, features), each row of length 1."""
    return torch.cat([F.normalize(body(batch), dim=1) for batch in inputs.split(at_once)])


def checksum(model: nn.Module) -> str:
    """Return a checksum of a network's weights.

    >>> a, b = nn.Linear(2, 2), nn.Linear(2, 2)
    >>> checksum(a) == checksum(a), checksum(a) == checksum(b)
    (True, False)
    """
    total = hashlib.sha256()
    for name, value in model.state_dict().items():
        total.update(name.encode())
        total.update(value.detach().cpu().contiguous().numpy().tobytes())
    return total.hexdigest()


def keep_known_digits(path: Path, classifier: Classifier) -> None:
    """Write what `calculate_known_digits` found, small, with the checksum of its network."""
    known = calculate_known_digits(classifier, with_test=True)
    assert known.test_places is not None
    with written_whole(path) as aside, aside.open("wb") as file:
        np.savez_compressed(
            file,
            checksum=np.array(checksum(classifier.model)),
            axes=known.axes.half().numpy(),
            places=_as_bytes(known.places),
            labels=known.labels.to(torch.uint8).numpy(),
            test_places=_as_bytes(known.test_places),
        )


def _kept(wanted: str) -> KnownDigits | None:
    """Return the file of the network with this checksum, or None where there is none."""
    for path in sorted(WEIGHTS.glob(f"*{SUFFIX}")):
        with np.load(path, allow_pickle=False) as held:
            if str(held["checksum"]) == wanted:
                return KnownDigits(
                    torch.from_numpy(held["axes"]).float(),
                    torch.from_numpy(held["places"]).float() / FULL_SCALE,
                    torch.from_numpy(held["labels"]).long(),
                    torch.from_numpy(held["test_places"]).float() / FULL_SCALE,
                )
    return None


def _as_bytes(places: Tensor) -> "np.ndarray[tuple[int, ...], np.dtype[np.int8]]":
    return (places * FULL_SCALE).round().to(torch.int8).numpy()
