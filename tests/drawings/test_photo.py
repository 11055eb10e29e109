import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.numbers import generated_digit
from benchmarks.photos import take_photo
from mnistcore.drawings.photo import PHOTO_STEPS, clean_photo
from mnistcore.errors import InvalidInputError
from mnistcore.reading.classifier import load_classifier, read_drawing
from mnistcore.reading.number import read_number
from tests.ascii_drawings import DIGITS, SEVEN, drawing, side_by_side

Picture = npt.NDArray[np.uint8]
PENCIL, PAPER = (90, 90, 95, 255), (235, 230, 220, 255)


def in_uneven_light(picture: Picture) -> Picture:
    """Light from the left, a shadow over the lower half, and the camera's noise."""
    height, width = picture.shape[:2]
    light = (
        np.linspace(1, 0.45, width)
        * np.interp(np.arange(height), [height / 2 - 8, height / 2 + 8], [1, 0.6])[:, None]
    )
    noise = np.random.default_rng(1).normal(0, 3, picture.shape)
    photo = np.clip(picture * light[..., None] + noise, 0, 255).astype(np.uint8)
    photo[..., 3] = 255
    return photo


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_in_uneven_light_is_read(digit: int) -> None:
    photo = in_uneven_light(drawing(DIGITS[digit], scale=0.7, ink=PENCIL, paper=PAPER))

    verdict = read_drawing(load_classifier(), clean_photo(photo).drawing)

    assert (verdict.digit, verdict.looks_like_a_digit) == (digit, True)


def test_without_even_light_a_shadow_is_ink() -> None:
    photo = in_uneven_light(drawing(SEVEN, scale=0.7, ink=PENCIL, paper=PAPER))

    left_out = clean_photo(photo, without=["light"])

    assert list(left_out.pictures) == ["form_lines", "specks"]
    assert not read_drawing(load_classifier(), left_out.drawing).looks_like_a_digit


def test_chalk_on_a_slate_in_uneven_light_is_read() -> None:
    slate = drawing(SEVEN, scale=0.5, ink=(225, 225, 220, 255), paper=(70, 80, 75, 255))

    verdict = read_drawing(load_classifier(), clean_photo(in_uneven_light(slate)).drawing)

    assert (verdict.digit, verdict.looks_like_a_digit) == (7, True)


def test_specks_are_taken_away() -> None:
    paper = drawing(SEVEN, ink=PENCIL, paper=PAPER)
    dusty = paper.copy()
    dusty[265:268, 8:11, :3] = dusty[12:14, 200:203, :3] = 60

    cleaned = clean_photo(dusty)

    assert np.array_equal(cleaned.drawing, paper)
    assert np.array_equal(clean_photo(dusty, without=["specks"]).drawing, dusty)


@pytest.mark.parametrize("text", DIGITS)
def test_a_picture_lit_evenly_is_left_as_it_is(text: str) -> None:
    canvas = drawing(text)

    assert np.array_equal(clean_photo(canvas).drawing, canvas)


@pytest.mark.parametrize(
    "blank", [np.zeros((60, 80, 4), np.uint8), np.full((1, 1, 4), 9, np.uint8)]
)
def test_a_blank_picture_stays_blank(blank: Picture) -> None:
    assert np.array_equal(clean_photo(blank).drawing, blank)


def test_a_number_in_uneven_light_is_read() -> None:
    number = side_by_side(DIGITS[2], DIGITS[0], DIGITS[6])
    paper = np.where(number[..., :1] > 0, np.array(PENCIL), np.array(PAPER)).astype(np.uint8)

    drawn = clean_photo(in_uneven_light(paper)).drawing

    assert read_number(load_classifier(), drawn).text == "206"


@pytest.mark.slow
def test_photos_of_generated_digits_are_read_with_the_steps_and_not_without() -> None:
    rng = np.random.default_rng(2)
    classifier = load_classifier()
    with_steps = without = 0
    for _ in range(30):
        digit = generated_digit(rng)
        photo = take_photo(digit, rng)
        for steps_left_out in ((), PHOTO_STEPS):
            verdict = read_drawing(classifier, clean_photo(photo, steps_left_out).drawing)
            is_right = verdict.digit == digit[0] and verdict.looks_like_a_digit
            with_steps += is_right and not steps_left_out
            without += is_right and bool(steps_left_out)

    assert with_steps >= 25
    assert without <= 10


def test_another_shape_or_type_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="Give uint8 of shape"):
        clean_photo(np.zeros((20, 20), np.uint8))
