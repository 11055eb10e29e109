import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings.preprocessing import Grey
from mnistcore.drawings.text_lines import Band
from mnistcore.reading import page
from mnistcore.reading.line_reader import LineDigit, load_line_reader
from mnistcore.reading.page import read_page
from tests.reading.test_line_reader import strip

NUMBERS = ("2026", "74", "1337")


def sheet(paper: float = 0.85, ink: float = 0.2) -> Grey:
    """Three numbers below each other, their digits 40 pixels high."""
    grey = np.full((340, 420), paper)
    for place, number in enumerate(NUMBERS):
        line = Image.fromarray(strip(*number).astype(np.float32))
        small = np.asarray(line.resize((line.width * 60 // line.height, 60), Image.Resampling.BOX))
        share = np.clip((0.9 - small) / 0.7, 0, 1)
        top, left = 30 + 100 * place, 40 + 50 * place
        rows, columns = slice(top, top + 60), slice(left, left + small.shape[1])
        grey[rows, columns] = paper + (ink - paper) * share
    return grey + np.random.default_rng(1).normal(0, 0.01, grey.shape)


def texts(grey: Grey) -> list[str]:
    return [line.reading.text for line in read_page(load_line_reader("paper"), grey)[1]]


@pytest.mark.parametrize(("paper", "ink"), [(0.85, 0.2), (0.8, 0.6), (0.1, 0.7)])
def test_every_line_is_read_from_top_to_bottom(paper: float, ink: float) -> None:
    assert texts(sheet(paper, ink)) == list(NUMBERS)


def test_rulings_a_table_and_a_shadow_are_no_lines() -> None:
    grey = sheet()
    grey[110:112] *= 0.6
    grey[210:212] *= 0.6
    grey[:, 20:22] *= 0.7
    grey *= np.linspace(1, 0.6, grey.shape[1])
    grey[-8:] = 0.03

    assert texts(grey) == list(NUMBERS)


@pytest.mark.parametrize("degrees", [-5, 4])
def test_a_slanted_sheet_is_read(degrees: float) -> None:
    turned = Image.fromarray(sheet().astype(np.float32)).rotate(
        degrees, Image.Resampling.BICUBIC, fillcolor=0.85
    )

    assert texts(np.asarray(turned)) == list(NUMBERS)


def test_blank_paper_and_noise_have_no_lines() -> None:
    rng = np.random.default_rng(3)

    assert texts(np.full((200, 300), 0.8)) == []
    assert texts(0.8 + rng.normal(0, 0.02, (200, 300))) == []


def test_one_line_that_fills_the_picture_is_read() -> None:
    assert texts(strip(*"2026")[14:-14]) == ["2026"]


def digits_on(fall: float) -> tuple[LineDigit, ...]:
    """Eight digits of a line that falls to the right, the third of them out of line."""
    share = np.full(10, 0.1, np.float32)
    tops = [100 + fall * 30 * place + (15 if place == 2 else 0) for place in range(8)]
    return tuple(
        LineDigit(0, share, 30 * place, top, 30 * place + 20, top + 40)
        for place, top in enumerate(tops)
    )


@pytest.mark.parametrize("fall", [0.1, -0.2, 0.3])
def test_the_slope_of_a_line_is_that_of_most_of_its_digits(fall: float) -> None:
    assert page._slope(digits_on(fall)) == pytest.approx(fall, abs=0.02)


@pytest.mark.parametrize("fall", [0.0, 0.01, 0.6])
def test_what_is_level_or_no_line_is_not_sloped(fall: float) -> None:
    assert page._slope(digits_on(fall)) == 0


def test_a_view_along_a_slope_has_the_line_level_and_the_boxes_where_they_were() -> None:
    level = np.pad(strip(*"2026"), ((120, 120), (40, 40)), constant_values=0.9)
    columns = np.arange(level.shape[1])
    sunk = np.rint(0.2 * (columns - len(columns) / 2)).astype(int)
    rows = (np.arange(len(level))[:, None] - sunk).clip(0, len(level) - 1)
    sloping = level[rows, columns]
    band = Band(40, 120, level.shape[1] - 40, len(level) - 120)

    there = load_line_reader("paper").read([page._view(sloping, band, 0.82, slope=0.2)])
    here = load_line_reader("paper").read([page._view(level, band, 0.82)])

    assert there.text == here.text == "2026"
    for one, other in zip(there.digits, here.digits, strict=True):
        sunk_by = 0.2 * ((one.left + one.right) / 2 - len(columns) / 2)
        assert one.left == pytest.approx(other.left, abs=2)
        # Told at the column that says the digit, which may be half a digit from its middle.
        assert one.bottom - other.bottom == pytest.approx(sunk_by, abs=0.1 * (one.right - one.left))
