import base64
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from mnistcore.reading.number_reading import Box, NumberReading, ReadDigit
from mnistcore.reading.verdict import Verdict
from ui.components.number_boxes.component import boxes_data


def verdict(digit: int, *, sure: bool = True) -> Verdict:
    probabilities = np.full(10, 0.01, np.float32)
    probabilities[digit] = 0.91
    return Verdict(np.ones((28, 28), np.uint8), probabilities, sure)


def reading(*boxes: Box, cut: bool = False, sure: bool = True) -> NumberReading:
    ink = np.zeros((1, 1))
    return NumberReading(
        tuple(
            ReadDigit(box, verdict(digit, sure=sure), cut, ink)
            for digit, box in enumerate(boxes, start=4)
        )
    )


def drawing(ink: int, paper: int, *boxes: Box) -> npt.NDArray[np.uint8]:
    picture = np.full((100, 200, 4), paper, np.uint8)
    for box in boxes:
        picture[box.top : box.bottom, box.left : box.right] = ink
    picture[..., 3] = 255
    return picture


LEFT, RIGHT = Box(20, 30, 60, 80), Box(100, 40, 130, 80)


@pytest.mark.parametrize(("ink", "paper"), [(255, 0), (0, 255)], ids=["canvas", "photo"])
def test_boxes_lie_round_the_ink_of_the_picture_that_is_shown(ink: int, paper: int) -> None:
    data = boxes_data(drawing(ink, paper, LEFT, RIGHT), reading(LEFT, RIGHT))

    shown = np.asarray(Image.open(BytesIO(base64.b64decode(data["picture"].split(",")[1]))))
    for box in data["boxes"]:
        left, top, wide, high = box["place"]
        height, width = shown.shape
        inside = shown[
            round(top * height) : round((top + high) * height),
            round(left * width) : round((left + wide) * width),
        ]
        assert (inside == 255).all()
    assert shown.max() == 255
    assert shown[0, 0] == 0
    assert (shown == 255).sum() == 40 * 50 + 30 * 40


def test_a_digit_says_what_it_is_and_how_it_was_found() -> None:
    picture = drawing(255, 0, LEFT, RIGHT)

    plain = boxes_data(picture, reading(LEFT, RIGHT))["boxes"]
    cut = boxes_data(picture, reading(LEFT, cut=True))["boxes"][0]
    unread = boxes_data(picture, reading(LEFT, sure=False))["boxes"][0]

    assert [box["text"] for box in plain] == ["4", "5"]
    assert plain[1]["spoken"] == "Digit 2: 5"
    assert cut["cut"] and "cut off from a neighbour" in cut["spoken"]
    assert unread["unread"] and unread["spoken"].endswith("best guess 4")
