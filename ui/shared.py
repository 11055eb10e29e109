"""What all pages share: a visitor's one digit, and the one network that reads it.

The digit is what was drawn last, wherever that was; until something is, it is a 7.
"""

from functools import cache, lru_cache

import numpy as np
import streamlit as st

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from ui import networks
from ui.digits import Digit
from ui.drawing_canvas import (
    CANVAS_SIDE_PX,
    STROKE_WIDTH,
    Drawing,
    as_pixels,
    current_sketch,
)
from ui.networks import LESSON, NetworkKey
from ui.sketches import BLANK, strokes_sketch

NETWORK = "shared_network"
# A 7 as a pen writes it, in the canvas's pixels.
SEVEN = ((88, 84), (124, 80), (170, 79), (216, 77), (247, 74), (238, 96), (222, 132), (205, 172),
         (188, 216), (172, 262))  # fmt: skip


def digit() -> Digit:
    """Return the visitor's digit as a network takes it, (28, 28) uint8."""
    return _as_digit(png())


def example_digit() -> Digit:
    """Return the 7 that is there before anything is drawn, as a network takes it."""
    return _as_digit(_example_png())


def picture() -> Drawing:
    """Return the visitor's drawing as it looks, or the 7 that stands for it, (H, W, 4) uint8."""
    return as_pixels(png())


def png() -> bytes:
    """Return the visitor's drawing, or the 7 that stands for it, as a PNG."""
    return current_sketch().png or _example_png()


def has_drawn() -> bool:
    """Tell whether the visitor has drawn anything."""
    return current_sketch() != BLANK


def is_from_phone() -> bool:
    """Tell whether the digit was drawn on a phone, by this page's code."""
    return current_sketch().from_phone


def network() -> NetworkKey:
    """Return the network that reads; the lesson's own until another is chosen."""
    chosen: NetworkKey = st.session_state.get(NETWORK, LESSON)
    try:
        networks.find_file(chosen)
    except InvalidInputError:  # its run was deleted meanwhile
        return LESSON
    return chosen


def is_chosen() -> bool:
    """Tell whether the visitor has chosen or trained a network, and it is there."""
    return NETWORK in st.session_state and network() == st.session_state[NETWORK]


def use_network(chosen: NetworkKey) -> None:
    """Have another network read from now on."""
    st.session_state[NETWORK] = chosen


@cache
def _example_png() -> bytes:
    line = np.array(SEVEN, dtype=np.float64)
    drawn = strokes_sketch([line], side_px=CANVAS_SIDE_PX, stroke_width=STROKE_WIDTH)
    assert drawn.png is not None  # it has strokes
    return drawn.png


@lru_cache(maxsize=100)
def _as_digit(drawn: bytes) -> Digit:
    digit = drawing_to_image(as_pixels(drawn))
    digit.flags.writeable = False
    return digit
