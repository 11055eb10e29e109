"""What one visitor keeps has an end, and is not lost when that is reached."""

from typing import Any

import pytest
import streamlit as st

from mnistcore.drawings.drawing_files import LabelledDrawing
from mnistcore.errors import InvalidInputError
from ui import kept_drawings

SMALL = LabelledDrawing(7, 1, [{"type": "path", "path": [["M", 1, 2]]}], b"png")
LARGE = LabelledDrawing(7, 1, [{"type": "path", "path": [["M", 1, 2]] * 1000}], b"png")


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_a_thousand_drawings_are_kept_and_no_more() -> None:
    kept_drawings.keep([SMALL] * 1000)

    with pytest.raises(InvalidInputError, match=r"1,001 drawings, and 1,000 .* Save those"):
        kept_drawings.keep([SMALL] * 1001)

    assert len(kept_drawings.kept_drawings()) == 1000


def test_drawings_of_many_strokes_are_kept_up_to_a_sum() -> None:
    kept_drawings.keep([LARGE] * 200)

    with pytest.raises(InvalidInputError, match=r"more than 64,000,000 bytes.* Save those"):
        kept_drawings.keep([LARGE] * 600)

    assert len(kept_drawings.kept_drawings()) == 200


def test_drawings_can_always_be_taken_away() -> None:
    st.session_state["kept_drawings"] = [LARGE] * 600

    kept_drawings.keep([LARGE] * 599)

    assert len(kept_drawings.kept_drawings()) == 599
