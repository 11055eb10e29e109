"""The trained network's first two convolutions: their kernels, and the maps they are given.

Fetched only when somebody asks, since torch takes seconds.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from mnistcore.convolution.sliding_window import slide
from mnistcore.errors import InvalidInputError
from ui import networks
from ui.components.kernel_gallery.component import Exhibit, show_gallery
from ui.components.reports import reported_place
from ui.convolution.picture_choice import SIDE_PX
from ui.language import _

if TYPE_CHECKING:
    from mnistcore.inside.trained_layers import TrainedConvolution

Array = npt.NDArray[np.float64]

NUM_TRAINED = 16
GALLERY = "window_trained_gallery"


def choose_trained_kernel(number: int, pixels: Array) -> tuple[Array, float]:
    """Show the first layer's gallery, and return the kernel of a number, (3, 3), and its bias.

    Args:
        number: From 1 to 16, as the widget above has it.
        pixels: (H, W) from -1 to 1, for the maps in the gallery.

    Raises:
        InvalidInputError: There is no such kernel, or the network's weights cannot be read.
    """
    if not 1 <= number <= NUM_TRAINED:
        raise InvalidInputError(
            "There is no kernel {number}. Choose 1 to {num_trained}.",
            number=number,
            num_trained=NUM_TRAINED,
        )
    layer = _trained_layer(bytes(SIDE_PX * SIDE_PX), 1)
    kernels, biases = layer.kernels.round(WEIGHT_DECIMALS), layer.biases.round(WEIGHT_DECIMALS)
    exhibits = [
        Exhibit(str(place), slide(pixels[None], kernel, bias=bias), kernel[0])
        for place, (kernel, bias) in enumerate(zip(kernels, biases.tolist(), strict=True), start=1)
    ]
    show_gallery(
        _("The first layer's 16 kernels"),
        exhibits,
        number - 1,
        key=GALLERY,
        on_click=_take_over,
        side_px=52,
    )
    st.caption(
        _(
            "The network was trained on pixels from −1 (paper) to 1 (ink), so the picture is "
            "shown that way; padding with 0 is grey to it. Its own stride is 2 and its "
            "padding 1. The weights are rounded to four decimals, so that you can follow the "
            "sum."
        )
    )
    return kernels[number - 1, 0], float(biases[number - 1])


def second_layer(pixels: Array) -> "TrainedConvolution":
    """Return the second convolution, and the (16, 14, 14) maps that it is given.

    Args:
        pixels: (H, W) from 0 (paper) to 1 (ink).

    Raises:
        InvalidInputError: The trained network cannot take this picture, or cannot be read.
    """
    if pixels.shape != (SIDE_PX, SIDE_PX):
        height, width = pixels.shape
        raise InvalidInputError(
            "The trained network takes {side_px}x{side_px} pixels, and this picture has "
            "{height}x{width}. Choose a test digit or draw one.",
            side_px=SIDE_PX,
            height=height,
            width=width,
        )
    image = (pixels * 255).round().clip(0, 255).astype(np.uint8)
    return _trained_layer(image.tobytes(), 2)


@st.cache_resource(show_spinner=False, max_entries=64)
def _trained_layer(image: bytes, number: int) -> "TrainedConvolution":
    network = networks.load(networks.LESSON)
    from mnistcore.inside.trained_layers import trained_convolution

    pixels = np.frombuffer(image, dtype=np.uint8).reshape(SIDE_PX, SIDE_PX)
    return trained_convolution(network, pixels, number=number)


def _take_over() -> None:
    place = reported_place(GALLERY, NUM_TRAINED)
    if place is not None:
        st.session_state.window_trained = place + 1
