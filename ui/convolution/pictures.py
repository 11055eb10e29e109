"""What the kernel slides over: a test digit, a drawing, a small grid, or the article's example."""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import session
from ui.components.number_grid.component import show_number_grid
from ui.convolution.number_text import (
    check_numbers,
    read_numbers,
    resize_table,
    write_numbers,
)

Array = npt.NDArray[np.float64]

PIXEL_DECIMALS = 2
LARGEST_GRID = 10
SIDE_PX = 28

TEST_DIGIT, DRAWING, SMALL_GRID, ARTICLE = "Test digit", "Your drawing", "Small grid", "6×6 example"

EXAMPLE = [
    [0, 0, 0.2, 0.9, 0.1, 0],
    [0, 0.1, 0.9, 0.4, 0, 0],
    [0, 0.6, 0.7, 0, 0, 0],
    [0, 0.9, 0.8, 0.9, 0.3, 0],
    [0, 0.8, 0.2, 0.4, 0.9, 0],
    [0, 0.2, 0.9, 0.9, 0.4, 0],
]
GRID = [
    [0, 0, 0, 1, 1, 1, 0, 0],
    [0, 0, 1, 1, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 1, 0, 0],
    [0, 0, 0, 0, 1, 1, 0, 0],
    [0, 0, 0, 1, 1, 0, 0, 0],
    [0, 0, 1, 1, 0, 0, 0, 0],
    [0, 1, 1, 1, 1, 1, 1, 0],
    [0, 1, 1, 1, 1, 1, 1, 0],
]


@dataclass(frozen=True)
class Picture:
    """What was chosen.

    Attributes:
        pixels: (H, W) in two decimals; digits from 0 (paper) to 1 (ink).
        kind: One of the four kinds.
    """

    pixels: Array
    kind: str


def choose_picture() -> Picture:
    """Show the widgets that choose a picture, and return it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            "Picture",
            [TEST_DIGIT, DRAWING, SMALL_GRID, ARTICLE],
            key="window_picture",
            default=TEST_DIGIT,
            required=True,
            bind="query-params",
        )
        if kind == TEST_DIGIT:
            return Picture(_choose_digit(), kind)
    if kind == DRAWING:
        return Picture(st.session_state.get("window_drawing", np.zeros((SIDE_PX, SIDE_PX))), kind)
    if kind == SMALL_GRID:
        return Picture(_type_grid(), kind)
    return Picture(np.array(EXAMPLE), ARTICLE)


def keep_drawing() -> None:
    """Take over what the pen painted; a callback of the stepper."""
    drawing = st.session_state.window_stepper.get("drawing")
    if drawing is not None:
        pixels = check_numbers(drawing, decimals=PIXEL_DECIMALS, most_rows=SIDE_PX)
        st.session_state.window_drawing = pixels.clip(0, 1)


def _choose_digit() -> Array:
    images, labels = session.test_digits()
    index = st.number_input(
        "Test image",
        0,
        len(images) - 1,
        key="window_digit",
        width=150,
        bind="query-params",
        help="MNIST's test set has 10,000 digits; this is the number of one of them.",
    )
    st.button("Another", icon=":material/casino:", on_click=_roll, args=(len(images),))
    st.caption(f"Somebody's **{labels[index]}**")
    pixels: Array = (images[index] / 255).round(PIXEL_DECIMALS)
    return pixels


def _roll(num_images: int) -> None:
    st.session_state.window_digit = random.randrange(num_images)


def _type_grid() -> Array:
    pixels = np.array(GRID, dtype=np.float64)
    if text := st.query_params.get("window_pixels"):
        try:
            pixels = read_numbers(text, decimals=PIXEL_DECIMALS, most_rows=LARGEST_GRID)
        except InvalidInputError as error:
            st.warning(str(error))
    with st.expander("Change the picture's numbers", icon=":material/edit:"):
        size = st.slider("Rows and columns", 3, LARGEST_GRID, len(pixels), key="window_grid_size")
        if size != len(pixels):
            pixels = resize_table(pixels, size)
            st.query_params["window_pixels"] = write_numbers(pixels)
        show_number_grid(
            "The picture's pixels", pixels.tolist(), key="window_grid", on_change=_keep_grid
        )
        st.caption("Arrow keys walk through the table; a block pasted from a spreadsheet fits too.")
    return pixels


def _keep_grid() -> None:
    st.query_params["window_pixels"] = write_numbers(st.session_state.window_grid.numbers)
