"""What the kernel slides over: a test digit, a drawing, a small grid, or the article's example."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import address, shared
from ui.components.number_grid.component import show_number_grid
from ui.convolution.number_text import (
    LARGEST_NUMBER,
    read_numbers,
    reported_table,
    resize_table,
    write_numbers,
)
from ui.digit_choice import choose_test_digit
from ui.drawing_canvas import CANVAS_SIDE_PX, current_sketch, put_on_canvas
from ui.language import N_, _, each
from ui.plain_text import sentence
from ui.sketches import BLANK, picture_sketch

Array = npt.NDArray[np.float64]

PIXEL_DECIMALS = 2
SMALLEST_GRID, LARGEST_GRID = 3, 10
GRID_SIZE = "window_grid_size"
SIDE_PX = 28

KINDS = {
    "digit": N_("Test digit"),
    "drawing": N_("Your drawing"),
    "grid": N_("Small grid"),
    "article": N_("6×6 example"),
}

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
        kind: A key of `KINDS`.
    """

    pixels: Array
    kind: str


def choose_picture() -> Picture:
    """Show the widgets that choose a picture, and return it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = address.choose(
            st.segmented_control,
            _("Picture"),
            each(KINDS),
            key="window_picture",
            at_first="drawing" if shared.has_drawn() and not address.read("window_digit") else None,
            required=True,
            wrap=True,
        )
        if kind == "digit":
            digit, label = choose_test_digit("window_digit")
            st.caption(_("Somebody's **{label}**", label=label))
            return Picture((digit / 255).round(PIXEL_DECIMALS), kind)
    if kind == "drawing":
        return Picture(_drawn(), kind)
    if kind == "grid":
        return Picture(_type_grid(), kind)
    return Picture(np.array(EXAMPLE), kind)


def keep_drawing() -> None:
    """Take over what the pen painted; a callback of the stepper."""
    drawing = reported_table(
        "window_stepper", "drawing", decimals=PIXEL_DECIMALS, most_rows=SIDE_PX
    )
    if drawing is not None:
        painted = drawing.clip(0, 1)
        digit = (255 * painted).round().astype(np.uint8)
        put_on_canvas(picture_sketch(digit, side_px=CANVAS_SIDE_PX) if digit.any() else BLANK)
        st.session_state.window_drawing = painted, current_sketch()


def _drawn() -> Array:
    """Return what the pen painted here, or what was drawn since on another page."""
    painted, sketch = st.session_state.get("window_drawing", (None, None))
    if painted is not None and sketch is current_sketch():
        return np.asarray(painted)
    if not shared.has_drawn():
        return np.zeros((SIDE_PX, SIDE_PX))
    return (shared.digit() / 255).round(PIXEL_DECIMALS)


def _type_grid() -> Array:
    address.keep("window_pixels")
    try:
        pixels = _kept_grid()
    except InvalidInputError as error:
        st.warning(sentence(error))
        pixels = np.array(GRID, dtype=np.float64)
    if st.session_state.get(GRID_SIZE) != len(pixels):
        st.session_state[GRID_SIZE] = len(pixels)
    with st.expander(_("Change the picture's numbers"), icon=":material/edit:"):
        st.slider(
            _("Rows and columns"), SMALLEST_GRID, LARGEST_GRID, key=GRID_SIZE, on_change=_resize
        )
        show_number_grid(
            _("The picture's pixels"),
            pixels.tolist(),
            largest=LARGEST_NUMBER,
            key="window_grid",
            on_change=_keep_grid,
        )
        st.caption(
            _("Arrow keys walk through the table; a block pasted from a spreadsheet fits too.")
        )
    return pixels


def _kept_grid() -> Array:
    """Return the pixels that the address holds, or those to begin with.

    Raises:
        InvalidInputError: It holds something else.
    """
    text = address.read("window_pixels")
    if not text:
        return np.array(GRID, dtype=np.float64)
    pixels = read_numbers(text, decimals=PIXEL_DECIMALS, most_rows=LARGEST_GRID)
    return pixels if len(pixels) >= SMALLEST_GRID else resize_table(pixels, SMALLEST_GRID)


def _resize() -> None:
    """Cut the grid, or fill it up; only the slider does, so that the way back has the whole."""
    try:
        pixels = _kept_grid()
    except InvalidInputError:  # which the page says
        pixels = np.array(GRID, dtype=np.float64)
    address.write("window_pixels", write_numbers(resize_table(pixels, st.session_state[GRID_SIZE])))


def _keep_grid() -> None:
    pixels = reported_table(
        "window_grid", "numbers", decimals=PIXEL_DECIMALS, most_rows=LARGEST_GRID
    )
    if pixels is not None:
        address.write("window_pixels", write_numbers(pixels))
