"""The answer, large and by itself, and how sure it is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import streamlit as st

from mnistcore.drawings.preprocessing_steps import Trace, trace_steps
from ui import digits, session
from ui.components.number_boxes.component import chosen_digit, show_boxes
from ui.drawing_canvas import Drawing
from ui.prediction.steps import steps_left_out

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Verdict
    from mnistcore.reading.number import NumberReading, ReadDigit

IMAGE_SIDE_PX = 28
ANSWER_SIDE_PX = 112
BLANK = Trace({}, np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8))

_STYLE = """<style>
.st-key-answer_row {flex-wrap: wrap; row-gap: .4rem;}
.st-key-answer, .st-key-answer_row > div {flex-shrink: 0;}
.st-key-answer_row > div:last-child {flex: 1 1 10rem; min-width: min(10rem, 100%);}
</style>"""


@dataclass(frozen=True)
class Reading:
    """How a drawing was prepared, and what a network made of it.

    Attributes:
        drawing: What was read: the whole drawing, or one digit of a number by itself.
        trace: Every step of its preparation.
        verdict: On the image that came of it.
        otherwise: The probabilities with every step taken, if some were left out.
        number: All the digits, if there are several.
        chosen: The place of the one that the rest of this is about.
    """

    drawing: Drawing | None
    trace: Trace
    verdict: "Verdict"
    otherwise: list[float] | None
    number: "NumberReading | None" = None
    chosen: int = 0


def read(name: str, drawing: Drawing | None, *, key: str) -> Reading:
    """Prepare a drawing and have a network read it, with the steps that its visitor left on.

    Args:
        name: Of the network.
        drawing: RGBA, or None for a canvas nobody has drawn on.
        key: Of the drawing: its steps and the digit chosen of a number go by it.
    """
    if drawing is None:
        return Reading(None, BLANK, session.verdict(name, BLANK.image), None)
    number = session.read_number(name, drawing)
    if not number.digits:
        return Reading(drawing, BLANK, session.verdict(name, BLANK.image), None)
    chosen = chosen_digit(key, len(number.digits))
    digit, several = number.digits[chosen], len(number.digits) > 1
    one = _isolated(drawing, digit) if several else drawing
    without = steps_left_out(key)
    trace = trace_steps(one, without)
    verdict = session.verdict(name, trace.image) if without else digit.verdict
    otherwise = digit.verdict.probabilities.tolist() if without else None
    return Reading(one, trace, verdict, otherwise, number if several else None, chosen)


def _isolated(drawing: Drawing, digit: "ReadDigit") -> Drawing:
    from mnistcore.reading.number import isolate  # which brings torch

    return isolate(drawing, digit)


def show_answer(reading: Reading, drawing: Drawing | None, invitation: str, *, key: str) -> None:
    """Show the answer, the image that the network was given, and how sure it is of it.

    Args:
        reading: Of the drawing.
        drawing: All of it.
        key: Of the drawing.
        invitation: What to say of a blank one.
    """
    verdict = reading.verdict
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer_row"):
        width: Literal["content"] | int = ANSWER_SIDE_PX if reading.number is None else "content"
        with st.container(key="answer", width=width):
            text = "–" if verdict.digit is None else str(verdict.digit)
            doubtful = not verdict.looks_like_a_digit
            if reading.number is not None:
                text, doubtful = reading.number.text, False
            st.html(digits.answer(text, doubtful=doubtful))
        st.html(
            digits.pixels(
                reading.trace.image, side_px=ANSWER_SIDE_PX, label="The drawing in 28x28 pixels"
            ),
            width="content",
        )
        st.markdown(invitation if verdict.digit is None else remark(reading), width="stretch")
    if drawing is not None and reading.number is not None:
        show_boxes(drawing, reading.number, chosen=reading.chosen, key=key)


def remark(reading: Reading) -> str:
    """Return in words what the answer alone does not say."""
    if reading.number is None:
        return _remark(reading.verdict)
    digit = reading.number.digits[reading.chosen]
    words = f"Digit {reading.chosen + 1} of {len(reading.number.digits)}, "
    if not digit.verdict.looks_like_a_digit:
        return words + f"**?**: does **not look like one**. Best guess: {reading.verdict.digit}."
    words += f"**{reading.verdict.digit}**: {_remark(reading.verdict)}"
    return words + (". It touches a neighbour and was cut off." if digit.is_cut else "")


def _remark(verdict: "Verdict") -> str:
    if not verdict.looks_like_a_digit:
        return f"This does **not look like a digit**. My best guess would be {verdict.digit}."
    sure = f"**{verdict.probabilities[verdict.digit]:.1%}** sure"
    if verdict.runner_up is None:
        return sure
    return f"{sure}, or a **{verdict.runner_up}**"
