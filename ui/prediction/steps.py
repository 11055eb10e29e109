"""What the network sees: every step from the drawing to 28x28 pixels, and switches to skip them."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from mnistcore.drawings.ink import grey_of
from mnistcore.drawings.preprocessing_steps import STEPS, Step, Trace
from ui import digits
from ui.drawing_canvas import Drawing
from ui.language import N_, _

PICTURE_SIDE_PX = 108  # three beside each other on a phone

TITLES: dict[Step, tuple[str, str]] = {
    "ink": (
        N_("Ink"),
        N_("Ink is what differs from the colour along the edge. Off: brightness as it is."),
    ),
    "polarity": (
        N_("Polarity"),
        N_("Ink counts as 1, paper as 0, as in MNIST. Off: the other way round."),
    ),
    "crop": (
        N_("Crop"),
        N_("The box around the ink is cut out. Off: the whole drawing is shrunk."),
    ),
    "size": ("20 × 20", N_("The longer side becomes 20 pixels. Off: it fills all 28.")),
    "centre": (
        N_("Centre"),
        N_("The ink's centre of mass goes to the middle. Off: the box's middle."),
    ),
}


def steps_left_out(key: str) -> list[Step]:
    """Return the steps that the visitor has switched off, for the drawing of this key."""
    return [step for step in STEPS if not st.session_state.get(f"{key}_{step}", True)]


def show_steps(drawing: Drawing | None, trace: Trace, *, key: str, is_photo: bool = False) -> None:
    """Show the drawing after every step, each with its switch.

    Args:
        drawing: RGBA; with None, there is nothing to show.
        trace: The steps.
        key: Of the drawing.
        is_photo: Whether the drawing has colours of its own.
    """
    if drawing is None or not trace.pictures:
        return
    st.header(_("What the network sees"), anchor=False)
    grey = None if is_photo else grey_of(drawing)  # which is shrunk six times as fast
    whole = thumbnail(
        drawing if grey is None else grey,
        _("The drawing"),
        digits.photo if is_photo else digits.ink,
    )
    pictures = [whole] + [
        thumbnail(trace.pictures[step], _("After {title}", title=_(title)), digits.ink)
        for step, (title, _help) in TITLES.items()
    ]
    with st.container(gap="small", key=f"{key}_steps"):
        show_switches(pictures, _("Drawing"), TITLES, key=key)
    st.caption(
        _(
            "These are the steps that made MNIST. Switch one off, as most demos do without "
            "knowing, and watch the bars: the thin marks are where they stand with every "
            "step taken."
        )
    )


def show_switches(
    pictures: Sequence[str], first: str, titles: Mapping[Any, tuple[str, str]], *, key: str
) -> None:
    """Show what steps made of a drawing, and below each picture its switch (see `page.css`).

    Args:
        pictures: HTML: of the drawing itself, then after each step.
        first: What is said below the first.
        titles: Title and explanation of each step.
        key: Begins those of the switches.
    """
    framed = "".join(f'<div class="step">{picture}</div>' for picture in pictures)
    st.html(f'{framed}<p class="first">{first}</p>')
    for step, (title, explanation) in titles.items():
        st.toggle(
            _(title),
            value=True,
            key=f"{key}_{step}",
            persist_state="session",
            help=_(explanation),
        )


def thumbnail(picture: digits.Picture, label: str, drawn: digits.Drawn) -> str:
    """Return a picture as small as a step's, as HTML."""
    small = digits.shrunk(picture, PICTURE_SIDE_PX)
    return drawn(small, side_px=PICTURE_SIDE_PX, label=label)
