"""Which kernel slides, and how: a known one, one typed in by hand, or one that was trained."""

import numpy as np
import numpy.typing as npt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mnistcore.convolution.kernels import KERNELS, WEIGHT_DECIMALS
from mnistcore.errors import InvalidInputError
from ui import address
from ui.components.number_grid.component import show_number_grid
from ui.components.stepper.component import Step
from ui.convolution.number_text import (
    LARGEST_NUMBER,
    read_numbers,
    reported_table,
    resize_table,
    write_numbers,
)
from ui.convolution.picture_choice import PIXEL_DECIMALS
from ui.convolution.trained_layers import NUM_TRAINED, choose_trained_kernel
from ui.language import N_, _, each
from ui.plain_text import sentence

Array = npt.NDArray[np.float64]

KERNEL, BEFORE, SIZE = "window_kernel", "window_kernel_before", "window_kernel_size"
WEIGHTS, GRID = "window_weights", "window_weights_grid"
OWN, TRAINED = "own", "trained"
NAMES = {name: name for name in KERNELS} | {
    OWN: N_("Your own numbers"),
    TRAINED: N_("Trained first layer"),
}
FIRST = "Sobel x"
SAYS = {
    "Identity": N_("copies the pixel under its centre: the picture comes out as it went in."),
    "Blur": N_("takes a weighted mean; the weights add up to 1, so brightness stays."),
    "Sharpen": N_("adds to each pixel what sets it apart from its neighbours."),
    "Sobel x": N_("answers to upright edges: blue where the ink begins, orange where it ends."),
    "Sobel y": N_("answers to level edges: it is Sobel x, turned."),
    "Laplacian": N_(
        "compares a pixel with its neighbours: an even area gives 0, whatever its shade."
    ),
    "Emboss": N_("lights the picture from one corner, as if the ink were raised."),
    OWN: N_("does what you tell it to."),
    TRAINED: N_("was not designed by anybody: training found these numbers."),
}
LARGEST_KERNEL = 7


def choose_kernel(pixels: Array, place: DeltaGenerator) -> tuple[Step, tuple[float, float]]:
    """Show the widgets; return the layer, and the values to draw as paper and as ink.

    Args:
        pixels: (H, W), what the kernel slides over.
        place: Of the choice of a kernel; how it slides is chosen below.

    Raises:
        InvalidInputError: There is no such kernel in this size.
    """
    address.keep(KERNEL, WEIGHTS)
    name = address.choose(
        place.pills,
        _("Kernel"),
        each(NAMES),
        key=KERNEL,
        default=FIRST,
        required=True,
        on_change=_remember_kernel,
        label_visibility="collapsed",
    )
    st.session_state[BEFORE] = name
    st.caption(f"**{_(NAMES[name])}** {_(SAYS[name])}")
    settings = st.container(horizontal=True, vertical_alignment="bottom")
    scale = min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))
    if name == TRAINED:
        # To the network paper is −1 and ink 1.
        pixels, scale = (pixels * 2 - 1).round(PIXEL_DECIMALS), (-1.0, 1.0)
        number = _number(settings, _("Which of the 16"), "window_trained", 1, NUM_TRAINED, 1)
        with place:
            kernel, bias = choose_trained_kernel(number, pixels)
    else:
        size = _number(settings, _("Kernel size"), SIZE, 1, LARGEST_KERNEL, 3)
        with place:
            kernel = _type_kernel(size) if name == OWN else KERNELS[name](size)
        bias = _choose_bias(settings)
    stride = _number(settings, _("Stride"), "window_stride", 1, 5, 1)
    padding = _number(settings, _("Padding"), "window_padding", 0, 6, 0)
    dilation = _number(settings, _("Dilation"), "window_dilation", 1, 5, 1)
    return Step(pixels, kernel, bias, stride, padding, dilation), scale


def _number(
    place: DeltaGenerator, label: str, key: str, lowest: int, highest: int, default: int
) -> int:
    return place.number_input(
        label, lowest, highest, default, key=key, width=150, bind="query-params"
    )


def _choose_bias(place: DeltaGenerator) -> float:
    bias = place.number_input(
        _("Bias"), -10.0, 10.0, 0.0, 0.1, "%.2f", key="window_bias", width=150, bind="query-params"
    )
    return round(bias, PIXEL_DECIMALS)


def _remember_kernel() -> None:
    """Begin one's own numbers with those of the kernel chosen before."""
    before, chosen = st.session_state[BEFORE], st.session_state[KERNEL]
    size = st.session_state.get(SIZE, 3)
    if chosen == OWN and before in KERNELS and not address.read(WEIGHTS):
        try:
            address.write(WEIGHTS, write_numbers(KERNELS[before](size)))
        except InvalidInputError:  # no such kernel in this size: begin with the identity
            address.write(WEIGHTS, write_numbers(KERNELS["Identity"](size)))


def _type_kernel(size: int) -> Array:
    """Show the table of weights, and return them, (size, size)."""
    kernel = KERNELS["Identity"](size)
    if text := address.read(WEIGHTS):
        try:
            kernel = resize_table(
                read_numbers(text, decimals=WEIGHT_DECIMALS, most_rows=LARGEST_KERNEL), size
            )
        except InvalidInputError as error:
            st.warning(sentence(error))
    show_number_grid(
        _("The kernel's weights"),
        kernel.tolist(),
        largest=LARGEST_NUMBER,
        key=GRID,
        on_change=_keep_kernel,
    )
    return kernel


def _keep_kernel() -> None:
    kernel = reported_table(GRID, "numbers", decimals=WEIGHT_DECIMALS, most_rows=LARGEST_KERNEL)
    if kernel is not None:
        address.write(WEIGHTS, write_numbers(kernel))
