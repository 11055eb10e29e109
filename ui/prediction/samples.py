"""Digits to begin with: one click puts one on the canvas."""

import streamlit as st

from ui import session
from ui.drawing_canvas import picture_snapshot, put_on_canvas
from ui.prediction.canvas_size import CANVAS_SIDE_PX, DRAWING
from ui.prediction.mosaic import show_samples

TEST_DIGITS = (10, 5, 1, 18, 6, 15, 21, 17, 61, 9, 33, 247, 582, 2130)  # the last ones are hard


def offer_samples() -> None:
    """Show the samples; a click replaces the drawing."""
    images, labels = session.test_digits()
    show_samples(
        "Samples",
        images[list(TEST_DIGITS)],
        [f"Test digit {index}, a {labels[index]}" for index in TEST_DIGITS],
        key="samples",
        on_click=_take,
    )


def _take() -> None:
    place = st.session_state["samples"].clicked
    if place is not None:
        image = session.test_digits()[0][TEST_DIGITS[place]]
        put_on_canvas(DRAWING, picture_snapshot(image, side_px=CANVAS_SIDE_PX))
