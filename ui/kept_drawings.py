"""The drawings of which a visitor has said what they were meant to be: kept in the session."""

import streamlit as st

from mnistcore.drawings.drawing_files import MAX_DRAWINGS, LabelledDrawing
from mnistcore.drawings.strokes import weight
from mnistcore.errors import InvalidInputError

MOST_BYTES = 64_000_000  # in memory, of one visitor's; a thousand as people make them take 50
_KEPT = "kept_drawings"  # in session state


def kept_drawings() -> list[LabelledDrawing]:
    """Return the visitor's corrections, the earliest first."""
    kept: list[LabelledDrawing] = st.session_state.setdefault(_KEPT, [])
    return kept


def keep(drawings: list[LabelledDrawing]) -> None:
    """Let these be the visitor's corrections from now on.

    Raises:
        InvalidInputError: There are too many; those of before are kept.
    """
    if len(drawings) > len(kept_drawings()):
        _check_room(drawings)
    st.session_state[_KEPT] = drawings


def _check_room(drawings: list[LabelledDrawing]) -> None:
    if len(drawings) > MAX_DRAWINGS:
        raise InvalidInputError(
            "That would be {num_drawings:,} drawings, and {most:,} are kept at most. Save those "
            "kept here as JSON, then reload the page to begin anew.",
            num_drawings=len(drawings),
            most=MAX_DRAWINGS,
        )
    num_bytes = 0.0
    for drawing in drawings:
        num_bytes += len(drawing.png) + weight(drawing.objects, MOST_BYTES)
        if num_bytes > MOST_BYTES:
            raise InvalidInputError(
                "The drawings would take more than {most:,} bytes, which is the most that is kept. "
                "Save those kept here as JSON, then reload the page to begin anew.",
                most=MOST_BYTES,
            )
