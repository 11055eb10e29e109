"""Drawings that are no digits, to measure refusal with: nothing here was learned from.

Letters come from the fonts of the machine, scribbles and shapes from other formulas than those of
`mnistcore.handwriting.non_digits`.
"""

import math
import string
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

Ink = npt.NDArray[np.uint8]

FONTS = (  # those that the machine has are used; the figure names them
    "DejaVuSans.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSansMono-Bold.ttf",
    "LiberationSans-Regular.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationMono-Regular.ttf",
    "NotoSans-Regular.ttf",
    "NotoSerif-Bold.ttf",
)
LIKE_DIGITS = (
    "BDGIJOQSYZbgloqsyz"  # what many write, or print, like 8 0 6 1 1 0 0 5 4 2 6 9 1 0 9 5 4 2
)
SIDE_PX = 280


def letters(rng: Generator, count: int, *, like_digits: bool) -> list[Ink]:
    """Letters of the machine's fonts, each somewhere on the canvas, in some size."""
    fonts = [name for name in FONTS if _is_installed(name)]
    alphabet = [c for c in string.ascii_letters if like_digits or c not in LIKE_DIGITS]
    drawn = []
    for _ in range(count):
        font = ImageFont.truetype(fonts[rng.integers(len(fonts))], int(rng.integers(90, 240)))
        image = Image.new("L", (SIDE_PX, SIDE_PX))
        letter = alphabet[rng.integers(len(alphabet))]
        ImageDraw.Draw(image).text((SIDE_PX / 2, SIDE_PX / 2), letter, 255, font, anchor="mm")
        drawn.append(np.asarray(image))
    return drawn


def installed_fonts() -> list[str]:
    """The fonts that `letters` draws with."""
    return [name for name in FONTS if _is_installed(name)]


def scribbles(rng: Generator, count: int) -> list[Ink]:
    """Lissajous curves, random chords and trembling circles drawn over and over."""
    kinds: tuple[Callable[[Generator], npt.NDArray[np.float64]], ...] = (
        _lissajous,
        _chords,
        _tangle,
    )
    return [_drawn(kinds[rng.integers(3)](rng), rng) for _ in range(count)]


def shapes(rng: Generator, count: int) -> list[Ink]:
    """Regular polygons and stars of 3 to 8 corners, and crosses, turned at random."""
    drawn = []
    for _ in range(count):
        corners = int(rng.integers(3, 9))
        if corners > 5:  # a polygon of many corners is a circle, which is a 0
            turns = np.arange(corners + 1) * (corners // 2 if corners % 2 else corners // 2 - 1)
        else:
            turns = np.arange(corners + 1)
        angle = 2 * math.pi * turns / corners + rng.uniform(0, 2 * math.pi)
        drawn.append(_drawn(np.stack([np.cos(angle), np.sin(angle)], axis=1), rng))
    return drawn


def noise(rng: Generator, count: int) -> list[Ink]:
    """Pixels of random grey, or random specks."""
    drawn = []
    for _ in range(count):
        block = int(rng.integers(1, 15))
        side = SIDE_PX // block
        values = rng.random((side, side))
        if rng.random() < 0.5:
            values = np.where(values > rng.uniform(0.5, 0.98), 1.0, 0.0)
        enlarged = np.kron(255 * values, np.ones((block, block)))
        drawn.append(enlarged.astype(np.uint8))
    return drawn


def _is_installed(name: str) -> bool:
    try:
        ImageFont.truetype(name, 10)
    except OSError:
        return False
    return True


def _lissajous(rng: Generator) -> npt.NDArray[np.float64]:
    t = np.linspace(0, 2 * math.pi, 300)
    across = int(rng.integers(2, 6))
    down = across + int(rng.integers(1, 4))  # were they the same, it would be an ellipse: a 0
    return np.stack([np.sin(across * t + rng.uniform(0, 3)), np.sin(down * t)], axis=1)


def _chords(rng: Generator) -> npt.NDArray[np.float64]:
    return rng.uniform(-1, 1, (int(rng.integers(6, 25)), 2))


def _tangle(rng: Generator) -> npt.NDArray[np.float64]:
    t = np.linspace(0, rng.uniform(4, 9) * 2 * math.pi, 400)
    radius = 1 + rng.normal(0, 0.25, 20).repeat(20)
    smooth = np.convolve(radius, np.ones(25) / 25, mode="same")
    return np.stack([smooth * np.cos(t), smooth * np.sin(1.1 * t + 1)], axis=1)


def _drawn(path: npt.NDArray[np.float64], rng: Generator) -> Ink:
    low, high = path.min(axis=0), path.max(axis=0)
    scale = rng.uniform(100, 220) / max(float((high - low).max()), 1e-6)
    place = (path - (low + high) / 2) * scale + SIDE_PX / 2
    image = Image.new("L", (SIDE_PX, SIDE_PX))
    points = [(float(x), float(y)) for x, y in place]
    ImageDraw.Draw(image).line(points, 255, int(rng.integers(6, 26)), joint="curve")
    return np.asarray(image)
