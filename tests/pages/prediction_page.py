"""What tests of the prediction page share: a drawing handed in, the answer taken out."""

import base64
import re
from io import BytesIO
from typing import Any

from PIL import Image
from streamlit.testing.v1 import AppTest

from tests.ascii_drawings import DIGITS, drawing
from tests.pages.conftest import component_data
from ui.digits import Picture

PAGE = "pages/prediction.py"
CANVAS = "drawing-canvas"


def as_the_canvas_sends_it(picture: Picture) -> dict[str, Any]:
    """Return what the component reports of a drawing."""
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    raw = {"version": "4.4.0", "objects": [{"type": "path", "path": [["M", 1, 1]]}]}
    return {"drawing": {"raw": raw, "data": url}, "backgroundFit": None}


def draw_picture(page: AppTest, picture: Picture) -> None:
    """Put a picture on the canvas."""
    page.session_state[CANVAS] = as_the_canvas_sends_it(picture)
    page.run()
    assert not page.exception


def draw(page: AppTest, digit: int) -> None:
    """Draw a digit on the canvas."""
    draw_picture(page, drawing(DIGITS[digit], side_px=336))


def answer(page: AppTest) -> str:
    """Return the large answer."""
    html = next(
        element.proto.body for element in page.get("html") if 'class="answer' in element.proto.body
    )
    found = re.search(r'class="answer[^>]*>([^<]*)<', html)
    assert found is not None
    return found[1]


def why_pictures(page: AppTest) -> list[str]:
    """Return the pictures of what spoke for an answer, as HTML."""
    return [e.proto.body for e in page.get("html") if "Pixels for and against" in e.proto.body]


def bars(page: AppTest) -> list[float]:
    """Return the ten bars' lengths."""
    probabilities: list[float] = component_data(page, "bars")["probabilities"]
    return probabilities
