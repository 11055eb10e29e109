import numpy as np
import pytest

from mnistcore.handwriting.glyphs import (
    AMOUNT_SIGNS,
    NO_DIGIT,
    PEN_TO_HEIGHT,
    SMALL_MARKS,
    GlyphBank,
    draw_bank,
    printed_faces,
)


@pytest.fixture(scope="module")
def bank() -> GlyphBank:
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 4:24, 10:16] = 200
    return draw_bank(images, np.arange(10), np.random.default_rng(1), digits=140, marks=70)


def test_every_pen_has_every_digit(bank: GlyphBank) -> None:
    assert len(bank.pens) == len(bank.marks) == len(PEN_TO_HEIGHT)
    for pens in bank.pens:
        assert [{glyph.label for glyph in glyphs} for glyphs in pens] == [{d} for d in range(10)]


def test_ink_is_cropped_and_thicker_with_a_wider_pen(bank: GlyphBank) -> None:
    ones = [[glyph.ink for glyph in pens[1]] for pens in bank.pens]
    for ink in [ink for inks in ones for ink in inks]:
        assert ink[0].any()
        assert ink[-1].any()
        assert ink[:, 0].any()
        assert ink[:, -1].any()
    covered = [np.mean([ink.astype(float).sum() / 255 / len(ink) for ink in inks]) for inks in ones]
    assert covered[-1] > 2 * covered[0]


def test_marks_are_no_digits(bank: GlyphBank) -> None:
    assert {glyph.label for marks in bank.marks for glyph in marks} == {NO_DIGIT}


def test_printed_faces_have_ten_digits_between_top_and_foot() -> None:
    faces = printed_faces()

    assert len(faces) > 40
    for digits, others, signs in faces:
        assert [glyph.label for glyph in digits] == list(range(10))
        assert all(-0.25 < glyph.top < 0.5 and 0.7 < glyph.foot < 1.4 for glyph in digits)
        assert {glyph.label for glyph in others} == {NO_DIGIT}
        assert {"point", "comma"} <= set(signs)


def test_every_pen_writes_every_sign_that_stands_beside_amounts(bank: GlyphBank) -> None:
    assert len(bank.signs) == len(PEN_TO_HEIGHT)
    for signs in bank.signs:
        assert set(signs) == {*AMOUNT_SIGNS, *SMALL_MARKS}
        assert all(glyph.label == NO_DIGIT for of_name in signs.values() for glyph in of_name)
