"""Digits to begin with: one click puts one on the canvas."""

from io import BytesIO
from typing import NamedTuple

import numpy as np
import streamlit as st
from PIL import Image

from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.handwriting.digit_styles import STYLES
from mnistcore.handwriting.hand import write_by_hand
from ui import mnist
from ui.components.digit_tiles.component import SMALL, Tile, show_tiles
from ui.digits import Digit
from ui.drawing_canvas import CANVAS_SIDE_PX, STROKE_WIDTH, put_on_canvas
from ui.sketches import Line, Sketch, picture_sketch, strokes_sketch

TEST_DIGITS = (10, 5, 1, 18, 6, 582, 2130)  # the last two are hard
STYLES_SHOWN = (
    (7, "crossed"),
    (0, "slashed"),
    (1, "long flag and foot"),
    (9, "curled foot"),
    (4, "open"),
    (2, "loop"),
    (5, "hat apart"),
)
SEED = 3
HEIGHT_PX = 230
NUMBER = (4, 2)
NUMBER_HEIGHT_PX, NUMBER_PEN_PX = 150, 14


class Sample(NamedTuple):
    """A drawing to begin with, as a thumbnail, in words, and as the canvas takes it."""

    image: Digit
    spoken: str
    sketch: Sketch


def offer_samples() -> None:
    """Show the samples; a click replaces the drawing."""
    tiles = [Tile(place, sample.image, sample.spoken) for place, sample in enumerate(_samples())]
    show_tiles("Samples", tiles, key="samples", side=SMALL, on_click=_take)


@st.cache_resource(show_spinner=False)
def _samples() -> list[Sample]:
    written = [_write(digit, style) for digit, style in STYLES_SHOWN]
    images, labels = mnist.images_and_labels()
    from_test_set = [
        Sample(
            images[index],
            f"Test digit {index}, a {labels[index]}",
            picture_sketch(images[index], side_px=CANVAS_SIDE_PX),
        )
        for index in TEST_DIGITS
    ]
    return [*written, _write_number(), *from_test_set]


def _write(digit: int, style: str) -> Sample:
    path, _ = STYLES[digit][style]
    lines = write_by_hand(path, np.random.default_rng(SEED))
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = HEIGHT_PX / (high - low).max()
    placed = [(line - (low + high) / 2) * scale + CANVAS_SIDE_PX / 2 for line in lines]
    return _sample(placed, f"A {digit}, {style}, by the generator", STROKE_WIDTH)


def _write_number() -> Sample:
    rng = np.random.default_rng(SEED)
    placed = []
    for place, digit in enumerate(NUMBER):
        path, _ = next(iter(STYLES[digit].values()))
        lines = write_by_hand(path, rng)
        points = np.concatenate(lines)
        low, high = points.min(axis=0), points.max(axis=0)
        middle = np.array([CANVAS_SIDE_PX * (place + 0.5) / len(NUMBER), CANVAS_SIDE_PX / 2])
        scale = NUMBER_HEIGHT_PX / (high - low).max()
        placed += [(line - (low + high) / 2) * scale + middle for line in lines]
    spoken = "".join(map(str, NUMBER))
    return _sample(placed, f"The number {spoken}, by the generator", NUMBER_PEN_PX)


def _sample(lines: list[Line], spoken: str, stroke_width: int) -> Sample:
    sketch = strokes_sketch(lines, side_px=CANVAS_SIDE_PX, stroke_width=stroke_width)
    drawing = np.asarray(Image.open(BytesIO(sketch.png or b"")).convert("RGBA"))
    return Sample(drawing_to_image(drawing), spoken, sketch)


def _take() -> None:
    place = st.session_state["samples"].clicked
    if place is not None:
        put_on_canvas(_samples()[place].sketch)
