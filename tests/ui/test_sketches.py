from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings.preprocessing import drawing_to_image
from ui.sketches import picture_sketch, strokes_sketch


def test_a_picture_on_the_canvas_is_read_as_the_picture_itself() -> None:
    digit = np.zeros((28, 28), np.uint8)
    digit[4:24, 12:16] = 255  # as MNIST would have placed a 1

    sketch = picture_sketch(digit, side_px=336)

    assert sketch.png is not None
    drawing = np.asarray(Image.open(BytesIO(sketch.png)).convert("RGBA"))
    assert np.array_equal(drawing_to_image(drawing), digit)


def test_strokes_by_the_library_look_as_they_would_if_drawn() -> None:
    sketch = strokes_sketch(
        [np.array([[100.0, 50.0], [100.0, 250.0]])], side_px=336, stroke_width=20
    )

    assert sketch.png is not None
    assert sketch.strokes is not None
    ink = np.argwhere(np.asarray(Image.open(BytesIO(sketch.png))) > 0)
    assert ink.min(axis=0).tolist() == pytest.approx([40, 90], abs=1)
    assert ink.max(axis=0).tolist() == pytest.approx([260, 110], abs=1)
    assert sketch.strokes["objects"][0]["path"] == [["M", 100.0, 50.0], ["L", 100.0, 250.0]]


def test_a_stroke_is_added_to_what_was_drawn_before() -> None:
    first, second = (np.array([[x, 50.0], [x, 250.0]]) for x in (100.0, 200.0))
    before = strokes_sketch([first], side_px=336, stroke_width=20)

    added = strokes_sketch([second], side_px=336, stroke_width=20, over=before)

    assert added == strokes_sketch([first, second], side_px=336, stroke_width=20)
