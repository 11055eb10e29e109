from itertools import product

import numpy as np
import pytest
import torch

from mnistcore.models.line_net import BLANK
from mnistcore.reading import line_reader
from mnistcore.reading.line_reader import LineReading, View, agreed, load_line_reader
from tests.ascii_drawings import DIGITS, side_by_side


def strip(*texts: str) -> np.ndarray:
    canvas = side_by_side(*(DIGITS[int(digit)] for digit in texts))
    ink = canvas[..., 0] / 255
    rows = np.flatnonzero(ink.any(axis=1))
    return 0.9 - 0.7 * np.pad(ink[rows[0] : rows[-1] + 1], ((20, 20), (0, 0)))


@pytest.mark.parametrize("text", ["2", "74", "2026", "4086"])
def test_digits_side_by_side_are_read_from_left_to_right(text: str) -> None:
    reading = load_line_reader("paper").read([View(strip(*text))])

    assert reading.text == text
    lefts = [digit.left for digit in reading.digits]
    assert lefts == sorted(lefts)


def test_a_bright_line_on_a_dark_board_says_the_same() -> None:
    grey = strip(*"74")

    one, other = (load_line_reader("paper").read([View(picture)]) for picture in (grey, 1 - grey))

    assert one.text == other.text == "74"
    assert one.log_probability == pytest.approx(other.log_probability, abs=0.05)


def test_each_box_holds_its_digit() -> None:
    grey = strip(*"26")
    columns = np.flatnonzero((grey < 0.5).any(axis=0))
    middle = columns[np.diff(columns).argmax()] + np.diff(columns).max() / 2

    first, second = load_line_reader("paper").read([View(grey)]).digits

    assert first.left == pytest.approx(columns[0], abs=12)
    assert first.right < middle + 12
    assert second.left > middle - 12
    assert second.right == pytest.approx(columns[-1], abs=12)


def test_boxes_are_told_in_the_strip_that_the_view_was_cut_from() -> None:
    grey = strip(*"26")

    here, there = (load_line_reader("paper").read([View(grey, left, 50)]) for left in (0, 300))

    assert there.digits[0].left == pytest.approx(here.digits[0].left + 300)
    assert there.digits[1].top == here.digits[1].top


def test_blank_paper_says_nothing() -> None:
    assert load_line_reader("paper").read([View(np.full((60, 200), 0.8))]).text == ""


def test_a_text_is_as_probable_as_all_its_paths_together() -> None:
    """Every row of classes that collapses to the text counted one by one."""
    columns = torch.randn(1, 5, BLANK + 1, generator=torch.Generator().manual_seed(2))
    log_probabilities = columns.log_softmax(dim=2)
    text = (3, 3)
    total = 0.0
    for path in product((3, BLANK, 0), repeat=5):
        if line_reader._collapsed(torch.tensor(path)) == text:
            total += float(log_probabilities[0, range(5), list(path)].sum().exp())

    [score] = line_reader._scores(log_probabilities, torch.tensor([5]), [text])

    assert float(score.exp()) == pytest.approx(total, rel=1e-4)


def test_what_is_said_twice_counts_once_unless_something_lies_between() -> None:
    path = torch.tensor([BLANK, 3, 3, BLANK, 3, 7, 7, BLANK])

    assert line_reader._collapsed(path) == (3, 3, 7)


def reading(**log_probabilities: float) -> LineReading:
    """A reading that says the first of these texts, each an "n" and its digits."""
    texts = {name[1:]: value for name, value in log_probabilities.items()}
    said, nowhere = next(iter(texts)), np.zeros(10, np.float32)
    digits = tuple(line_reader.LineDigit(int(digit), nowhere, 0, 0, 9, 9) for digit in said)
    return LineReading(digits, texts, np.zeros((0, 11), np.float32), np.zeros((40, 0), np.float32))


def test_a_text_that_two_readings_say_is_as_sure_as_both_in_the_mean() -> None:
    both = agreed(reading(n74=-0.01), reading(n74=-0.61, n14=-0.9))

    assert both.text == "74"
    assert both.log_probability == pytest.approx(-0.31)


@pytest.mark.parametrize(("first", "text"), [(-6.0, "14"), (-1.5, "74")])
def test_of_two_texts_the_one_that_both_find_more_probable_is_believed(
    first: float, text: str
) -> None:
    other = agreed(reading(n74=-0.3), reading(n14=-0.2, n74=first))

    assert other.text == text
    assert other.log_probability < -0.8


def test_a_text_that_the_second_reading_passes_over_stays_and_is_in_doubt() -> None:
    both = agreed(reading(n74=-0.01), reading(n=-0.1, n74=-4.0))

    assert both.text == "74"
    assert both.log_probability == pytest.approx(-2.005)
