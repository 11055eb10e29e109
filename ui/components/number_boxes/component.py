"""A number as it was written, with a box round each digit, to choose the one to look at."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from mnistcore.drawings.ink import drawn_ink
from ui import digits
from ui.components.loader import load
from ui.components.reports import reported_place
from ui.language import N_, _, each

if TYPE_CHECKING:
    from mnistcore.reading.number_reading import NumberReading, ReadDigit

MARGIN = 0.12  # of the ink's height, around it
WIDTH_PX = 480
HEIGHT_PX = 170

_BOXES = load("number_boxes")
WORDS = {"whole": N_("The digits found"), "picture": N_("What was written")}


def show_boxes(drawing: digits.Picture, number: "NumberReading", *, chosen: int, key: str) -> None:
    """Show the digits of a number on a picture of the drawing.

    Args:
        drawing: RGBA.
        number: As it was read in this drawing.
        chosen: The place of the digit that is looked at.
        key: Of the component; `chosen_digit` returns what was clicked.
    """
    data = boxes_data(drawing, number) | {"chosen": chosen, "words": each(WORDS)}
    _BOXES(key=f"{key}_boxes", on_clicked_change=_choosing(key), data=data)


def boxes_data(drawing: digits.Picture, number: "NumberReading") -> dict[str, Any]:
    """Return the part of the drawing where digits are, as ink, and where each of them lies.

    Args:
        drawing: (H, W, 4) RGBA.
        number: As it was read in this drawing, with one digit or more.
    """
    found = [digit.box for digit in number.digits]
    height, width = drawing.shape[:2]
    margin = round(MARGIN * (max(box.bottom for box in found) - min(box.top for box in found)))
    left = max(0, min(box.left for box in found) - margin)
    top = max(0, min(box.top for box in found) - margin)
    right = min(width, max(box.right for box in found) + margin)
    bottom = min(height, max(box.bottom for box in found) + margin)
    wide, high = right - left, bottom - top
    ink = np.rint(255 * drawn_ink(drawing)).astype(np.uint8)
    boxes = [
        {
            "text": digit.text,
            "place": [
                (digit.box.left - left) / wide,
                (digit.box.top - top) / high,
                (digit.box.right - digit.box.left) / wide,
                (digit.box.bottom - digit.box.top) / high,
            ],
            "cut": digit.is_cut,
            "unread": not digit.verdict.looks_like_a_digit,
            "spoken": _spoken(place, digit),
        }
        for place, digit in enumerate(number.digits, start=1)
    ]
    return {
        "picture": digits.data_uri(digits.shrunk(ink[top:bottom, left:right], WIDTH_PX)),
        "width": min(WIDTH_PX, round(HEIGHT_PX * wide / high)),
        "boxes": boxes,
    }


def chosen_digit(key: str, num_digits: int) -> int:
    """Return the place of the digit that was clicked last, if there is one there."""
    place = int(st.session_state.get(f"{key}_chosen_digit", 0))
    return place if place < num_digits else 0


def _choosing(key: str) -> Callable[[], None]:
    def choose() -> None:
        place = reported_place(f"{key}_boxes")
        if place is not None:
            st.session_state[f"{key}_chosen_digit"] = place

    return choose


def _spoken(place: int, digit: "ReadDigit") -> str:
    if not digit.verdict.looks_like_a_digit:
        return _(
            "Digit {place}: does not look like one; best guess {guess}",
            place=place,
            guess=digit.verdict.digit,
        )
    if digit.is_cut:
        return _(
            "Digit {place}: {text}, cut off from a neighbour that it touches",
            place=place,
            text=digit.text,
        )
    return _("Digit {place}: {text}", place=place, text=digit.text)
