"""Drawings that are no digits: letters, signs, shapes, scribbles, digits on digits, noise.

A classifier can only learn to say "not a digit" from what it has seen of the rest of the world.
"""

import math
import string
from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mnistcore.handwriting.digit_styles import DIGIT_STYLES
from mnistcore.handwriting.hand import Points, Stroke, smooth, write_by_hand
from mnistcore.handwriting.non_digit_styles import LETTERS, SHAPES, SIGNS
from mnistcore.handwriting.pen import Ink, draw_ink

LIKE_DIGITS = "BDGIJOQSYZbgloqsyz"  # in print, too, they are hard to tell from one
PRINTED = "".join(sorted(set(string.ascii_letters) - set(LIKE_DIGITS))) + "?&@#%+=<>*$!"


def draw_non_digit(rng: Generator) -> Ink:
    """Draw one thing that is no digit.

    >>> draw_non_digit(np.random.default_rng(1)).dtype
    dtype('uint8')
    """
    weights = np.array([weight for weight, _ in KINDS])
    kind = rng.choice(len(KINDS), p=weights / weights.sum())
    return KINDS[kind][1](rng)


def _write_one_of(paths: dict[str, str]) -> Callable[[Generator], Ink]:
    choice = list(paths.values())
    return lambda rng: draw_ink(write_by_hand(choice[rng.integers(len(choice))], rng), rng)


def _print_letter(rng: Generator) -> Ink:
    """A letter of Pillow's own font, of any weight, slanted and turned a little."""
    font = ImageFont.load_default(size=int(rng.integers(60, 200)))
    text = PRINTED[rng.integers(len(PRINTED))]
    if rng.random() < 0.15:
        text += string.ascii_lowercase[rng.integers(26)]
    right, bottom = font.getbbox(text)[2:]
    width, height = int(right) + 60, int(bottom) + 60
    image = Image.new("L", (width, height))
    boldness = int(rng.integers(0, 9))
    ImageDraw.Draw(image).text((30, 30), text, fill=255, font=font, stroke_width=boldness)
    image = image.transform(
        (width + height, height),
        Image.Transform.AFFINE,
        (1, rng.normal(0, 0.2), -height / 2, 0, 1, 0),
        Image.Resampling.BILINEAR,
    )
    return np.asarray(image.rotate(rng.normal(0, 7), Image.Resampling.BILINEAR, expand=True))


def _scribble(rng: Generator) -> Ink:
    paths = SCRIBBLES[rng.integers(len(SCRIBBLES))](rng, int(rng.integers(4, 28)))
    angular = rng.random() < 0.3
    return draw_ink([smooth(Stroke(path, np.full(len(path), angular))) for path in paths], rng)


def _hither_and_thither(rng: Generator, n: int) -> list[Points]:
    return [rng.uniform(0, 100, (n, 2))]


def _wander(rng: Generator, n: int) -> list[Points]:
    return [rng.normal(0, 20, (n, 2)).cumsum(axis=0)]


def _hatch(rng: Generator, n: int) -> list[Points]:
    heights = rng.uniform(20, 50) * (-1.0) ** np.arange(n)
    return [np.stack([np.linspace(0, 100, n), heights], axis=1) + rng.normal(0, 5, (n, 2))]


def _coil(rng: Generator, n: int) -> list[Points]:
    angle = np.linspace(0, rng.uniform(2, 7) * 2 * math.pi, 5 * n)
    radius = np.linspace(rng.uniform(0, 50), 50, 5 * n)
    squeeze = rng.uniform(0.4, 1)
    coil = np.stack([radius * np.cos(angle), radius * np.sin(angle) * squeeze], axis=1)
    return [coil + rng.normal(0, 3, coil.shape)]


def _row_of_loops(rng: Generator, n: int) -> list[Points]:
    angle = np.linspace(0, n / 4 * 2 * math.pi, 4 * n)
    onward = np.linspace(0, rng.uniform(50, 200), 4 * n)
    loops = np.stack([onward + 20 * np.cos(angle), 25 * np.sin(angle)], axis=1)
    return [loops + rng.normal(0, 2, loops.shape)]


def _odd_lines(rng: Generator, n: int) -> list[Points]:
    return [
        rng.uniform(0, 100, 2) + rng.normal(0, 18, (int(rng.integers(2, 6)), 2)).cumsum(axis=0)
        for _ in range(2 + n % 5)
    ]


SCRIBBLES = (_hither_and_thither, _wander, _hatch, _coil, _row_of_loops, _odd_lines)


def _any_digit(rng: Generator) -> list[Points]:
    return write_by_hand(DIGIT_STYLES[rng.integers(len(DIGIT_STYLES))].path, rng)


def _digits_overlaid(rng: Generator) -> Ink:
    below, above = _any_digit(rng), _any_digit(rng)
    shift, scale = rng.normal(0, 12, 2), rng.uniform(0.6, 1.2)
    return draw_ink([*below, *(line * scale + shift for line in above)], rng)


def _digits_side_by_side(rng: Generator) -> Ink:
    lines: list[Points] = []
    right = 0.0
    for _ in range(2 if rng.random() < 0.7 else 3):
        digit = _any_digit(rng)
        x = np.concatenate(digit)[:, 0]
        lines += [line + np.array([right - x.min(), rng.normal(0, 5)]) for line in digit]
        right += np.ptp(x) + rng.uniform(-8, 35)
    return draw_ink(lines, rng)


def _grain(rng: Generator) -> Ink:
    """Noise, finer or coarser, all greys or two."""
    side = int(rng.integers(30, 160))
    image = Image.fromarray(rng.integers(0, 256, (side, side), dtype=np.uint8))
    grain = np.asarray(image.filter(ImageFilter.GaussianBlur(side * rng.uniform(0, 0.1))))
    if rng.random() < 0.5:
        grain = grain > np.quantile(grain, rng.uniform(0.4, 0.99))
    lightest, darkest = float(grain.min()), float(grain.max())
    stretched = (grain - lightest) * (255 / max(darkest - lightest, 1))
    ink: Ink = stretched.round().astype(np.uint8)
    return ink


def _blots(rng: Generator) -> Ink:
    image = Image.new("L", (200, 200))
    draw = ImageDraw.Draw(image)
    largest = rng.uniform(12, 90)
    for _ in range(int(rng.integers(1, 8))):
        x, y = rng.uniform(10, 110, 2)
        width, height = rng.uniform(8, largest, 2)
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + width, y + height), fill=255)
    return np.asarray(image.rotate(rng.uniform(0, 90)))


KINDS: tuple[tuple[float, Callable[[Generator], Ink]], ...] = (
    (0.36, _write_one_of(LETTERS)),
    (0.10, _write_one_of(SIGNS)),
    (0.12, _write_one_of(SHAPES)),
    (0.12, _print_letter),
    (0.12, _scribble),
    (0.06, _digits_overlaid),
    (0.06, _digits_side_by_side),
    (0.04, _grain),
    (0.02, _blots),
)
