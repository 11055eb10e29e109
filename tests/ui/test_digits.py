import base64
import re
from io import BytesIO

import numpy as np
from PIL import Image

from ui import digits

DIGIT = np.arange(28 * 28, dtype=np.uint16).reshape(28, 28).astype(np.uint8)


def test_the_picture_in_the_page_is_the_digit_itself() -> None:
    html = digits.pixels(DIGIT, side_px=140, label="a digit")

    encoded = re.search(r"base64,([^\"]+)", html)
    assert encoded is not None
    assert np.array_equal(np.asarray(Image.open(BytesIO(base64.b64decode(encoded[1])))), DIGIT)


def test_bars_stand_in_order_and_only_the_longest_is_marked() -> None:
    html = digits.probability_bars([0.05, 0.9, 0.05, 0, 0, 0, 0, 0, 0, 0])

    assert re.findall(r'<span class="(?:best)?">(\d)</span>', html) == list("0123456789")
    assert re.findall(r'<span class="best">(\d)</span>', html) == ["1"]
    assert "90.0 %" in html


def test_right_and_wrong_differ_by_more_than_colour() -> None:
    right = digits.tile(DIGIT, said=7, truth=7)
    wrong = digits.tile(DIGIT, said=2, truth=7)

    assert "7 ✓" in right
    assert "2 ✗" in wrong
    assert "is 7" in wrong
    assert 'alt="7, read as 2, wrong"' in wrong
