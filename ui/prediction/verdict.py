"""The answer, large and by itself, and how sure it is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from mnistcore.preprocessing_steps import Step, Trace, trace_steps
from ui import digits, session
from ui.drawing_canvas import Drawing

if TYPE_CHECKING:
    from mnistcore.prediction import Verdict

IMAGE_SIDE_PX = 28
ANSWER_SIDE_PX = 112
BLANK = Trace({}, np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8))

_STYLE = """<style>
.st-key-answer_row {flex-wrap: nowrap;}
.st-key-answer, .st-key-answer_row > div {flex-shrink: 0;}
.st-key-answer_row > div:last-child {flex: 1 1 0; min-width: 0;}
</style>"""


@dataclass(frozen=True)
class Reading:
    """How a drawing was prepared, and what a network made of it.

    Attributes:
        trace: Every step of the preparation.
        verdict: On the image that came of it.
        otherwise: The probabilities with every step taken, if some were left out.
    """

    trace: Trace
    verdict: "Verdict"
    otherwise: list[float] | None


def read(name: str, drawing: Drawing | None, without: Collection[Step]) -> Reading:
    """Prepare a drawing and have a network read it.

    Args:
        name: Of the network.
        drawing: RGBA, or None for a canvas nobody has drawn on.
        without: Steps of its preparation that are left out.
    """
    if drawing is None:
        return Reading(BLANK, session.verdict(name, BLANK.image), None)
    trace = trace_steps(drawing, without)
    otherwise = None
    if without:
        otherwise = session.verdict(name, trace_steps(drawing).image).probabilities.tolist()
    return Reading(trace, session.verdict(name, trace.image), otherwise)


def show_answer(reading: Reading, invitation: str) -> None:
    """Show the answer, the image that the network was given, and how sure it is of it.

    Args:
        reading: Of the drawing.
        invitation: What to say of a blank one.
    """
    verdict = reading.verdict
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer_row"):
        with st.container(key="answer", width=ANSWER_SIDE_PX):
            text = "–" if verdict.digit is None else str(verdict.digit)
            st.html(digits.answer(text, doubtful=not verdict.looks_like_a_digit))
        st.html(
            digits.pixels(
                reading.trace.image, side_px=ANSWER_SIDE_PX, label="The drawing in 28x28 pixels"
            ),
            width="content",
        )
        st.markdown(invitation if verdict.digit is None else remark(verdict), width="stretch")


def remark(verdict: "Verdict") -> str:
    """Return in words what the answer alone does not say."""
    if not verdict.looks_like_a_digit:
        return f"This does **not look like a digit**. My best guess would be {verdict.digit}."
    sure = f"**{verdict.probabilities[verdict.digit]:.1%}** sure"
    if verdict.runner_up is None:
        return sure
    return f"{sure}, or a **{verdict.runner_up}**"
