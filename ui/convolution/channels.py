"""The tab "Channels": layers of several channels, made by hand or trained, and how parts add up."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.deep_kernels import DEEP_KERNELS, MAP_DECIMALS, MAP_NAMES, hand_made_maps
from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from ui import address
from ui.components.channel_sum.component import (
    DeepLayer,
    channel_data,
    layer_maps,
    show_channel_sum,
)
from ui.components.kernel_gallery.component import show_gallery
from ui.components.reports import reported_place
from ui.convolution.picture_choice import Picture
from ui.convolution.trained_layers import second_layer
from ui.language import N_, _, each

Array = npt.NDArray[np.float64]

LAYERS = {
    "simple": N_("Four simple maps, three kernels"),
    "trained": N_("Trained second layer: 16 maps, 32 kernels"),
}
CHOSEN, GALLERY = "window_deep_kernel", "window_deep_gallery"


def show(picture: Picture) -> None:
    """Draw the layer's maps, and the sum that makes the chosen one."""
    st.header(_("A kernel is as deep as its input"))
    st.markdown(
        _(
            "The maps of one layer are the **channels** of the next. A kernel has a slice "
            "for every channel; each slice slides over its own channel, and at every "
            "position **the parts and one bias are added to one number**. So one kernel "
            "makes one map, however many channels go in, and **as many kernels, so many "
            "maps** come out."
        )
    )
    layer, chosen = choose_deep_layer(picture.pixels)
    show_channel_sum(channel_data(layer, chosen), key="window_channels")


def choose_deep_layer(pixels: Array) -> tuple[DeepLayer, int]:
    """Show the widgets, and return a layer and which of its kernels is chosen, from 0.

    Raises:
        InvalidInputError: The trained network cannot take this picture, or cannot be read.
    """
    source = address.choose(
        st.segmented_control, _("Layer"), each(LAYERS), key="window_layer", required=True
    )
    layer = trained_second_layer(pixels) if source == "trained" else hand_made_layer(pixels)
    num_kernels = len(layer.kernels)
    chosen = int(min(st.session_state.get(CHOSEN, 0), num_kernels - 1))
    st.caption(
        _(
            "{num_kernels} kernels make {num_kernels} maps. Choose one to see how it is made.",
            num_kernels=num_kernels,
        )
    )
    show_gallery(
        _("The layer's maps"), layer_maps(layer), chosen, key=GALLERY, on_click=_keep_kernel
    )
    return layer, chosen


def hand_made_layer(pixels: Array) -> DeepLayer:
    """Return three deep kernels on the four maps that simple kernels make of a picture.

    >>> hand_made_layer(np.zeros((6, 6))).kernels.shape
    (3, 4, 3, 3)
    """
    kernels = np.stack(list(DEEP_KERNELS.values()))
    return DeepLayer(
        hand_made_maps(pixels),
        kernels,
        np.zeros(len(kernels)),
        [*map(_, MAP_NAMES)],
        [*map(_, DEEP_KERNELS)],
    )


def trained_second_layer(pixels: Array) -> DeepLayer:
    """Return the trained network's second convolution on the 16 maps it gets from a digit."""
    layer = second_layer(pixels)
    return DeepLayer(
        layer.inputs.round(MAP_DECIMALS),
        layer.kernels.round(WEIGHT_DECIMALS),
        layer.biases.round(WEIGHT_DECIMALS),
        [_("Map {number}", number=number) for number in range(1, len(layer.inputs) + 1)],
        [str(number) for number in range(1, len(layer.kernels) + 1)],
        layer.stride,
        layer.padding,
    )


def _keep_kernel() -> None:
    place = reported_place(GALLERY)
    if place is not None:
        st.session_state[CHOSEN] = place
