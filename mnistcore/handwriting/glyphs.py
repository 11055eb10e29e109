"""Digits and marks ready to be set into lines: written by the generator's hands, MNIST's, printed.

A glyph is its ink alone, cropped, with where it stands between a line's top and its foot. Drawing
one takes a millisecond, setting it a tenth: so some ten thousands are drawn once, and set often.
"""

import math
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageDraw

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.generator import PROBABILITIES_OF, STYLES_OF
from mnistcore.handwriting.hand import Points, write_by_hand
from mnistcore.handwriting.non_digit_styles import LETTERS, SIGNS
from mnistcore.handwriting.non_digits import draw_non_digit
from mnistcore.handwriting.pen import draw_line, random_profile

NO_DIGIT = -1
TALL_PX = 64  # what a glyph's digits are drawn at
PEN_TO_HEIGHT = (0.022, 0.035, 0.05, 0.07, 0.095, 0.125, 0.165)  # a line keeps to one of these
PRINTED_FILE = Path(__file__).with_name("printed-characters.npz")
LIKE_A_ONE = "/"
PRINTED_SIGNS = {
    **{".": "point", ",": "comma", "-": "minus", "=": "equals"},
    **{"$": "dollar", "#": "hash", "R": "R"},
}
PRINTED_TOP_PX, PRINTED_DIGIT_PX = 30, 40
# Letters and signs that no hand writes like a digit: a slanting stroke, say, is a 1.
UNLIKE_DIGITS = (
    *("A", "E", "F", "H", "K", "M", "N", "R", "W", "X", "a", "h", "k", "m", "w", "p"),
    *("plus", "hash", "percent", "ampersand", "at", "dollar", "euro", "asterisk", "question mark"),
)
# Signs that a hand draws low, in the middle, ...: top and foot, a digit's being 0 and 1.
SMALL_MARKS = {
    "point": ("50,90 52,94", 0.9, 1.0),
    "comma": ("50,86 52,96 42,116", 0.85, 1.2),
    "apostrophe": ("50,-4 46,14", -0.05, 0.15),
    "minus": ("10,50 90,50", 0.48, 0.52),
    "dash, long": ("-40,52 140,50", 0.48, 0.52),
    "equals": ("8,38 92,38 / 8,64 92,64", 0.38, 0.64),
    "colon": ("50,40 52,43 / 50,88 52,92", 0.4, 0.92),
    "underline": ("-60,112 160,110", 1.08, 1.14),
    "double wave": ("0,44 30,36 60,52 100,42 / 0,62 30,56 60,70 100,60", 0.36, 0.7),
}
# Signs that stand beside amounts: each in some ways of writing it.
AMOUNT_SIGNS = {
    "dollar": (
        SIGNS["dollar"],
        "84,16 50,6 20,26 50,48 80,70 50,94 14,84 / 42,-8 42,110 / 58,-8 58,110",
        "84,16 50,6 20,26 50,48 80,70 50,94 14,84 / 50,-12 50,8 / 50,92 50,112",
        "80,10 44,2 26,26 54,46 76,68 48,98 12,86 / 68,-14 34,114",
    ),
    "R": (LETTERS["R"], "18,102 18,0 / 6,10 60,-4 84,24 60,48 20,50* 90,96"),
    "hash": (SIGNS["hash"], "40,0 40,100 / 62,0 62,100 / 10,36 90,36 / 10,64 90,64"),
    "pound": ("86,20 64,0 40,18 40,60 28,96 12,90 24,80 60,94 90,86 / 16,50 70,50",),
    "euro": (SIGNS["euro"], "90,10 50,0 18,36 18,66 50,100 90,90 / 2,42 60,42 / 2,58 56,58"),
    "yen": ("8,0 50,46* 92,0 / 50,46 50,100 / 16,56 84,56 / 16,76 84,76",),
}
SIGNS_OF_EACH = 12  # glyphs, of each pen


class Glyph(NamedTuple):
    """Ink to be set into a line.

    Attributes:
        ink: (h, w) uint8, cropped.
        label: The digit, or -1.
        top: Where it begins, a digit's top being 0 and its foot 1.
        foot: Where it ends.
    """

    ink: npt.NDArray[np.uint8]
    label: int
    top: float = 0.0
    foot: float = 1.0


SignGlyphs = dict[str, list[Glyph]]


class Face(NamedTuple):
    """A printed face.

    Attributes:
        digits: Ten, 0 to 9.
        others: Its other characters.
        signs: Of these, what stands beside amounts, by name.
    """

    digits: list[Glyph]
    others: list[Glyph]
    signs: SignGlyphs


class GlyphBank(NamedTuple):
    """What lines are set from.

    Attributes:
        pens: Of each pen width in `PEN_TO_HEIGHT`, ten lists: the hands' digits 0 to 9.
        marks: Of each pen width, what is no digit: letters, signs, small marks.
        mnist: Ten lists: MNIST's digits.
        faces: The printed ones.
        clutter: Whole pictures of letters, shapes and scribbles.
        signs: Of each pen width, what stands beside amounts.
    """

    pens: list[list[list[Glyph]]]
    marks: list[list[Glyph]]
    mnist: list[list[Glyph]]
    faces: list[Face]
    clutter: list[Glyph]
    signs: list[SignGlyphs]


