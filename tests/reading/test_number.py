import numpy as np
import numpy.typing as npt
import pytest

from benchmarks import non_digits
from benchmarks.numbers import generated_digit
from benchmarks.written_numbers import write_number
from mnistcore.drawings.ink_parts import find_parts
from mnistcore.drawings.preprocessing import drawing_to_image
from mnistcore.errors import InvalidInputError
from mnistcore.reading import number
from mnistcore.reading.classifier import WEIGHTS, Classifier, load_classifier, read_drawing
from mnistcore.reading.number import isolate, read_number
from mnistcore.reading.segmentation import Segment
from tests.ascii_drawings import (
    CROSS,
    CROSSED_SEVEN,
    DIGITS,
    FIVE_IN_TWO_STROKES,
    FRAME,
    OPEN_FOUR,
    ZIGZAG,
    drawing,
    side_by_side,
)

Drawing = npt.NDArray[np.uint8]


@pytest.fixture(scope="module")
def reader() -> Classifier:
    return load_classifier()


@pytest.mark.parametrize("number", ["2026", "11", "00", "74", "13579", "8"])
def test_digits_side_by_side_are_a_number(reader: Classifier, number: str) -> None:
    reading = read_number(reader, side_by_side(*(DIGITS[int(digit)] for digit in number)))

    assert reading.text == number


def test_each_digit_lies_in_its_box(reader: Classifier) -> None:
    canvas = side_by_side(DIGITS[2], DIGITS[7], gap=40)

    first, second = read_number(reader, canvas).digits

    inked = np.flatnonzero(canvas[..., 0].any(axis=0))
    assert first.box.left == inked[0]
    assert second.box.right == inked[-1] + 1
    assert second.box.left - first.box.right == 40


@pytest.mark.parametrize("text", [*DIGITS, CROSSED_SEVEN, OPEN_FOUR, FIVE_IN_TWO_STROKES])
def test_one_digit_is_read_as_ever(reader: Classifier, text: str) -> None:
    canvas = drawing(text)

    [digit] = read_number(reader, canvas).digits

    alone = read_drawing(reader, canvas)
    assert np.array_equal(digit.verdict.image, alone.image)
    np.testing.assert_allclose(digit.verdict.probabilities, alone.probabilities, atol=1e-6)
    assert digit.verdict.looks_like_a_digit == alone.looks_like_a_digit


