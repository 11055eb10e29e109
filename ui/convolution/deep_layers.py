"""The layers of several channels that the page shows: made by hand, or trained."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.deep_kernels import DEEP_KERNELS, MAP_DECIMALS, MAP_NAMES, hand_made_maps
from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from mnistcore.errors import InvalidInputError
from ui.components.channel_sum.component import DeepLayer, layer_maps
from ui.components.gallery.component import show_gallery
from ui.convolution.pictures import SIDE_PX
from ui.convolution.trained import as_bytes, trained_layer

if TYPE_CHECKING:
    from mnistcore.inside.trained_layers import TrainedConvolution

Array = npt.NDArray[np.float64]


BY_HAND = "Four simple maps, three kernels"
TRAINED_SECOND = "Trained second layer: 16 maps, 32 kernels"


def choose_deep_layer(pixels: Array) -> tuple[DeepLayer, int]:
    """Show the widgets, and return a layer and which of its kernels is chosen, from 0.

    Raises:
        InvalidInputError: The trained network cannot take this picture, or cannot be read.
    """
    source = st.segmented_control(
        "Layer",
        [BY_HAND, TRAINED_SECOND],
        key="window_layer",
        default=BY_HAND,
        required=True,
        bind="query-params",
    )
    layer = _trained_second(pixels) if source == TRAINED_SECOND else hand_made_layer(pixels)
    num_kernels = len(layer.kernels)
    chosen = int(min(st.session_state.get("window_deep_kernel", 0), num_kernels - 1))
    st.caption(f"{num_kernels} kernels make {num_kernels} maps. Choose one to see how it is made.")
    show_gallery(
        "The layer's maps",
        layer_maps(layer),
        chosen,
        key="window_deep_gallery",
        on_click=_keep_deep_kernel,
    )
    return layer, chosen


def hand_made_layer(pixels: Array) -> DeepLayer:
    """Return three deep kernels on the four maps that simple kernels make of a picture.

    >>> hand_made_layer(np.zeros((6, 6))).kernels.shape
    (3, 4, 3, 3)
    """
    kernels = np.stack(list(DEEP_KERNELS.values()))
    return DeepLayer(
        hand_made_maps(pixels), kernels, np.zeros(len(kernels)), MAP_NAMES, list(DEEP_KERNELS)
    )


def _keep_deep_kernel() -> None:
    st.session_state.window_deep_kernel = st.session_state.window_deep_gallery.clicked


def trained_maps(pixels: Array) -> Array:
    """Return the (16, 14, 14) maps that the trained first layer hands to the second.

    Raises:
        InvalidInputError: The trained network cannot take this picture, or cannot be read.
    """
    return _second_convolution(pixels).inputs


def _second_convolution(pixels: Array) -> "TrainedConvolution":
    if pixels.shape != (SIDE_PX, SIDE_PX):
        height, width = pixels.shape
        raise InvalidInputError(
            f"The trained network takes {SIDE_PX}x{SIDE_PX} pixels, and this picture has "
            f"{height}x{width}. Choose a test digit or draw one."
        )
    return trained_layer(as_bytes(pixels), 2)


def _trained_second(pixels: Array) -> DeepLayer:
    """Return the trained network's second convolution on the 16 maps it gets from a digit."""
    layer = _second_convolution(pixels)
    return DeepLayer(
        layer.inputs.round(MAP_DECIMALS),
        layer.kernels.round(WEIGHT_DECIMALS),
        layer.biases.round(WEIGHT_DECIMALS),
        [f"Map {number}" for number in range(1, len(layer.inputs) + 1)],
        [str(number) for number in range(1, len(layer.kernels) + 1)],
        layer.stride,
        layer.padding,
    )
