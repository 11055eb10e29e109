"""The screen's part: it has a code, and each drawing that comes by it becomes the visitor's own."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import streamlit as st
from PIL import Image

from ui.drawing_canvas import CANVAS_SIDE_PX, put_on_canvas
from ui.operator_settings import check_may_use_phones
from ui.phone.relay import RELAY, Screen
from ui.phone.sending import stop_sending
from ui.sketches import Sketch, picture_sketch

SCREEN = "screen_for_phones"  # in session state


def own_screen() -> Screen | None:
    """Return this visitor's screen, if it shows drawings from phones."""
    screen: Screen | None = st.session_state.get(SCREEN)
    return screen


def open_screen() -> None:
    """Show drawings from phones from now on, by a new code.

    Raises:
        InvalidInputError: Too many do already, or the operator lets none.
    """
    check_may_use_phones()
    stop_sending()
    st.session_state[SCREEN] = RELAY.open_screen()


def close_screen() -> None:
    """Show none any more; a callback."""
    screen = st.session_state.pop(SCREEN, None)
    if screen is not None:
        RELAY.close_screen(screen)


def take_drawing(screen: Screen) -> bool:
    """Make the drawing that has waited longest the visitor's own; tell whether there was one.

    Raises:
        InvalidInputError: The code is over, or the operator lets none any more.
    """
    check_may_use_phones()
    png = RELAY.take(screen)
    if png is None:
        return False
    put_on_canvas(_sketch(png))
    return True


def _sketch(png: bytes) -> Sketch:
    """Return a picture as a drawing; strokes from elsewhere are not to be trusted with a canvas."""
    picture = np.asarray(Image.open(BytesIO(png)))
    return replace(picture_sketch(picture, side_px=CANVAS_SIDE_PX), from_phone=True)
