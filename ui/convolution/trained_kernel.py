"""The trained first layer's kernels, chosen by number or from a gallery of what they make."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from mnistcore.convolution.sliding_window import slide
from mnistcore.errors import InvalidInputError
from ui.components.gallery.component import Exhibit, show_gallery
from ui.convolution.pictures import SIDE_PX
from ui.convolution.trained import trained_layer

Array = npt.NDArray[np.float64]

TRAINED = "Trained first layer"
NUM_TRAINED = 16


def choose_trained_kernel(number: int, pixels: Array) -> tuple[Array, float]:
    """Show the gallery, and return the kernel of a number, (3, 3), and its bias.

    Args:
        number: From 1 to 16, as the widget above has it.
        pixels: (H, W) from -1 to 1, for the maps in the gallery.

    Raises:
        InvalidInputError: There is no such kernel, or the network's weights cannot be read.
    """
    if not 1 <= number <= NUM_TRAINED:
        raise InvalidInputError(f"There is no kernel {number}. Choose 1 to {NUM_TRAINED}.")
    layer = trained_layer(bytes(SIDE_PX * SIDE_PX), 1)
    kernels, biases = layer.kernels.round(WEIGHT_DECIMALS), layer.biases.round(WEIGHT_DECIMALS)
    exhibits = [
        Exhibit(str(place), slide(pixels[None], kernel, bias=bias), kernel[0])
        for place, (kernel, bias) in enumerate(zip(kernels, biases.tolist(), strict=True), start=1)
    ]
    show_gallery(
        "The first layer's 16 kernels",
        exhibits,
        number - 1,
        key="window_trained_gallery",
        on_click=_take_over,
        side_px=52,
    )
    st.caption(
        "The network was trained on pixels from −1 (paper) to 1 (ink), so the picture is shown "
        "that way; padding with 0 is grey to it. Its own stride is 2 and its padding 1. The "
        "weights are rounded to four decimals, so that you can follow the sum."
    )
    return kernels[number - 1, 0], float(biases[number - 1])


def _take_over() -> None:
    st.session_state.window_trained = int(st.session_state.window_trained_gallery.clicked) + 1
