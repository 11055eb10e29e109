import base64
import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from ui import digits
from ui.colours import MINUS, PLUS, rgb

DIGIT = np.arange(28 * 28, dtype=np.uint16).reshape(28, 28).astype(np.uint8)


@pytest.mark.parametrize("drawn", [digits.ink, digits.photo])
def test_the_picture_in_the_page_is_the_digit_itself(drawn: digits.Drawn) -> None:
    html = drawn(DIGIT, side_px=140, label="a digit")

    encoded = re.search(r"base64,([^\"]+)", html)
    assert encoded is not None
    assert np.array_equal(np.asarray(Image.open(BytesIO(base64.b64decode(encoded[1])))), DIGIT)
    assert 'alt="a digit"' in html


def test_only_ink_takes_the_pages_polarity() -> None:
    assert 'class="ink"' in digits.ink(DIGIT, side_px=140, label="a digit")
    assert 'class="ink"' not in digits.photo(DIGIT, side_px=140, label="a photo")


def test_blue_is_plus_orange_is_minus_and_nothing_is_clear() -> None:
    pixels = digits.signed_pixels(np.array([[2.0, -2.0, 1.0, 0.0]]))

    assert pixels[0, :, :3].tolist() == [list(rgb(c)) for c in (PLUS, MINUS, PLUS, PLUS)]
    assert pixels[0, :, 3].tolist() == [255, 255, 128, 0]


def test_faint_numbers_show_with_a_power_below_one() -> None:
    pixels = digits.signed_pixels(np.array([[1.0, 0.25]]), power=0.5)

    assert pixels[0, :, 3].tolist() == [255, 128]


def test_a_largest_number_of_its_own_makes_pictures_comparable() -> None:
    pixels = digits.signed_pixels(np.array([[1.0, 8.0]]), largest=4.0)

    assert pixels[0, :, 3].tolist() == [64, 255]
