"""A number written on a line: digits and marks side by side, apart, close, touching, overlapping.

How it is set is drawn at random; what stands on it comes from `line_text`, the paper from
`line_paper`.
"""

import math
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image

from mnistcore.handwriting.glyphs import Glyph, GlyphBank
from mnistcore.handwriting.ligatures import join
from mnistcore.handwriting.line_text import choose_glyphs

Ink = npt.NDArray[np.floating[Any]]  # (H, W) in [0, 1]
Boxes = npt.NDArray[np.floating[Any]]  # (n, 4): left, top, right, bottom

HEIGHT_PX = 40
FINE = 2  # set so many times larger, then shrunk
SPACINGS = ("apart", "close", "touching", "overlapping", "mixed")
WIDEST_PX = 640
JOINED_LINES = 0.12  # share of written lines of which some digits are joined by a stroke


class Line(NamedTuple):
    """A number in ink.

    Attributes:
        ink: (40, W) float32, 1 where there is most of it.
        digits: What it says.
        boxes: Where each of these lies, in pixels.
        is_cell: One digit in a cell of a table or a form.
    """

    ink: Ink
    digits: tuple[int, ...]
    boxes: Boxes
    is_cell: bool = False


@dataclass(frozen=True)
class Manner:
    """How a line is set; lengths in heights of its digits.

    Attributes:
        height: Of a digit, in pixels of the fine line.
        gap: Between two, where they stand apart.
        uneven: Standard deviation of a digit's height, as a logarithm.
        squeeze: How wide digits are, 1 as they were written.
        wander: Up and down from the line.
        spacing: One of `SPACINGS`.
        joined: The share of neighbours that a stroke joins.
    """

    height: float
    gap: float
    uneven: float
    squeeze: float
    wander: float
    spacing: str
    joined: float


def write_line(bank: GlyphBank, rng: Generator, *, length: int | None = None) -> Line:
    """Write one line, of 1 to 15 digits, or of what is none.

    Args:
        bank: What it is set from.
        rng: Whose state decides everything.
        length: Of the number; drawn if not given, and now and then 0.
    """
    is_cell = length is None and rng.random() < 0.07
    chosen = choose_glyphs(bank, rng, 1 if is_cell else length)
    glyphs = [g for g in chosen.glyphs if g.label >= 0] if is_cell else chosen.glyphs
    manner = random_manner(rng, is_printed=chosen.is_printed)
    strip, boxes = _set(glyphs, manner, rng)
    if manner.joined:
        strip = join(strip, boxes, rng, height=manner.height, share=manner.joined)
    ink, boxes = _lay_out(strip, boxes, manner, rng, is_cell=is_cell)
    labels = np.array([glyph.label for glyph in glyphs], int)
    return Line(ink, tuple(labels[labels >= 0].tolist()), boxes[labels >= 0], is_cell)


def write_strip(
    bank: GlyphBank, rng: Generator, *, length: int, spacing: str, is_amount: bool = False
) -> Line:
    """Write one number as `write_line` does, without slant or margins: its ink alone.

    Args:
        bank: What it is set from.
        rng: Whose state decides everything.
        length: Of the number.
        spacing: One of `SPACINGS`.
        is_amount: Whether signs stand around it, as beside amounts of money.
    """
    chosen = choose_glyphs(bank, rng, length, is_amount=is_amount)
    glyphs = [glyph for glyph in chosen.glyphs if is_amount or glyph.label >= 0]
    manner = replace(random_manner(rng, is_printed=chosen.is_printed), spacing=spacing)
    strip, boxes = _set(glyphs, manner, rng)
    rows = np.flatnonzero(strip.any(axis=1))
    labels = np.array([glyph.label for glyph in glyphs], int)
    digits = tuple(labels[labels >= 0].tolist())
    return Line(strip[rows[0] : rows[-1] + 1, 8:], digits, boxes[labels >= 0])


