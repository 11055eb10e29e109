from itertools import product

import numpy as np
import pytest
import torch

from mnistcore.models.line_net import BLANK
from mnistcore.reading import line_reader
from mnistcore.reading.line_reader import View, load_line_reader
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


def test_strips_that_are_read_in_one_go_are_read_as_each_by_itself() -> None:
    reader = load_line_reader("ink")
    views = [View(strip(*text)) for text in ("7", "11", "1", "74")]

    together = reader.read_each(views)

    for view, one in zip(views, together, strict=True):
        alone = reader.read([view])
        assert one.text == alone.text
        assert one.log_probability == pytest.approx(alone.log_probability, abs=1e-3)
        assert one.columns.shape == alone.columns.shape
    assert reader.read_each([]) == []
