from dataclasses import replace

import numpy as np
import pytest

from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number_reading import Box
from mnistcore.reading.photo import PhotoReading, read_lines, spelled
from tests.reading.test_page import NUMBERS, sheet
from tests.reading.test_photo import line_of, picture
from ui.colours import PLUS, rgb
from ui.prediction.columns import columns_picture
from ui.prediction.photo_lines import as_table, on_drawing, spelled_out, with_boxes


@pytest.fixture(scope="module")
def found() -> PhotoReading:
    return read_lines(picture(sheet()), load_classifier())


def test_the_table_has_a_row_for_each_number_with_its_box(found: PhotoReading) -> None:
    table = as_table(found)

    assert table["number"].tolist() == list(NUMBERS)
    assert table["line"].tolist() == [1, 2, 3]
    assert (abs((table["top"] + table["bottom"]) / 2 - [60, 160, 260]) < 16).all()
    assert ((table["least_sure"] > 0.3) & (table["least_sure"] <= 1)).all()
    assert (table["left"] < table["right"]).all()


def test_boxes_lie_at_the_same_place_of_a_smaller_picture(found: PhotoReading) -> None:
    photo = picture(sheet())

    small = on_drawing(found.lines[1], photo, photo[::2, ::2])

    for one, half in zip(found.lines[1].digits, small.digits, strict=True):
        assert np.allclose(np.array(one.box) / 2, half.box, atol=1)


def test_every_digit_is_framed_on_the_photo(found: PhotoReading) -> None:
    photo = picture(sheet())

    framed = with_boxes(photo, found)

    for line in found.lines:
        for digit in line.digits:
            assert tuple(framed[digit.box.top, digit.box.left, :3]) == rgb(PLUS)


def test_the_columns_say_in_words_what_they_show(found: PhotoReading) -> None:
    line = found.lines[0].line
    assert line is not None

    html = columns_picture(line)

    assert f"A strip read as 2026, and what each of its {len(line.columns)} columns says" in html
    assert html.count("<li>") == 11


def test_numbers_that_stand_apart_are_spelled_apart() -> None:
    line = line_of("3057", tall=10)
    far = [replace(digit, box=digit.box._replace(left=100, right=105)) for digit in line.digits[3:]]
    parted = replace(line, digits=(*line.digits[:3], *far), left_out=(Box(98, 8, 99, 10),))

    assert spelled_out(line) == "3057"
    assert spelled_out(parted) == "305 · 7"
    assert spelled(parted) == "305 7"
    table = as_table(PhotoReading((parted,)))
    assert table["number"].tolist() == ["305", "7"]
    assert table["left_out"].tolist() == [0, 1]  # the point is the nearer one's
