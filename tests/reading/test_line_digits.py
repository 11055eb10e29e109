"""A line's digits get ink of their own, whatever light falls on them."""

import numpy as np
import pytest

from mnistcore.reading.line_digits import digits_on_grey
from mnistcore.reading.line_reader import View, load_line_reader
from mnistcore.reading.number_reading import Box, ReadDigit
from mnistcore.reading.verdict import Verdict
from tests.reading.test_line_reader import strip


@pytest.mark.parametrize("is_chalk", [False, True], ids=["ink", "chalk"])
def test_a_shadow_across_a_line_leaves_every_digit_its_ink(is_chalk: bool) -> None:
    grey = strip(*"2026")
    light = np.where(np.arange(grey.shape[1]) < grey.shape[1] / 2, 1.0, 0.35)
    grey = (1.0 - 0.6 * grey if is_chalk else grey) * light
    reader = load_line_reader("paper")
    reading = reader.read([View(grey)])
    boxes = [Box(0, 0, 1, 1)] * len(reading.digits)

    digits = digits_on_grey(reader, reading, grey, boxes)

    assert "".join(str(digit.verdict.digit) for digit in digits) == "2026"
    for digit in digits:
        assert digit.verdict.image.max() == 255
        assert 0.05 < (digit.ink > 0).mean() < 0.75


def test_a_digit_without_ink_is_not_read() -> None:
    blank = Verdict(np.zeros((28, 28), np.uint8), np.full(10, 0.1, np.float32), True)

    assert ReadDigit(Box(0, 0, 1, 1), blank, False, np.zeros((1, 1))).text == "?"
