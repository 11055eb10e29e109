"""What was read twice, which of the two to believe: a number, a line of a page.

A number is cut into digits and read as a line. Chosen on generated ones (`benchmarks numbers`, seed
77): the line is sure of what touches, cutting of how many digits stand apart; of a digit that both
saw, both have a say. A line of a page is seen in several strips: what explains more is believed.
"""

import math
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from mnistcore.drawings.text_lines import Band
from mnistcore.reading.line_reader import LineReading
from mnistcore.reading.number_reading import UNREAD, NumberReading

SURE = -0.5  # log-probability of a line's text that is believed beside digits that stand apart
HOPELESS = -1.6  # below it a line is no way out for who could not cut either: a scribble
# How much the digits' own log-probabilities count beside the line's, as they stand and as cut.
WEIGHT_APART, WEIGHT_CUT = 1.0, 0.3
LEAST_PROBABILITY = 1e-6
UNTHOUGHT_OF = -3.0  # log-probability of what one of two readings did not think of
EACH_DIGIT = 1.2  # nats that a digit of a line is worth, where two readings differ
LINE_DOUBT = -0.7  # log-probability of a reading below which its band is looked at in parts
LINE_SURE = -0.3  # and above which it needs no look from another angle
SURELY, LESS_SURE, HALF = -0.1, 0.2, 0.7  # a whole line; its halves are less; of its height
SAME_LINE = 0.5  # of the lower line's height
MOSTLY = 0.8  # of a strip's digits are upright strokes, and less than half as many of the line's


def best_digits(reading: NumberReading) -> str:
    """Return the most probable digits of a number, also where none is likely."""
    return "".join(str(int(digit.verdict.probabilities.argmax())) for digit in reading.digits)


def prefers_line(cut: NumberReading, line: LineReading) -> bool:
    """Tell whether what was read as a line is to be believed rather than what was cut.

    Args:
        cut: At least one digit.
        line: Read with the cut's `best_digits` thought of as well.
    """
    own = best_digits(cut)
    were_cut = any(digit.is_cut for digit in cut.digits)
    if len(line.text) < 2:
        return False
    if line.text == cut.text:
        # The line knows how doubtful it is: a scribbled coil is cut into eights.
        return were_cut and line.log_probability < SURE
    if UNREAD in cut.text and line.log_probability < HOPELESS:
        return False
    if any(digit.text == UNREAD and not digit.is_cut for digit in cut.digits):
        # The line passes in silence over what stands alone and is no digit: it keeps its `?`.
        return len(line.text) > len(own) or (
            line.log_probability > SURE and _differ_only_in_doubt(line.text, cut.text)
        )
    if UNREAD in cut.text:
        return True
    if len(line.text) == len(own):
        return _together(cut, line, line.text) >= _together(cut, line, own)
    if were_cut:
        return True
    return len(line.text) > len(own) and line.log_probability > SURE


def _differ_only_in_doubt(line: str, cut: str) -> bool:
    return len(line) == len(cut) and all(
        mine == other or other == UNREAD for mine, other in zip(line, cut, strict=True)
    )


def _together(cut: NumberReading, line: LineReading, text: str) -> float:
    """Return the log-probability of a text by both readers, up to a constant."""
    weight = WEIGHT_CUT if any(digit.is_cut for digit in cut.digits) else WEIGHT_APART
    digits = (
        math.log(max(float(digit.verdict.probabilities[int(said)]), LEAST_PROBABILITY))
        for digit, said in zip(cut.digits, text, strict=True)
    )
    return line.log_probabilities[text] + weight * sum(digits)


def agreed(first: LineReading, again: LineReading) -> LineReading:
    """Return what two readings of one line say: the text that both find more probable in the mean.

    That mean is its log-probability: the luckiest of many looks is surer than it may be. A reading
    without digits says how doubtful the other one is.
    """

    def mean(text: str) -> float:
        both = (first.log_probabilities, again.log_probabilities)
        return sum(told.get(text, UNTHOUGHT_OF) for told in both) / 2

    saying = [reading for reading in (again, first) if reading.digits] or [first]
    better = max(saying, key=lambda reading: mean(reading.text))
    told = {**better.log_probabilities, better.text: mean(better.text)}
    return replace(better, log_probabilities=told)


class FoundLine(NamedTuple):
    """A line of digits on a straightened picture.

    Attributes:
        reading: What it says; the boxes in pixels of the straightened picture.
        top: The first row of its digits.
        bottom: The last.
    """

    reading: LineReading
    top: float
    bottom: float


def is_clear(line: FoundLine) -> bool:
    """Tell whether a line is read without much doubt."""
    return line.reading.log_probability > LINE_DOUBT


def is_sure(line: FoundLine) -> bool:
    """Tell whether a line is read with hardly any."""
    return line.reading.log_probability > LINE_SURE


def worth(line: FoundLine) -> float:
    """Return how much a reading explains: each digit, less how doubtful they are together."""
    return EACH_DIGIT * len(line.reading.digits) + line.reading.log_probability


def share_rows(one: FoundLine, other: FoundLine | Band) -> bool:
    """Tell whether most of the lower one's rows are the other's too."""
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > SAME_LINE * lower


def distinct(lines: list[FoundLine]) -> list[FoundLine]:
    """Drop what is another reading of the same line, or one of two lines as if they were one."""
    kept: list[FoundLine] = []
    lines = [line for line in lines if not _is_half(line, lines)]
    for line in sorted(lines, key=worth, reverse=True):
        if not any(share_rows(line, other) for other in kept) and not _is_two(line, lines):
            kept.append(line)
    return kept


def _is_half(line: FoundLine, lines: list[FoundLine]) -> bool:
    """Tell whether another that is sure holds its rows: a ruling may have cut that in two.

    Or one that says more than strokes, where this one says nothing else: a strip cut out of the
    middle of a line shows an upright stroke for each side of a loop, and surely so.
    """
    return any(
        (
            other.reading.log_probability > max(SURELY, line.reading.log_probability + LESS_SURE)
            or _strokes(line) > MOSTLY >= 2 * _strokes(other)
        )
        and line.bottom - line.top < HALF * (other.bottom - other.top)
        and line.top > other.top - (other.bottom - other.top) / 10
        and line.bottom < other.bottom + (other.bottom - other.top) / 10
        for other in lines
    )


def _strokes(line: FoundLine) -> float:
    """Return the share of ones and sevens."""
    text = line.reading.text
    return sum(text.count(stroke) for stroke in "17") / len(text)


def _is_two(line: FoundLine, lines: list[FoundLine]) -> bool:
    """Tell whether two others, one below the other, explain more of its rows."""
    within = [other for other in lines if other is not line and share_rows(line, other)]
    return any(
        worth(one) + worth(other) > worth(line) + EACH_DIGIT
        and not share_rows(one, other)
        and (is_clear(one) or is_clear(other))
        for one, other in combinations(within, 2)
    )