def random_manner(rng: Generator, *, is_printed: bool) -> Manner:
    """Draw how a line is set."""
    spacing = SPACINGS[rng.choice(5, p=[0.28, 0.2, 0.24, 0.16, 0.12])]
    if is_printed:
        spacing = "apart" if rng.random() < 0.85 else "close"
    return Manner(
        height=HEIGHT_PX * FINE * float(np.clip(rng.normal(0.68, 0.16), 0.34, 0.95)),
        gap=max(0.03, rng.lognormal(math.log(0.16), 0.6)),
        uneven=0 if is_printed else rng.choice([0.04, 0.1, 0.2, 0.32], p=[0.35, 0.37, 0.2, 0.08]),
        squeeze=math.exp(rng.normal(0, 0.15)),
        wander=0 if is_printed else abs(rng.normal(0, 0.07)),
        spacing=spacing,
        joined=rng.uniform(0.2, 0.9) if not is_printed and rng.random() < JOINED_LINES else 0,
    )


def _set(glyphs: list[Glyph], manner: Manner, rng: Generator) -> tuple[Ink, Boxes]:
    """Set glyphs side by side on a tall strip: (160, W), and where each lies."""
    height = 2 * HEIGHT_PX * FINE
    strip = np.zeros((height, 64 + sum(int(2.2 * manner.height) + 40 for _ in glyphs)), np.uint8)
    after = np.zeros(height, int)  # the first column behind each row's ink
    boxes = np.zeros((len(glyphs), 4), np.float32)
    right = 0
    for number, glyph in enumerate(glyphs):
        ink, top = _sized(glyph, manner, rng)
        bottom = min(top + ink.shape[0], height)
        ink = ink[: bottom - top]
        left = _left(ink, after[top:bottom], right, number, manner, rng)
        place = strip[top:bottom, left : left + ink.shape[1]]
        np.maximum(place, ink[:, : place.shape[1]], out=place)
        has_ink = (ink > 60).any(axis=1)
        reach = left + ink.shape[1] - (ink[:, ::-1] > 60).argmax(axis=1)
        after[top:bottom] = np.where(
            has_ink, np.maximum(after[top:bottom], reach), after[top:bottom]
        )
        right = max(right, left + ink.shape[1])
        boxes[number] = left, top, left + ink.shape[1], bottom
    return strip[:, : right + 1].astype(np.float32) / 255, boxes


def _sized(glyph: Glyph, manner: Manner, rng: Generator) -> tuple[npt.NDArray[np.uint8], int]:
    """Return a glyph's ink in the size it has on the line, and the row where it begins."""
    tall = manner.height * math.exp(rng.normal(0, manner.uneven))
    tall = min(tall, 1.35 * HEIGHT_PX * FINE)
    high = max(2, round(tall * (glyph.foot - glyph.top)))
    own = glyph.ink
    scale = high / own.shape[0]
    wide = max(2, round(own.shape[1] * scale * manner.squeeze * math.exp(rng.normal(0, 0.06))))
    wide = min(wide, int(2.2 * manner.height))
    ink = np.asarray(Image.fromarray(own).resize((wide, high), Image.Resampling.BILINEAR))
    if glyph.label >= 0 and own.shape[0] < 30:  # MNIST's 20 pixels: edges as sharp as a pen's
        sharp = (ink.astype(np.float32) - 128) * rng.uniform(1.2, 2.5) + rng.uniform(100, 160)
        ink = np.clip(sharp * (ink > 8), 0, 255).astype(np.uint8)
    foot = 1.5 * HEIGHT_PX * FINE + manner.height * rng.normal(0, manner.wander)
    if manner.uneven > 0.15 and rng.random() < 0.5:  # small ones hang at the top or in the middle
        foot -= rng.uniform(0, 1) * max(0.0, manner.height - tall)
    top = round(foot - tall + glyph.top * tall)
    return ink, min(max(top, 0), 2 * HEIGHT_PX * FINE - 2)


