import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.numbers import generated_digit
from benchmarks.photos import take_photo
from mnistcore.drawings.form_lines import form_lines
from mnistcore.drawings.photo import clean_photo
from mnistcore.reading.classifier import load_classifier, read_drawing
from tests.ascii_drawings import DIGITS, SEVEN, drawing

Picture = npt.NDArray[np.uint8]
GRID = 30  # as dark as ink gets
PENCIL, PAPER = (140, 140, 145, 255), (225, 220, 210, 255)


def cell(text: str, *, thick: int = 9, slope: float = 0.0) -> Picture:
    """A digit in pencil in a puzzle's cell, the darker grid around it, with a camera's noise."""
    picture = drawing(text, scale=0.55, ink=PENCIL, paper=PAPER).astype(np.float64)
    height, width = picture.shape[:2]
    for column in range(width):
        for row in (6 + round(slope * column), height - 16 - round(slope * column)):
            picture[max(0, row) : row + thick, column, :3] = GRID
    picture[:, 4 : 4 + thick, :3] = picture[:, -8 - thick : -8, :3] = GRID
    picture[..., :3] += np.random.default_rng(3).normal(0, 3, (height, width, 1))
    return picture.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("slope", [0.0, 0.03], ids=["level", "slanted"])
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_in_a_grid_is_read(digit: int, slope: float) -> None:
    verdict = read_drawing(load_classifier(), clean_photo(cell(DIGITS[digit], slope=slope)).drawing)

    assert (verdict.digit, verdict.looks_like_a_digit) == (digit, True)


def test_the_lines_are_ink_with_the_step_switched_off() -> None:
    left_out = clean_photo(cell(SEVEN), without=["form_lines"])

    assert list(left_out.pictures) == ["light", "specks"]
    assert not read_drawing(load_classifier(), left_out.drawing).looks_like_a_digit


def test_chalk_in_a_grid_of_chalk_is_read() -> None:
    board = 255 - cell(SEVEN)
    board[..., 3] = 255

    verdict = read_drawing(load_classifier(), clean_photo(board).drawing)

    assert (verdict.digit, verdict.looks_like_a_digit) == (7, True)


@pytest.mark.parametrize("seed", [6, 134, 198, 266])
def test_light_that_falls_off_to_a_border_makes_no_edge(seed: int) -> None:
    """Dark paper there may be taken for a line; it is given the paper of its place."""
    rng = np.random.default_rng(seed)
    digit = generated_digit(rng)

    trace = clean_photo(take_photo(digit, rng))

    verdict = read_drawing(load_classifier(), trace.drawing)
    assert (verdict.digit, verdict.looks_like_a_digit) == (digit[0], True)


@pytest.mark.parametrize("text", DIGITS)
def test_a_digit_that_fills_its_picture_is_no_line(text: str) -> None:
    ink = drawing(text)[..., 0] > 0
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    tight = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    assert not form_lines(tight).any()


def test_a_one_in_the_middle_is_no_line() -> None:
    solid = np.zeros((60, 60), bool)
    solid[8:52, 28:31] = solid[:, 1:4] = True

    lines = form_lines(solid)

    assert lines[:, 1:4].all()
    assert not lines[:, 20:].any()


@pytest.mark.parametrize("degrees", [-5, 5])
def test_a_thin_line_that_slopes_is_one(degrees: float) -> None:
    columns = np.arange(120)
    rows = np.rint(12 + np.tan(np.radians(degrees)) * (columns - 60)).astype(int)
    solid = np.zeros((120, 120), bool)
    solid[40:80, 50:56] = True
    for thick in range(2):
        solid[rows + thick, columns] = True

    lines = form_lines(solid)

    assert lines[rows, columns].all()
    assert not lines[40:80, 50:56].any()


def test_what_hangs_on_a_line_stays_with_it() -> None:
    """A digit that touches the grid: better both than none."""
    solid = np.zeros((80, 80), bool)
    solid[:, 1:5] = True
    solid[38:42, 5:22] = solid[25:55, 22:30] = True  # touches the line
    solid[25:55, 55:60] = True  # another stroke

    assert not form_lines(solid).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (7, 9)])
def test_pictures_of_any_shape_are_looked_at(shape: tuple[int, int]) -> None:
    assert not form_lines(np.ones(shape, bool)).any()
    assert not form_lines(np.zeros(shape, bool)).any()
