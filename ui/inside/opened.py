"""The network that is laid open, and the value in it that was chosen: `inside_at=5.3.2.1`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mnistcore.inside.softmax import SoftmaxNumbers, softmax_numbers
from ui import address, networks
from ui.inside.at_work import Pixels, find_stages, in_float64, is_its_layers
from ui.networks import NetworkKey

if TYPE_CHECKING:
    from torch import Tensor

    from mnistcore.inside.inspection import Index, Stage
    from mnistcore.inside.layer_chain import LayerChain
    from mnistcore.reading.classifier import Classifier

SwitchedOff = frozenset[tuple[int, int, int]]  # stage, channel, a bit for each of its values

AT = "inside_at"
WHOLE = -1  # all bits: the whole map is off
NUM_DIGITS = 10


@dataclass(frozen=True, eq=False)
class OpenedNetwork:
    """A network at work on an image, and what is looked at in it.

    Attributes:
        network: What stands for it.
        classifier: The network.
        image: (28, 28) uint8, what it is given.
        truth: The digit's label; None if nobody knows.
        stages: The network at work on the image.
        number: Of the stage with the chosen value, from 0.
        index: Of the chosen value.
        untouched: The stages as they are with no map switched off.
    """

    network: NetworkKey
    classifier: "Classifier"
    image: Pixels
    truth: int | None
    stages: "tuple[Stage, ...]"
    number: int
    index: "Index"
    untouched: "tuple[Stage, ...]"

    @property
    def chosen(self) -> "Stage":
        """The stage with the chosen value."""
        return self.stages[self.number]

    @property
    def model(self) -> "LayerChain":
        """The network in float64, ready for calculations."""
        return in_float64(self.classifier)

    @property
    def input(self) -> "Tensor":
        """The image as the network takes it, (1, 28, 28)."""
        return self.classifier.inputs(self.image[None])[0]

    @property
    def black(self) -> float:
        """A blank pixel's value in `input`."""
        return -self.classifier.mean / self.classifier.std

    @property
    def logits(self) -> list[float]:
        """Those of the ten digits; a network may know an eleventh answer."""
        values: list[float] = self.stages[-1].outputs[:NUM_DIGITS].tolist()
        return values

    @property
    def shares(self) -> SoftmaxNumbers:
        """The way from these logits to probabilities, at the network's own temperature."""
        return softmax_numbers(self.logits, self.classifier.temperature)

    @property
    def untouched_shares(self) -> SoftmaxNumbers:
        """The same with everything switched on."""
        logits = self.untouched[-1].outputs[:NUM_DIGITS].tolist()
        return softmax_numbers(logits, self.classifier.temperature)

    @property
    def all_logits(self) -> list[float]:
        """Those that the prediction page goes by, with all that the network does."""
        logits: list[float] = self.classifier.logits(self.image[None])[0, :NUM_DIGITS].tolist()
        return logits

    @property
    def is_all(self) -> bool:
        """Whether the network does no more than its layers."""
        return is_its_layers(self.classifier)

    @property
    def answer(self) -> int:
        """The digit with the largest logit."""
        return max(range(len(self.logits)), key=self.logits.__getitem__)


def lay_open(
    network: NetworkKey, image: Pixels, truth: int | None, switched_off: SwitchedOff
) -> OpenedNetwork:
    """Return a network at work on an image, with the value that the address names.

    Args:
        network: Which.
        image: (28, 28) uint8, bright ink on black.
        truth: The image's label, if known.
        switched_off: What is to be set to 0; what is not there is passed over.

    Raises:
        InvalidInputError: The network is gone, or no chain of layers that can be explained.
    """
    classifier = networks.load(network)
    untouched = find_stages(classifier, image)
    places = tuple(_places_off(switched_off, untouched))
    stages = find_stages(classifier, image, places) if places else untouched
    number, index = _find_value(stages) or _telling_value(stages)
    return OpenedNetwork(network, classifier, image, truth, stages, number, index, untouched)


def choose_value(place: str | None) -> None:
    """Have the address name another value, by its stage and its index in it; a callback's part."""
    if place:
        address.write(AT, place)


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


def _find_value(stages: "tuple[Stage, ...]") -> "tuple[int, Index] | None":
    number = address.whole_number(address.read(AT).partition(".")[0])
    if number is None or number >= len(stages):
        return None
    place = address.read_numbers(AT, (len(stages), *stages[number].outputs.shape), ".")
    return None if place is None else (number, place[1:])


def _telling_value(stages: "tuple[Stage, ...]") -> "tuple[int, Index]":
    """Return the largest value behind the second block: one with several input channels."""
    from mnistcore.inside.inspection import group_stages

    blocks = group_stages(stages)
    number = blocks[min(1, len(blocks) - 1)][-1]
    outputs = stages[number].outputs
    return number, tuple(map(int, np.unravel_index(outputs.argmax(), outputs.shape)))
