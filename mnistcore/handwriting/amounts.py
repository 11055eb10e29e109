"""How amounts of money are written: a currency's sign before, thousands set apart, a dash behind.

A sign that nobody has shown to the reader is a digit to it: a $ is a 5 or an 8, a # is an 8.
"""

from typing import NamedTuple

from numpy.random import Generator

from mnistcore.handwriting.glyphs import AMOUNT_SIGNS, Glyph, SignGlyphs

AMOUNTS = 0.12  # the share of lines that are one
# What stands before an amount, and behind it; how its thousands, or its cents, are set apart.
BEFORE = (("dollar",), ("R", "dollar"), ("hash",), ("pound",), ("euro",), ("yen",), ("any",), ())
BEFORE_SHARES = (0.34, 0.2, 0.1, 0.05, 0.05, 0.03, 0.11, 0.12)
BEHIND = ((), ("minus",), ("comma", "minus"), ("point", "minus"), ("equals",), ("hash",), ("any",))
BEHIND_SHARES = (0.34, 0.16, 0.16, 0.14, 0.08, 0.06, 0.06)
BETWEEN = ("point", "comma", "apostrophe", "minus")
BETWEEN_SHARES = (0.5, 0.36, 0.08, 0.06)


class Amount(NamedTuple):
    """What surrounds an amount's digits.

    Attributes:
        before: Names of signs.
        between: The sign that sets groups of digits apart.
        groups: Places of digits that it stands before.
        behind: Names of signs.
    """

    before: tuple[str, ...]
    between: str
    groups: frozenset[int]
    behind: tuple[str, ...]


def as_amount(digits: list[Glyph], signs: SignGlyphs, rng: Generator) -> list[Glyph]:
    """Put signs around and between digits, as an amount is written.

    Args:
        digits: The number's, from left to right.
        signs: What to take them from: of each name, some.
        rng: Whose state decides everything.
    """
    amount = random_amount(len(digits), rng)
    glyphs = [_sign(name, signs, rng) for name in amount.before]
    for place, digit in enumerate(digits):
        if place in amount.groups:
            glyphs.append(_sign(amount.between, signs, rng))
        glyphs.append(digit)
    return glyphs + [_sign(name, signs, rng) for name in amount.behind]


def random_amount(length: int, rng: Generator) -> Amount:
    """Draw how an amount of so many digits is written."""
    before = BEFORE[rng.choice(len(BEFORE), p=BEFORE_SHARES)]
    behind = BEHIND[rng.choice(len(BEHIND), p=BEHIND_SHARES)]
    between = BETWEEN[rng.choice(len(BETWEEN), p=BETWEEN_SHARES)]
    kind = rng.choice(["none", "thousands", "cents", "both"], p=[0.35, 0.38, 0.15, 0.12])
    whole = length - 2 if kind in ("cents", "both") else length
    groups = set(range(whole - 3, 0, -3)) if kind in ("thousands", "both") else set()
    if kind in ("cents", "both"):
        groups.add(whole)
    return Amount(before, between, frozenset(place for place in groups if place > 0), behind)


def _sign(name: str, signs: SignGlyphs, rng: Generator) -> Glyph:
    """Return a sign of this name; of any, if there is none ("any" is none, faces have few)."""
    if name not in signs:
        name = list(signs)[rng.integers(len(signs))]
    glyph = signs[name][rng.integers(len(signs[name]))]
    if name not in AMOUNT_SIGNS:
        return glyph
    # Of any size, from what hangs beside the digits to what is taller than they are.
    middle = rng.uniform(0.4, 0.65)
    half = rng.uniform(0.28, 0.68) * (glyph.foot - glyph.top)
    return glyph._replace(top=middle - half, foot=middle + half)
