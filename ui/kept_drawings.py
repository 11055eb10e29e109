"""The drawings of which a visitor has said what they were meant to be: kept in the session."""

import streamlit as st

from mnistcore.drawings.drawing_files import LabelledDrawing

_KEPT = "kept_drawings"  # in session state


def kept_drawings() -> list[LabelledDrawing]:
    """Return the visitor's corrections, the earliest first."""
    kept: list[LabelledDrawing] = st.session_state.setdefault(_KEPT, [])
    return kept


def keep(drawings: list[LabelledDrawing]) -> None:
    """Let these be the visitor's corrections from now on."""
    st.session_state[_KEPT] = drawings