def _left(
    ink: npt.NDArray[np.uint8],
    after: npt.NDArray[np.int_],
    right: int,
    number: int,
    manner: Manner,
    rng: Generator,
) -> int:
    """Return the column where a glyph begins: a gap behind the line so far, or touching it."""
    if number == 0:
        return 8
    spacing = manner.spacing
    if spacing == "mixed":
        spacing = SPACINGS[rng.integers(4)]
    if spacing == "apart":
        wide = rng.uniform(0.5, 2) if rng.random() < 0.04 else 0
        return right + round((manner.gap * math.exp(rng.normal(0, 0.3)) + wide) * manner.height)
    before = np.where((ink > 60).any(axis=1), (ink > 60).argmax(axis=1), 10**6)
    near = np.maximum(after, np.maximum(np.roll(after, 2), np.roll(after, -2)))
    meeting = int((np.where(near > 0, near, 8) - before).max())
    meeting = max(meeting, right - int(0.6 * ink.shape[1]))
    if spacing == "close":
        return max(meeting + int(rng.integers(3, 9)), 0)
    if spacing == "touching":
        return max(meeting - int(rng.integers(0, 5)), 0)
    return max(meeting - int(rng.uniform(0, 0.2) * manner.height), 0)


def _lay_out(
    ink: Ink, boxes: Boxes, manner: Manner, rng: Generator, *, is_cell: bool
) -> tuple[Ink, Boxes]:
    """Slant the strip, tilt it, and cut out the line: its digits fill the most of 40 pixels."""
    slant, tilt = rng.normal(0, 0.12), rng.normal(0, 0.02)
    rows = np.flatnonzero(ink.any(axis=1))
    top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (60, 140)
    # The window: as high as the line is to be, its ink somewhere within, a little beyond at times.
    share = float(np.clip(rng.normal(0.62 if is_cell else 0.82, 0.14), 0.38, 1.04))
    window = (bottom - top) / share
    window = max(window, manner.height / 1.02)
    start = (
        (top + bottom) / 2 - window / 2 + rng.normal(0, 0.25) * max(0.0, window - (bottom - top))
    )
    zoom = window / (FINE * HEIGHT_PX)
    sides = rng.uniform(0.02, 0.9, 2) if rng.random() < 0.8 else rng.uniform(0.5, 4, 2)
    before, behind = sides * manner.height
    if is_cell:
        spare = max(0.0, window * rng.uniform(0.8, 1.3) - ink.shape[1])
        before = spare * float(np.clip(rng.normal(0.5, 0.15), 0, 1))
        behind = spare - before
    width = (ink.shape[1] + before + behind) / zoom
    stretch = max(1.0, width / (FINE * WIDEST_PX))
    size = (FINE * max(8, round(width / stretch / FINE)), FINE * HEIGHT_PX)
    # From the line's pixels to the strip's: x' = ax + by + c, y' = dx + ey + f.
    a, b = zoom * stretch, -slant * zoom
    d, e = tilt * zoom * stretch, zoom
    c = -before - b * size[1] / 2
    f = start - d * size[0] / 2
    picture = Image.fromarray(ink).transform(
        size, Image.Transform.AFFINE, (a, b, c, d, e, f), Image.Resampling.BILINEAR
    )
    line = np.asarray(picture).reshape(HEIGHT_PX, FINE, -1, FINE).mean(axis=(1, 3))
    return line, _moved(boxes, np.array([[a, b], [d, e]]), np.array([c, f])) / FINE


def _moved(boxes: Boxes, matrix: npt.NDArray[np.float64], offset: npt.NDArray[np.float64]) -> Boxes:
    """Return where boxes of the strip lie on the line: about their middles, as wide as before."""
    back = np.linalg.inv(matrix)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    halves = (boxes[:, 2:] - boxes[:, :2]) / 2 / np.array([matrix[0, 0], matrix[1, 1]])
    middles = (middles - offset) @ back.T
    return np.concatenate([middles - halves, middles + halves], axis=1).astype(np.float32)