def test_what_looks_like_one_digit_is_not_taken_apart(
    reader: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def find_none(*given: object) -> list[Segment]:
        asked.append(given)
        return []

    monkeypatch.setattr(number, "find_segments", find_none)

    assert read_number(reader, drawing(CROSSED_SEVEN)).text == "7"
    assert not asked
    read_number(reader, side_by_side(DIGITS[2], DIGITS[0]))
    assert len(asked) == 1


@pytest.mark.parametrize("digit", [OPEN_FOUR, FIVE_IN_TWO_STROKES], ids=["4", "5"])
def test_a_digit_in_two_strokes_stays_one_in_a_number(reader: Classifier, digit: str) -> None:
    meant = "4" if digit is OPEN_FOUR else "5"

    assert read_number(reader, side_by_side(DIGITS[2], digit, DIGITS[0])).text == f"2{meant}0"


@pytest.mark.slow
def test_a_one_close_to_a_digit_is_not_its_stroke(reader: Classifier) -> None:
    rng = np.random.default_rng([99, 1, 3])
    numbers = (write_number(generated_digit, 3, "close", rng) for _ in range(200))
    number = next(number for number in numbers if number.text == "514")

    assert read_number(reader, number.drawing).text == "514"


def test_a_blank_drawing_has_no_digits(reader: Classifier) -> None:
    reading = read_number(reader, np.full((50, 90, 4), 200, np.uint8))

    assert (reading.text, reading.digits) == ("", ())


def test_a_scribble_is_one_refusal(reader: Classifier) -> None:
    reading = read_number(reader, drawing(ZIGZAG))

    assert reading.text == "?"
    assert len(reading.digits) == 1


def test_two_things_that_are_no_digits_are_refused_as_a_whole(reader: Classifier) -> None:
    [refused] = read_number(reader, side_by_side(CROSS, FRAME)).digits

    assert refused.text == "?"


def test_what_is_no_digit_among_digits_is_flagged(reader: Classifier) -> None:
    square = "\n".join(["#########", *["#       #"] * 7, "#########"])

    reading = read_number(reader, side_by_side(DIGITS[2], square, DIGITS[3], DIGITS[5], gap=50))

    assert reading.text == "2?35"


def test_specks_beside_digits_are_left_out(reader: Classifier) -> None:
    canvas = side_by_side(DIGITS[4], DIGITS[2], gap=60)
    canvas[20:26, 20:26] = canvas[150:155, -20:-14] = 255

    assert read_number(reader, canvas).text == "42"


def test_digits_that_touch_are_cut_and_marked(reader: Classifier) -> None:
    canvas = side_by_side(DIGITS[5], DIGITS[6], gap=6)
    inked = canvas[..., 0].max(axis=0) > 0
    blank = np.flatnonzero(~inked[40:-40]) + 40
    beside = canvas[:, blank[0] - 1, 0] & canvas[:, blank[-1] + 1, 0] > 0
    canvas[beside, blank[0] : blank[-1] + 1] = 255  # where both come near, they meet

    reading = read_number(reader, canvas)

    assert len(find_parts(canvas[..., 0] / 255)) == 1
    assert reading.text == "56"
    assert all(digit.is_cut for digit in reading.digits)


def test_a_network_that_cannot_tell_digits_apart_borrows_the_one_that_can() -> None:
    mynet = load_classifier(WEIGHTS / "mynet.pt")

    assert read_number(mynet, side_by_side(DIGITS[1], DIGITS[3], DIGITS[0])).text == "130"
    with pytest.raises(InvalidInputError, match="cannot tell what is no digit"):
        read_number(mynet, side_by_side(DIGITS[1], DIGITS[3]), finder=mynet)


def test_a_large_photo_is_read_as_the_small_one(reader: Classifier) -> None:
    small = side_by_side(DIGITS[9], DIGITS[6], DIGITS[5])
    large = small.repeat(4, axis=0).repeat(4, axis=1)

    reading = read_number(reader, large)

    assert reading.text == "965"
    for digit, other in zip(reading.digits, read_number(reader, small).digits, strict=True):
        assert digit.box == pytest.approx([4 * edge for edge in other.box], abs=8)


def test_a_digit_taken_out_of_its_number_is_a_drawing_of_its_own(reader: Classifier) -> None:
    canvas = side_by_side(DIGITS[5], DIGITS[3])
    reading = read_number(reader, canvas)

    alone = [isolate(canvas, digit) for digit in reading.digits]

    assert [read_drawing(reader, one).digit for one in alone] == [5, 3]
    for one, digit in zip(alone, reading.digits, strict=True):
        difference = drawing_to_image(one).astype(float) - digit.verdict.image
        assert abs(difference).mean() < 1


@pytest.mark.slow
def test_generated_numbers_are_read(reader: Classifier) -> None:
    rng = np.random.default_rng(4)
    written = [write_number(generated_digit, 3, "apart", rng) for _ in range(40)]

    num_read = sum(read_number(reader, number.drawing).text == number.text for number in written)

    assert num_read >= 37


def test_another_shape_or_type_is_explained(reader: Classifier) -> None:
    with pytest.raises(InvalidInputError, match="Give uint8 of shape"):
        read_number(reader, np.zeros((20, 20), np.uint8))


@pytest.mark.slow
def test_most_touching_numbers_are_read_without_cutting_them_apart(reader: Classifier) -> None:
    rng = np.random.default_rng(23)
    written = [write_number(generated_digit, 2 + n % 2, "touching", rng) for n in range(30)]

    readings = [read_number(reader, one.drawing) for one in written]

    right = [reading.text == one.text for reading, one in zip(readings, written, strict=True)]
    assert sum(right) >= 20  # cutting alone reads half as many
    assert any(reading.line is not None for reading in readings)


@pytest.mark.slow
def test_letters_are_no_numbers(reader: Classifier) -> None:
    inks = non_digits.letters(np.random.default_rng(3), 40, like_digits=False)

    texts = [
        read_number(reader, np.dstack([ink] * 3 + [np.full_like(ink, 255)])).text for ink in inks
    ]

    assert sum(len(text) > 1 and "?" not in text for text in texts) == 0
