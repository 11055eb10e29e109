"""A network at work on one image, kept between reruns: torch is asked once for each picture."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from ui import mnist
from ui.networks import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.inside.inspection import Index, Stage
    from mnistcore.inside.layer_chain import LayerChain
    from mnistcore.reading.classifier import Classifier

Pixels = npt.NDArray[np.uint8]

NUM_ASKED = 5  # test digits that tell whether a network is its layers


def find_stages(
    classifier: "Classifier", image: Pixels, switched_off: "Collection[Index]" = ()
) -> "tuple[Stage, ...]":
    """Return a network's layers at work on an image, (28, 28), with some of their values at 0."""
    return _find_stages(classifier, image.tobytes(), tuple(switched_off))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_IDENTITY)
def in_float64(classifier: "Classifier") -> "LayerChain":
    """Return a network as the chain of its layers, ready for calculations.

    Raises:
        InvalidInputError: It is no such chain, so it cannot be explained.
    """
    from mnistcore.inside.inspection import prepare_model

    return prepare_model(classifier.model)


@st.cache_resource(max_entries=50, show_spinner=False, hash_funcs=BY_IDENTITY)
def is_its_layers(classifier: "Classifier") -> bool:
    """Tell whether a network does no more than its layers, such as asking them several times."""
    from mnistcore.inside.layer_chain import answers_alike

    digits = classifier.inputs(mnist.images_and_labels()[0][:NUM_ASKED])
    return answers_alike(in_float64(classifier), classifier.model, digits)


@st.cache_resource(max_entries=12, show_spinner=False, hash_funcs=BY_IDENTITY)
def _find_stages(
    classifier: "Classifier", image: bytes, switched_off: "tuple[Index, ...]"
) -> "tuple[Stage, ...]":
    from mnistcore.inside.inspection import inspect_network

    pixels = np.frombuffer(image, np.uint8).reshape(1, 28, 28)
    return inspect_network(in_float64(classifier), classifier.inputs(pixels)[0], switched_off)
