from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.numbers import generated_digit
from benchmarks.photos import take_photo
from mnistcore.drawings.text_lines import Straightened
from mnistcore.errors import InvalidInputError
from mnistcore.reading import photo
from mnistcore.reading.classifier import load_classifier
from mnistcore.reading.number_reading import Box, NumberReading, ReadDigit
from mnistcore.reading.photo import numbers_of, read_lines, read_photo
from mnistcore.reading.verdict import Verdict
from tests.ascii_drawings import DIGITS, SEVEN, drawing
from tests.reading.test_page import NUMBERS, sheet


def picture(grey: np.ndarray) -> np.ndarray:
    shade = np.rint(255 * np.clip(grey, 0, 1)).astype(np.uint8)
    return np.dstack([shade, shade, shade, np.full_like(shade, 255)])


def test_a_sheet_is_read_line_by_line_each_digit_in_its_box() -> None:
    reading = read_lines(picture(sheet()), load_classifier())

    assert [line.text for line in reading.lines] == list(NUMBERS)
    for place, line in enumerate(reading.lines):
        assert all(abs((d.box.top + d.box.bottom) / 2 - 60 - 100 * place) < 16 for d in line.digits)
        assert all(digit.verdict.image.max() == 255 for digit in line.digits)
        for digit in line.digits:
            assert digit.verdict.probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_a_sheet_of_sure_numbers_is_not_taken_apart_as_one_drawing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[NumberReading] = []

    def take_apart(*_: object) -> NumberReading:
        asked.append(NumberReading(()))
        return asked[-1]

    monkeypatch.setattr(photo, "read_number", take_apart)

    read_lines(picture(sheet()[:250]), load_classifier())
    assert len(asked) == 1
    read_lines(picture(sheet()), load_classifier())

    assert len(NUMBERS) >= photo.SHEET
    assert len(asked) == 1


def test_a_single_digit_is_read_as_ever() -> None:
    [line] = read_lines(drawing(SEVEN), load_classifier()).lines

    assert line.text == "7"


def test_a_blank_picture_is_one_line_of_nothing() -> None:
    assert read_lines(np.full((80, 80, 4), 255, np.uint8), load_classifier()).lines == (
        NumberReading(()),
    )


def test_a_wide_gap_ends_a_number() -> None:
    grey = np.full((100, 900), 0.9)
    both = sheet()
    grey[20:80, 30:230] = both[130:190, 80:280]
    grey[20:80, 600:800] = both[130:190, 80:280]

    [line] = read_lines(picture(grey), load_classifier()).lines

    assert [number.text for number in numbers_of(line)] == ["74", "74"]


def test_a_file_is_read_and_a_broken_one_is_a_sentence(tmp_path: Path) -> None:
    file = BytesIO()
    Image.fromarray(picture(sheet())).save(file, "PNG")
    assert [line.text for line in read_photo(file).lines] == list(NUMBERS)

    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(InvalidInputError):
        read_photo(broken)


@pytest.mark.slow
def test_every_ink_digit_is_read_in_a_photo_of_one() -> None:
    for digit, text in enumerate(DIGITS):
        [line] = read_lines(drawing(text), load_classifier()).lines
        assert line.text == str(digit)


@pytest.mark.slow
def test_dust_rulings_and_shadows_beside_one_digit_are_no_digits() -> None:
    rng = np.random.default_rng(11)
    classifier, alone = load_classifier(), 0
    for _ in range(20):
        digit = generated_digit(rng)
        lines = read_lines(take_photo(digit, rng), classifier).lines
        alone += [line.text for line in lines] == [str(digit[0])]

    assert alone >= 18


@pytest.mark.slow
def test_a_large_photo_is_read_with_its_boxes_in_its_own_pixels() -> None:
    large = np.asarray(Image.fromarray(picture(sheet())).resize((2940, 2380)))

    reading = read_lines(large, load_classifier())

    assert [line.text for line in reading.lines] == list(NUMBERS)
    for place, line in enumerate(reading.lines):
        for digit in line.digits:
            assert abs((digit.box.top + digit.box.bottom) / 2 - 7 * (60 + 100 * place)) < 7 * 16


def line_of(text: str, *, tall: int, top: int = 0, probability: float = 1.0) -> NumberReading:
    """Digits of a height side by side, each so probable; `?` for one that was not read."""
    digits = []
    for place, sign in enumerate(text):
        probabilities = np.full(10, (1 - probability) / 9, np.float32)
        probabilities[0 if sign == "?" else int(sign)] = probability
        verdict = Verdict(np.full((28, 28), 255, np.uint8), probabilities, sign != "?")
        box = Box(place * tall, top, place * tall + tall // 2, top + tall)
        digits.append(ReadDigit(box, verdict, False, np.ones((1, 1))))
    return NumberReading(tuple(digits))


@pytest.mark.parametrize(("alone", "line", "is_one"), [(0.9, 0.6, True), (0.6, 0.9, False)])
def test_of_two_single_digits_the_more_probable_is_believed(
    alone: float, line: float, is_one: bool
) -> None:
    seven = line_of("7", tall=100, probability=line)

    assert photo._is_one_digit(line_of("5", tall=100, probability=alone), [seven]) == is_one


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["2026", "?"], ["2026"]),
        (["2026", "7"], ["2026", "7"]),
        (["7", "?"], ["7"]),
        (["?"], ["?"]),
        (["2?26", "74"], ["2?26", "74"]),
    ],
)
def test_a_single_doubtful_digit_beside_real_lines_is_left_out(
    lines: list[str], kept: list[str]
) -> None:
    found = [line_of(text, tall=40, top=60 * place) for place, text in enumerate(lines)]

    assert [line.text for line in photo._plausible(found)] == kept


def test_a_single_small_digit_beside_a_tall_line_is_left_out() -> None:
    found = [line_of("2026", tall=60), line_of("1", tall=20, top=100)]

    assert [line.text for line in photo._plausible(found)] == ["2026"]


@pytest.mark.parametrize(
    ("alone", "line", "is_one"),
    [
        ("5", line_of("75", tall=100), False),  # surely a number of its size
        ("5", line_of("7?", tall=100), True),
        ("5", line_of("11", tall=20), True),  # dust
        ("5", line_of("5", tall=100), True),
        ("?", line_of("7?", tall=100), False),
        ("52", line_of("7?", tall=100), False),
    ],
)
def test_one_digit_is_overruled_only_by_what_is_surely_a_number(
    alone: str, line: NumberReading, is_one: bool
) -> None:
    assert photo._is_one_digit(line_of(alone, tall=100), [line]) == is_one


def test_a_doubtful_line_found_beside_one_digit_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    level = Straightened(np.ones((10, 10)), np.zeros((10, 10), bool), 0.0, 1.0)
    monkeypatch.setattr(photo, "read_page", lambda reader, grey: (level, [None]))
    monkeypatch.setattr(photo, "_on_picture", lambda *given: line_of("1?", tall=100))

    [line] = read_lines(drawing(SEVEN), load_classifier()).lines

    assert line.text == "7"