def draw_bank(
    images: npt.NDArray[np.uint8],
    labels: npt.NDArray[np.int64],
    rng: Generator,
    *,
    digits: int = 28_000,
    marks: int = 5_000,
) -> GlyphBank:
    """Draw what lines are set from.

    Args:
        images: (N, 28, 28) uint8, MNIST's, of the split to be taught or measured with.
        labels: (N,).
        rng: Whose state decides everything.
        digits: Of the hands, in all.
        marks: Of what is no digit, in all.
    """
    pens: list[list[list[Glyph]]] = []
    for pen in PEN_TO_HEIGHT:
        count = digits // (10 * len(PEN_TO_HEIGHT))
        pens.append([[_digit(digit, pen, rng) for _ in range(count)] for digit in range(10)])
    own_marks = [
        [_mark(pen, rng) for _ in range(marks // len(PEN_TO_HEIGHT))] for pen in PEN_TO_HEIGHT
    ]
    mnist: list[list[Glyph]] = [[] for _ in range(10)]
    for image, label in zip(images, labels, strict=True):
        mnist[int(label)].append(Glyph(_cropped(image), int(label)))
    clutter = [Glyph(_small(draw_non_digit(rng)), NO_DIGIT) for _ in range(max(20, marks // 5))]
    apart = rng.spawn(1)[0]  # what was drawn before there were signs is drawn as it was
    signs = [_signs(pen, apart) for pen in PEN_TO_HEIGHT]
    return GlyphBank(pens, own_marks, mnist, printed_faces(), clutter, signs)


@cache
def printed_faces() -> list[Face]:
    """Return the printed faces, read from their file."""
    with np.load(PRINTED_FILE, allow_pickle=False) as arrays:
        faces, characters = arrays["faces"], "".join(arrays["characters"])
    read = []
    for face in faces:
        glyphs = {
            character: _printed(character, face[place])
            for place, character in enumerate(characters)
            if character not in LIKE_A_ONE and face[place].any()
        }
        signs = {PRINTED_SIGNS[own]: [glyphs[own]] for own in PRINTED_SIGNS if own in glyphs}
        others = [glyph for glyph in glyphs.values() if glyph.label == NO_DIGIT]
        read.append(Face([glyphs[str(digit)] for digit in range(10)], others, signs))
    return read


def _printed(character: str, cell: npt.NDArray[np.uint8]) -> Glyph:
    rows = np.flatnonzero(cell.any(axis=1))
    top, foot = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 1)
    label = int(character) if character.isdigit() else NO_DIGIT
    place = [(row - PRINTED_TOP_PX) / PRINTED_DIGIT_PX for row in (top, foot)]
    return Glyph(_cropped(cell), label, *place)


def _digit(digit: int, pen: float, rng: Generator) -> Glyph:
    style = DIGIT_STYLES[rng.choice(STYLES_OF[digit], p=PROBABILITIES_OF[digit])]
    return Glyph(_draw(write_by_hand(style.path, rng), 1.0, pen, rng), digit)


def _mark(pen: float, rng: Generator) -> Glyph:
    if rng.random() < 0.75:
        return _small_mark(list(SMALL_MARKS)[rng.integers(len(SMALL_MARKS))], pen, rng)
    name = UNLIKE_DIGITS[rng.integers(len(UNLIKE_DIGITS))]
    lines = write_by_hand((LETTERS | SIGNS)[name], rng)
    low = rng.uniform(-0.1, 0.4)
    return Glyph(_draw(lines, None, pen, rng), NO_DIGIT, low, low + rng.uniform(0.6, 0.9))


def _signs(pen: float, rng: Generator) -> SignGlyphs:
    signs = {name: [_small_mark(name, pen, rng) for _ in range(4)] for name in SMALL_MARKS}
    for name, ways in AMOUNT_SIGNS.items():
        paths = [ways[rng.integers(len(ways))] for _ in range(SIGNS_OF_EACH)]
        inks = [_draw(write_by_hand(path, rng), 1.0, pen, rng) for path in paths]
        signs[name] = [Glyph(ink, NO_DIGIT) for ink in inks]
    return signs


def _small_mark(name: str, pen: float, rng: Generator) -> Glyph:
    path, top, foot = SMALL_MARKS[name]
    return Glyph(_draw(write_by_hand(path, rng), None, pen, rng), NO_DIGIT, top, foot)


def _draw(
    lines: list[Points], tall: float | None, pen: float, rng: Generator
) -> npt.NDArray[np.uint8]:
    """Draw lines with a pen; `tall` as high as a digit, or None in the paths' own size."""
    path = np.concatenate(lines)
    low, high = path.min(axis=0), path.max(axis=0)
    extent = high - low
    width = pen * TALL_PX * math.exp(rng.normal(0, 0.12))
    reach = max(float(extent[1]), 0.45 * float(extent[0]), 8.0) if tall else 100.0
    scale = (TALL_PX - width) / reach
    margin = width + 2
    size = np.ceil(extent * scale + 2 * margin).astype(int)
    image = Image.new("L", (2 * int(size[0]), 2 * int(size[1])))
    draw = ImageDraw.Draw(image)
    profile = random_profile(rng)
    for line in lines:
        place = ((line - low) * scale + margin) * 2
        draw_line(draw, place, 2 * np.maximum(width * profile(len(line)), 0.5))
    return _cropped(np.asarray(image.reduce(2)))


def _cropped(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return np.zeros((1, 1), np.uint8)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()


def _small(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    image = Image.fromarray(_cropped(ink))
    image.thumbnail((3 * TALL_PX, TALL_PX), Image.Resampling.BOX)
    return np.asarray(image)
