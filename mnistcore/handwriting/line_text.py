"""What stands on a line: a number with the marks that surround numbers, or what is none."""

from typing import NamedTuple

from numpy.random import Generator

from mnistcore.handwriting.amounts import AMOUNTS, as_amount
from mnistcore.handwriting.glyphs import PEN_TO_HEIGHT, Glyph, GlyphBank

LONGEST = 15  # digits of a number


class Chosen(NamedTuple):
    """What stands on a line."""

    glyphs: list[Glyph]
    is_printed: bool


def choose_glyphs(
    bank: GlyphBank, rng: Generator, length: int | None, *, is_amount: bool = False
) -> Chosen:
    """Draw what stands on a line: a number, with what surrounds numbers, or something else.

    Args:
        bank: What it is set from.
        rng: Whose state decides everything.
        length: Of the number; if None, it is drawn, and what surrounds it, and whether it is one.
        is_amount: Whether a number of a given length is an amount of money.
    """
    if length is None:
        if rng.random() < 0.05:
            return Chosen(_no_number(bank, rng), is_printed=False)
        length = _random_length(rng)
        is_amount = length > 1 and rng.random() < AMOUNTS
    source, pen = rng.random(), int(rng.integers(len(PEN_TO_HEIGHT)))
    face = bank.faces[rng.integers(len(bank.faces))]
    # Few hands repeat a digit; in numbers they stand side by side all the same.
    repeats = rng.random() < 0.15
    digits = rng.integers(0, 10, length)
    if repeats:
        digits = rng.choice(rng.integers(0, 10, 2), length)
    is_printed = source > 0.84
    glyphs = []
    for digit in digits.tolist():
        if is_printed:
            glyphs.append(face.digits[digit])
        elif source < 0.5 or (source < 0.58 and rng.random() < 0.5):
            mine = bank.pens[min(max(pen + int(rng.integers(-1, 2)), 0), 6)][digit]
            glyphs.append(mine[rng.integers(len(mine))])
        else:
            glyphs.append(bank.mnist[digit][rng.integers(len(bank.mnist[digit]))])
    if is_amount:
        signs = face.signs if is_printed else bank.signs[pen]
        return Chosen(as_amount(glyphs, signs, rng), is_printed)
    marks = face.others if is_printed else bank.marks[pen]
    return Chosen(_with_marks(glyphs, marks, rng), is_printed)


def _random_length(rng: Generator) -> int:
    if rng.random() < 0.75:
        return int(rng.choice([1, 2, 3, 4, 5, 6], p=[0.16, 0.24, 0.18, 0.16, 0.14, 0.12]))
    return int(rng.integers(6, LONGEST + 1))


def _no_number(bank: GlyphBank, rng: Generator) -> list[Glyph]:
    if rng.random() < 0.5:
        return [bank.clutter[rng.integers(len(bank.clutter))] for _ in range(rng.integers(1, 3))]
    marks = bank.marks[rng.integers(len(bank.marks))]
    return [marks[rng.integers(len(marks))] for _ in range(rng.integers(1, 5))]


def _with_marks(glyphs: list[Glyph], marks: list[Glyph], rng: Generator) -> list[Glyph]:
    """Put points, dashes, signs and letters before, behind and between the digits."""
    if rng.random() < 0.55:
        return glyphs
    mixed: list[Glyph] = []
    between = rng.choice([0.0, 0.12, 0.35])
    for place, glyph in enumerate(glyphs):
        if place and rng.random() < between:
            mixed.append(marks[rng.integers(len(marks))])
        mixed.append(glyph)
    before, behind = (
        [marks[rng.integers(len(marks))] for _ in range(rng.integers(0, 3))] for _ in range(2)
    )
    return [*before, *mixed, *behind]
