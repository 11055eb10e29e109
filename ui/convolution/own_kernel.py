"""A kernel typed in by hand; its numbers travel in the page's address."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.kernels import KERNELS, WEIGHT_DECIMALS
from mnistcore.errors import InvalidInputError
from ui.components.number_grid.component import show_number_grid
from ui.convolution.number_text import (
    read_numbers,
    resize_table,
    write_numbers,
)

Array = npt.NDArray[np.float64]

OWN = "Your own numbers"
LARGEST_KERNEL = 7


def remember_kernel() -> None:
    """Begin one's own numbers with those of the kernel chosen before; a callback."""
    before = st.session_state.get("window_kernel_before", "Sobel x")
    chosen = st.session_state.window_kernel
    size = st.session_state.get("window_kernel_size", 3)
    if chosen == OWN and before in KERNELS and "window_weights" not in st.query_params:
        try:
            st.query_params["window_weights"] = write_numbers(KERNELS[before](size))
        except InvalidInputError:  # no such kernel in this size: begin with the identity
            st.query_params["window_weights"] = write_numbers(KERNELS["Identity"](size))
    st.session_state.window_kernel_before = chosen


def type_kernel(size: int) -> Array:
    """Show the table of weights, and return them, (size, size)."""
    kernel = KERNELS["Identity"](size)
    if text := st.query_params.get("window_weights"):
        try:
            kernel = resize_table(
                read_numbers(text, decimals=WEIGHT_DECIMALS, most_rows=LARGEST_KERNEL), size
            )
        except InvalidInputError as error:
            st.warning(str(error))
    show_number_grid(
        "The kernel's weights", kernel.tolist(), key="window_weights_grid", on_change=_keep_kernel
    )
    return kernel


def _keep_kernel() -> None:
    st.query_params["window_weights"] = write_numbers(st.session_state.window_weights_grid.numbers)
