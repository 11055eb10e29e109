"""A network laid open for one image, kept between reruns: torch is asked once for each picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.inside.softmax import SoftmaxNumbers, softmax_numbers
from ui import session
from ui.session import BY_IDENTITY

if TYPE_CHECKING:
    from torch import Tensor

    from mnistcore.inside.inspection import Index, Stage
    from mnistcore.inside.layer_chain import LayerChain
    from mnistcore.reading.classifier import Classifier

Pixels = npt.NDArray[np.uint8]
SwitchedOff = frozenset[tuple[int, int, int]]  # stage, channel, a bit for each of its values

WHOLE = -1  # all bits: the whole map is off

NUM_DIGITS = 10


@dataclass(frozen=True, eq=False)
class Look:
    """What is looked at.

    Attributes:
        classifier: The network.
        image: (28, 28) uint8, what it is given.
        truth: The digit's label; None if nobody knows.
        stages: The network at work on the image.
        number: Of the stage with the chosen value, from 0.
        index: Of the chosen value.
        untouched: The stages as they are with no map switched off.
    """

    classifier: "Classifier"
    image: Pixels
    truth: int | None
    stages: "tuple[Stage, ...]"
    number: int
    index: "Index"
    untouched: "tuple[Stage, ...]"

    @property
    def chosen(self) -> "Stage":
        """Return the stage with the chosen value."""
        return self.stages[self.number]

    @property
    def model(self) -> "LayerChain":
        """Return the network in float64, ready for calculations."""
        return prepared(self.classifier)

    @property
    def input(self) -> "Tensor":
        """Return the image as the network takes it, (1, 28, 28)."""
        return _as_input(self.classifier, self.image)

    @property
    def black(self) -> float:
        """Return a blank pixel's value in `input`."""
        return -self.classifier.mean / self.classifier.std

    @property
    def logits(self) -> list[float]:
        """Return the logits of the ten digits; a network may know an eleventh answer."""
        values: list[float] = self.stages[-1].outputs[:NUM_DIGITS].tolist()
        return values

    @property
    def shares(self) -> SoftmaxNumbers:
        """Return softmax of the logits, at the network's own temperature."""
        return softmax_numbers(self.logits, self.classifier.temperature)

    @property
    def untouched_shares(self) -> SoftmaxNumbers:
        """Return the same with everything switched on."""
        logits = self.untouched[-1].outputs[:NUM_DIGITS].tolist()
        return softmax_numbers(logits, self.classifier.temperature)

    @property
    def all_logits(self) -> list[float]:
        """Return the logits that the prediction page goes by: the mean of all looks."""
        logits: list[float] = self.classifier.logits(self.image[None])[0, :NUM_DIGITS].tolist()
        return logits

    @property
    def is_all(self) -> bool:
        """Return whether the network does no more than its layers, such as looking repeatedly."""
        return _is_all(self.classifier)

    @property
    def answer(self) -> int:
        """Return the digit with the largest logit."""
        return max(range(len(self.logits)), key=self.logits.__getitem__)


def look_inside(
    name: str, image: Pixels, truth: int | None, switched_off: SwitchedOff, at: str | None
) -> Look:
    """Return a network of a name in `session.classifier_names`, at work on an image.

    Args:
        name: The network's.
        image: (28, 28) uint8, bright ink on black.
        truth: The image's label, if known.
        switched_off: What is to be set to 0; what is not there is passed over.
        at: The chosen value as `value_address` writes it; a telling one if None or not there.

    Raises:
        InvalidInputError: The network is no chain of layers that can be explained.
    """
    classifier = session.classifier(name)
    untouched = look_at(classifier, image)
    places = tuple(_places_off(switched_off, untouched))
    stages = _stages(classifier, image.tobytes(), places) if places else untouched
    number, index = _find_value(at, stages) or _telling_value(stages)
    return Look(classifier, image, truth, stages, number, index, untouched)


def look_at(classifier: "Classifier", image: Pixels) -> "tuple[Stage, ...]":
    """Return a network at work on an image, with all its maps on."""
    return _stages(classifier, image.tobytes(), ())


def value_address(number: int, index: "Index") -> str:
    """Return a value's place as text for the page's address.

    >>> value_address(5, (3, 2, 1))
    '5.3.2.1'
    """
    return ".".join(map(str, (number, *index)))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_IDENTITY)
def prepared(classifier: "Classifier") -> "LayerChain":
    """Return a classifier's network in float64, for calculations."""
    from mnistcore.inside.inspection import prepare_model

    return prepare_model(classifier.model)


@st.cache_resource(max_entries=50, show_spinner=False, hash_funcs=BY_IDENTITY)
def _is_all(classifier: "Classifier") -> bool:
    import torch

    digits = torch.stack([_as_input(classifier, image) for image in session.test_digits()[0][:5]])
    with torch.inference_mode():
        own = prepared(classifier)(digits.double())
        return torch.allclose(classifier.model(digits).double(), own, atol=1e-3)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs=BY_IDENTITY)
def _stages(
    classifier: "Classifier", image: bytes, switched_off: "tuple[Index, ...]"
) -> "tuple[Stage, ...]":
    from mnistcore.inside.inspection import inspect_network

    pixels = np.frombuffer(image, np.uint8).reshape(28, 28)
    given = _as_input(classifier, pixels)
    return inspect_network(prepared(classifier), given, switched_off)


def _as_input(classifier: "Classifier", image: Pixels) -> "Tensor":
    import torch

    from mnistcore.mnist.splits import to_input

    return to_input(torch.tensor(image[None]), classifier.mean, classifier.std)[0]


def _places_off(switched_off: SwitchedOff, stages: "tuple[Stage, ...]") -> "Iterator[Index]":
    """Yield what `inspect_network` takes: whole maps, and single values."""
    for number, channel, mask in sorted(switched_off):
        if number >= len(stages) or channel >= len(stages[number].outputs):
            continue
        shape = stages[number].outputs.shape[1:]
        if mask == WHOLE or not shape:
            yield number, channel
            continue
        for place in range(int(np.prod(shape))):
            if mask >> place & 1:
                yield number, channel, *map(int, np.unravel_index(place, shape))


def _find_value(at: str | None, stages: "tuple[Stage, ...]") -> "tuple[int, Index] | None":
    parts = (at or "").split(".")
    if not all(part.isdecimal() and len(part) < 10 for part in parts):
        return None
    number, *index = map(int, parts)
    if number >= len(stages):
        return None
    shape = stages[number].outputs.shape
    if len(shape) != len(index) or any(a >= size for a, size in zip(index, shape, strict=True)):
        return None
    return number, tuple(index)


def _telling_value(stages: "tuple[Stage, ...]") -> "tuple[int, Index]":
    """Return the largest value behind the second block: one with several input channels."""
    from mnistcore.inside.inspection import group_stages

    blocks = group_stages(stages)
    number = blocks[min(1, len(blocks) - 1)][-1]
    outputs = stages[number].outputs
    return number, tuple(map(int, np.unravel_index(outputs.argmax(), outputs.shape)))
