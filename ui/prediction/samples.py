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
from ui.components.reports import reported_place
from ui.digits import Digit
from ui.drawing_canvas import CANVAS_SIDE_PX, STROKE_WIDTH, put_on_canvas
from ui.language import N_, _
from ui.sketches import Line, Sketch, picture_sketch, strokes_sketch

TEST_DIGITS = (10, 5, 1, 18, 6, 582, 2130)  # the last two are hard
STYLES_SHOWN = (
    (7, N_("crossed")),
    (0, N_("slashed")),
    (1, N_("long flag and foot")),
    (9, N_("curled foot")),
    (4, N_("open")),
    (2, N_("loop")),
    (5, N_("hat apart")),
)
SEED = 3
HEIGHT_PX = 230
NUMBER = (4, 2)
NUMBER_HEIGHT_PX, NUMBER_PEN_PX = 150, 14


class Sample(NamedTuple):
    """A drawing to begin with: a thumbnail, words with their values, what the canvas takes."""

    image: Digit
    spoken: str
    values: dict[str, object]
    sketch: Sketch

    def said(self) -> str:
        """Return the words in the visitor's language."""
        values = {
            name: _(str(value)) if name == "style" else value for name, value in self.values.items()
        }
        return _(self.spoken, **values)


def offer_samples() -> None:
    """Show the samples; a click replaces the drawing."""
    tiles = [Tile(place, sample.image, sample.said()) for place, sample in enumerate(_samples())]
    show_tiles(_("Samples"), tiles, key="samples", side=SMALL, on_click=_take)


@st.cache_resource(show_spinner=False)
def _samples() -> list[Sample]:
    written = [_write(digit, style) for digit, style in STYLES_SHOWN]
    images, labels = mnist.images_and_labels()
    from_test_set = [
        Sample(
            images[index],
            N_("Test digit {index}, a {label}"),
            {"index": index, "label": int(labels[index])},
            picture_sketch(images[index], side_px=CANVAS_SIDE_PX),
        )
        for index in TEST_DIGITS
    ]
    return [*written, _write_number(), *from_test_set]


def _write(digit: int, style: str) -> Sample:
    path = STYLES[digit][style][0]
    lines = write_by_hand(path, np.random.default_rng(SEED))
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = HEIGHT_PX / (high - low).max()
    placed = [(line - (low + high) / 2) * scale + CANVAS_SIDE_PX / 2 for line in lines]
    spoken = N_("A {digit}, {style}, by the generator")
    return _sample(placed, spoken, {"digit": digit, "style": style}, STROKE_WIDTH)


def _write_number() -> Sample:
    rng = np.random.default_rng(SEED)
    placed = []
    for place, digit in enumerate(NUMBER):
        path = next(iter(STYLES[digit].values()))[0]
        lines = write_by_hand(path, rng)
        points = np.concatenate(lines)
        low, high = points.min(axis=0), points.max(axis=0)
        middle = np.array([CANVAS_SIDE_PX * (place + 0.5) / len(NUMBER), CANVAS_SIDE_PX / 2])
        scale = NUMBER_HEIGHT_PX / (high - low).max()
        placed += [(line - (low + high) / 2) * scale + middle for line in lines]
    spoken = N_("The number {number}, by the generator")
    return _sample(placed, spoken, {"number": "".join(map(str, NUMBER))}, NUMBER_PEN_PX)


def _sample(lines: list[Line], spoken: str, values: dict[str, object], stroke_width: int) -> Sample:
    sketch = strokes_sketch(lines, side_px=CANVAS_SIDE_PX, stroke_width=stroke_width)
    drawing = np.asarray(Image.open(BytesIO(sketch.png or b"")).convert("RGBA"))
    return Sample(drawing_to_image(drawing), spoken, values, sketch)


def _take() -> None:
    place = reported_place("samples", len(_samples()))
    if place is not None:
        put_on_canvas(_samples()[place].sketch)
