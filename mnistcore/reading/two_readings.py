"""A number that was read twice, cut into digits and as a line: which of the two to believe.

Chosen on generated numbers (`benchmarks numbers`, seed 77). The line is sure of what touches;
cutting of how many digits stand apart; of a digit that both saw, both have a say.
"""

import math

from mnistcore.reading.line_reader import LineReading
from mnistcore.reading.number_reading import UNREAD, NumberReading

SURE = -0.5  # log-probability of a line's text that is believed beside digits that stand apart
HOPELESS = -1.6  # below it a line is no way out for who could not cut either: a scribble
# How much the digits' own log-probabilities count beside the line's, as they stand and as cut.
WEIGHT_APART, WEIGHT_CUT = 1.0, 0.3
LEAST_PROBABILITY = 1e-6


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
