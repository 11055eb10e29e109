import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings.preprocessing import Grey
from mnistcore.reading.line_reader import load_line_reader
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
    return [line.reading.text for line in read_page(load_line_reader(), grey)[1]]


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
