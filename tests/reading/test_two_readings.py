"""Which of two readings is believed: cases as generated numbers gave them."""

import numpy as np
import pytest

from mnistcore.reading.line_reader import LineDigit, LineReading
from mnistcore.reading.number_reading import Box, NumberReading, ReadDigit
from mnistcore.reading.two_readings import (
    FoundLine,
    agreed,
    best_digits,
    distinct,
    prefers_line,
)
from mnistcore.reading.verdict import Verdict

INK = np.full((28, 28), 255, np.uint8)


def _cut(
    text: str, *, sure: float = 0.98, are_cut: bool = False, other: str = "", doubted: str = ""
) -> NumberReading:
    """What cutting says; `other` has what is left of each digit's probability."""
    digits = []
    for place, said in enumerate(text):
        probabilities = np.full(10, 1e-4, np.float32)
        if other:
            probabilities[int(other[place])] = 1 - sure
        probabilities[int(said)] = sure
        is_digit = said not in doubted
        verdict = Verdict(INK, probabilities / probabilities.sum(), is_digit)
        digits.append(ReadDigit(Box(0, 0, 1, 1), verdict, are_cut, np.ones((1, 1))))
    return NumberReading(tuple(digits))


def _line(text: str, log_probability: float, **others: float) -> LineReading:
    digits = tuple(LineDigit(int(d), np.full(10, 0.1, np.float32), 0, 0, 1, 1) for d in text)
    told = {text: log_probability} | {name.strip("_"): value for name, value in others.items()}
    return LineReading(digits, told, np.zeros((4, 11), np.float32), np.zeros((40, 8), np.float32))


def test_of_what_both_saw_both_have_a_say() -> None:
    weak, strong = _cut("70", sure=0.6, other="10"), _cut("70", sure=0.999, other="10")
    line = _line("10", -0.07, _70=-3.5)

    assert prefers_line(weak, line)
    assert not prefers_line(strong, line)


def test_a_line_that_drops_what_stands_apart_is_not_believed() -> None:
    assert not prefers_line(_cut("7611"), _line("761", -0.1, _7611=-1.8))
    assert prefers_line(_cut("7611", are_cut=True), _line("761", -0.1, _7611=-1.8))


@pytest.mark.parametrize(("log_probability", "is_believed"), [(-0.05, True), (-1.5, False)])
def test_a_digit_more_has_to_be_sure(log_probability: float, is_believed: bool) -> None:
    line = _line("2641", log_probability, _264=-5.4)

    assert prefers_line(_cut("264"), line) == is_believed


def test_a_doubted_digit_is_settled_by_a_sure_line_that_agrees_on_the_others() -> None:
    cut = _cut("941", doubted="4")

    assert cut.text == "9?1"
    assert prefers_line(cut, _line("941", -0.2))
    assert not prefers_line(cut, _line("941", -1.2))
    assert not prefers_line(cut, _line("947", -0.2, _941=-4.0))


def test_what_is_no_digit_is_not_passed_over_in_silence() -> None:
    assert not prefers_line(_cut("123", doubted="2"), _line("13", -0.01, _123=-9.0))


def test_where_cutting_is_at_a_loss_the_line_is_believed() -> None:
    cut = _cut("77", are_cut=True, doubted="7")

    assert prefers_line(cut, _line("177", -1.2, _77=-3.0))
    assert not prefers_line(cut, _line("177", -1.9, _77=-3.0))


def test_one_digit_is_no_number() -> None:
    assert not prefers_line(_cut("11", are_cut=True), _line("4", -0.01, _11=-5.0))


def test_the_best_digits_are_told_also_where_none_is_likely() -> None:
    assert best_digits(_cut("941", doubted="4")) == "941"


def test_what_both_say_is_as_doubtful_as_the_line_where_it_was_cut() -> None:
    assert prefers_line(_cut("888", are_cut=True), _line("888", -1.1))
    assert not prefers_line(_cut("888", are_cut=True), _line("888", -0.1))
    assert not prefers_line(_cut("888"), _line("888", -1.1))


def reading(**log_probabilities: float) -> LineReading:
    """A reading that says the first of these texts, each an "n" and its digits."""
    texts = {name[1:]: value for name, value in log_probabilities.items()}
    said, nowhere = next(iter(texts)), np.zeros(10, np.float32)
    digits = tuple(LineDigit(int(digit), nowhere, 0, 0, 9, 9) for digit in said)
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


def found(text: str, log_probability: float, top: int, bottom: int) -> FoundLine:
    return FoundLine(_line(text, log_probability), top, bottom)


def test_a_strip_of_strokes_out_of_a_line_is_not_another_line() -> None:
    """Its middle cut out, each loop shows two upright strokes: more digits, and surer ones."""
    line = found("260500", -1.48, 43, 122)
    strips = [found("1111111", -0.53, 80, 112), found("7111411", -0.71, 55, 87)]

    assert distinct([*strips, line]) == [line]


def test_two_lines_of_strokes_are_two() -> None:
    both = [found("1171711", -0.2, 40, 78), found("7117111", -0.3, 82, 120)]
    as_one = found("1117711", -1.5, 41, 119)

    assert distinct([as_one, *both]) == both
