from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings.preprocessing import drawing_to_image
from ui.drawing_canvas import Snapshot, _Memory, picture_snapshot, strokes_snapshot


def strokes(number: int) -> Snapshot:
    return Snapshot({"objects": [{"type": "path"}] * number}, b"png")


def test_what_was_undone_is_forgotten_by_the_next_stroke() -> None:
    memory = _Memory()
    memory.draw(strokes(1))
    memory.draw(strokes(2))
    memory.place = 1

    memory.draw(strokes(3))

    assert [len(s.strokes["objects"]) if s.strokes else 0 for s in memory.history] == [0, 1, 3]
    assert memory.now == strokes(3)


def test_a_picture_on_the_canvas_is_read_as_the_picture_itself() -> None:
    digit = np.zeros((28, 28), np.uint8)
    digit[4:24, 12:16] = 255  # as MNIST would have placed a 1

    snapshot = picture_snapshot(digit, side_px=336)

    assert snapshot.png is not None
    drawing = np.asarray(Image.open(BytesIO(snapshot.png)).convert("RGBA"))
    assert np.array_equal(drawing_to_image(drawing), digit)


def test_strokes_by_the_library_look_as_they_would_if_drawn() -> None:
    snapshot = strokes_snapshot(
        [np.array([[100.0, 50.0], [100.0, 250.0]])], side_px=336, stroke_width=20
    )

    assert snapshot.png is not None
    assert snapshot.strokes is not None
    ink = np.argwhere(np.asarray(Image.open(BytesIO(snapshot.png))) > 0)
    assert ink.min(axis=0).tolist() == pytest.approx([40, 90], abs=1)
    assert ink.max(axis=0).tolist() == pytest.approx([260, 110], abs=1)
    assert snapshot.strokes["objects"][0]["path"] == [["M", 100.0, 50.0], ["L", 100.0, 250.0]]
