"""A number that was read: its digits from left to right, each with its box and its verdict."""

from dataclasses import dataclass
from typing import NamedTuple

from mnistcore.drawings.ink import Grey
from mnistcore.reading.line_reader import LineReading
from mnistcore.reading.verdict import Verdict

UNREAD = "?"


class Box(NamedTuple):
    """Where ink lies, in pixels of the drawing; `right` and `bottom` are the first without."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class ReadDigit:
    """One digit of a number.

    Attributes:
        box: Where it lies.
        verdict: What the classifier makes of it as if it were alone.
        is_cut: It touches a neighbour, and had to be cut off.
        ink: (h, w) in [0, 1], its own ink within the box, on whatever scale.
    """

    box: Box
    verdict: Verdict
    is_cut: bool
    ink: Grey

    @property
    def text(self) -> str:
        """The digit, or `?` where it does not look like one."""
        digit = self.verdict.digit
        return str(digit) if self.verdict.looks_like_a_digit and digit is not None else UNREAD


@dataclass(frozen=True)
class NumberReading:
    """What is written on a drawing.

    Attributes:
        digits: From left to right; none if the drawing is blank.
        line: What the columns said, where it was read as a line, without cutting.
        left_out: Where ink lies beside the digits that is none: points, commas, dashes, signs.
    """

    digits: tuple[ReadDigit, ...]
    line: LineReading | None = None
    left_out: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The number, with `?` for each part that does not look like a digit; empty if blank."""
        return "".join(digit.text for digit in self.digits)
