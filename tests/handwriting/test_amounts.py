"""Amounts: the digits as they were, signs around and between them."""

import numpy as np
import pytest

from mnistcore.handwriting.amounts import as_amount, random_amount
from mnistcore.handwriting.glyphs import NO_DIGIT, Glyph, SignGlyphs

INK = np.full((4, 4), 255, np.uint8)
NAMES = ("dollar", "R", "hash", "pound", "euro", "yen", "point", "comma", "apostrophe", "minus")
SIGNS: SignGlyphs = {name: [Glyph(INK, NO_DIGIT, 0.4, 0.6)] for name in (*NAMES, "equals")}
DIGITS = [Glyph(INK, digit) for digit in (1, 2, 5, 0, 3, 4, 7)]


@pytest.mark.parametrize("signs", [SIGNS, {"point": SIGNS["point"]}], ids=["all", "a point alone"])
def test_an_amounts_digits_are_those_given(signs: SignGlyphs) -> None:
    for seed in range(60):
        glyphs = as_amount(DIGITS, signs, np.random.default_rng(seed))

        assert [glyph for glyph in glyphs if glyph.label != NO_DIGIT] == DIGITS


def test_thousands_are_set_apart_from_the_right_and_cents_are_two() -> None:
    seen = {random_amount(7, np.random.default_rng(seed)).groups for seed in range(200)}

    assert seen == {frozenset(), frozenset({1, 4}), frozenset({5}), frozenset({2, 5})}


def test_a_short_amount_keeps_a_digit_before_its_signs() -> None:
    for seed in range(100):
        assert 0 not in random_amount(2, np.random.default_rng(seed)).groups
