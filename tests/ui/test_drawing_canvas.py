import base64
from io import BytesIO
from typing import Any

import pytest
import streamlit as st
from PIL import Image

from mnistcore.errors import InvalidInputError
from tests.pictures import png_of_two_sizes
from ui import drawing_canvas
from ui.drawing_canvas import _Memory, _reported
from ui.sketches import Sketch


def strokes(number: int) -> Sketch:
    return Sketch({"objects": [{"type": "path"}] * number}, b"png")


def test_what_was_undone_is_forgotten_by_the_next_stroke() -> None:
    memory = _Memory()
    memory.draw(strokes(1))
    memory.draw(strokes(2))
    memory.place = 1

    memory.draw(strokes(3))

    assert [len(s.strokes["objects"]) if s.strokes else 0 for s in memory.history] == [0, 1, 3]
    assert memory.now == strokes(3)


def reported(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGBA", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("size", [(336, 336), (672, 336)])
def test_a_picture_as_large_as_the_canvas_is_taken(size: tuple[int, int]) -> None:
    assert _reported(reported(png(*size))) == png(*size)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        (reported(png(673, 336)), "673 × 336 pixels"),
        (reported(png(336, 20_000)), "336 × 20,000 pixels"),
        (reported(png_of_two_sizes((16, 16), (1300, 1200), rows=1200)), "1,300 × 1,200 pixels"),
        (reported(b"x" * 2_000_000), "characters"),
        (reported(b"GIF89a" + bytes(50)), "no PNG"),
        ("data:image/png;base64,%%%", "no PNG"),
        ("https://somewhere.else/picture.png", "no PNG"),
        ("", "no PNG"),
        (reported(png(336, 336)[:100]), "broken"),
    ],
)
def test_what_no_canvas_reports_is_refused(url: str, fault: str) -> None:
    with pytest.raises(InvalidInputError, match=fault):
        _reported(url)


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let a browser report what it likes, and nobody else see it."""
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(drawing_canvas, "_send", lambda: None)
    return state


def report(state: dict[str, Any], objects: Any) -> None:
    state[drawing_canvas.KEY] = {
        "drawing": {"raw": {"objects": objects}, "data": reported(png(336, 336))}
    }
    drawing_canvas._take_report()


def test_strokes_that_nobody_draws_leave_the_drawing_as_it_was(state: dict[str, Any]) -> None:
    stroke = {"type": "path"}
    report(state, [stroke])

    for wrong in ([stroke, 7], "x", [{"x": "x" * 20_000_000}]):
        report(state, wrong)

    memory = drawing_canvas._memory()
    assert [one.strokes for one in memory.history] == [None, {"objects": [stroke]}]
    assert "4,000,000 bytes" in str(memory.fault)


def test_undoing_after_strokes_were_refused_takes_away_these_alone(state: dict[str, Any]) -> None:
    stroke = {"type": "path"}
    report(state, [stroke])
    report(state, [stroke, {"x": "x" * 20_000_000}])

    drawing_canvas.undo()
    report(state, [stroke])  # what the canvas has loaded
    report(state, [stroke, stroke])

    memory = drawing_canvas._memory()
    assert memory.fault is None
    assert [len(one.strokes["objects"]) for one in memory.history[1:] if one.strokes] == [1, 2]


def test_the_history_of_long_drawings_is_shorter(state: dict[str, Any]) -> None:
    for number in range(20):
        report(state, [{"x": "x" * 3_900_000, "left": number}])

    assert len(drawing_canvas._memory().history) == 10
