"""The answer, large and by itself, and how sure it is."""

from typing import Literal

import streamlit as st

from mnistcore.reading.verdict import Verdict
from ui import digits
from ui.components.number_boxes.component import show_boxes
from ui.drawing_canvas import Drawing
from ui.language import N_, _
from ui.prediction.reading import ReadDrawing
from ui.sureness import sureness

ANSWER_SIDE_PX = 112


def show_answer(
    read: ReadDrawing,
    drawing: Drawing | None,
    invitation: str,
    *,
    key: str,
    text: str | None = None,
) -> None:
    """Show the answer, the image that the network was given, and how sure it is of it.

    Args:
        read: What was read on the drawing.
        drawing: All of it.
        key: Of the drawing.
        invitation: What to say of a blank one.
        text: What a number says, where it is more than its digits in a row.
    """
    verdict = read.verdict
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer_row"):
        width: Literal["content"] | int = ANSWER_SIDE_PX if read.number is None else "content"
        with st.container(key="answer", width=width):
            answer = "–" if verdict.digit is None else str(verdict.digit)
            doubtful = not verdict.looks_like_a_digit
            if read.number is not None:
                answer, doubtful = text or read.number.text, False
            st.html(digits.answer(answer, doubtful=doubtful))
        st.html(
            digits.ink(
                read.trace.image, side_px=ANSWER_SIDE_PX, label=_("The drawing in 28x28 pixels")
            ),
            width="content",
        )
        st.markdown(_(invitation) if verdict.digit is None else remark(read), width="stretch")
    if drawing is not None and read.number is not None:
        show_boxes(drawing, read.number, chosen=read.chosen, key=key)


def remark(read: ReadDrawing) -> str:
    """Return in words what the answer alone does not say."""
    if read.number is None:
        return _remark(read.verdict)
    digit = read.number.digits[read.chosen]
    place = {"place": read.chosen + 1, "count": len(read.number.digits)}
    if not digit.verdict.looks_like_a_digit:
        return _(
            "Digit {place} of {count}, **?**: does **not look like one**. Best guess: {digit}.",
            digit=read.verdict.digit,
            **place,
        )
    told = (
        N_(
            "Digit {place} of {count}, **{digit}**: {remark}. It touches a neighbour and was cut "
            "off."
        )
        if digit.is_cut
        else N_("Digit {place} of {count}, **{digit}**: {remark}")
    )
    return _(told, digit=read.verdict.digit, remark=_remark(read.verdict), **place)


def _remark(verdict: Verdict) -> str:
    if not verdict.looks_like_a_digit:
        return _(
            "This does **not look like a digit**. My best guess would be {digit}.",
            digit=verdict.digit,
        )
    share = sureness(float(verdict.probabilities[verdict.digit]))
    if verdict.runner_up is None:
        return _("**{share}** sure", share=share)
    return _("**{share}** sure, or a **{runner_up}**", share=share, runner_up=verdict.runner_up)
