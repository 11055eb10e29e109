"""The trained network's convolutions, fetched only when somebody asks: torch takes seconds."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from ui.session import SHIPPED, classifier

if TYPE_CHECKING:
    from mnistcore.inside.trained_layers import TrainedConvolution


@st.cache_resource(show_spinner=False, max_entries=64)
def trained_layer(image: bytes, number: int) -> "TrainedConvolution":
    """Return convolution `number` of the shipped network, and the maps it gets from an image.

    Args:
        image: 28x28 bytes, bright ink on black.
        number: Which convolution, from 1.
    """
    network = classifier(SHIPPED)
    from mnistcore.inside.trained_layers import trained_convolution

    pixels = np.frombuffer(image, dtype=np.uint8).reshape(28, 28)
    return trained_convolution(network, pixels, number=number)


def as_bytes(pixels: npt.NDArray[np.float64]) -> bytes:
    r"""Return pixels from 0 to 1 as the bytes of an image.

    >>> as_bytes(np.array([[0.0, 1.0]]))
    b'\x00\xff'
    """
    return (pixels * 255).round().clip(0, 255).astype(np.uint8).tobytes()
