"""Paper under a line of ink: colour, light, patterns, ruling, edges, neighbours; or a canvas.

What comes out is a strip of grey as a camera, a scanner or a screen would give it.
"""

import math
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageFilter

from mnistcore.handwriting.line_writer import Ink, Line

Strip = npt.NDArray[np.floating[Any]]  # (40, W) in [0, 1]
ALL_FAULTS = 0.35  # share of strips that may have everything at once


def put_on_canvas(line: Line, rng: Generator) -> Strip:
    """Return a line as a canvas or a clean scan has it: even ground, either polarity."""
    pale = rng.uniform(0.75, 1.0)
    strip = line.ink * pale
    if rng.random() < 0.3:
        strip = _blurred(strip, rng.uniform(0.2, 0.8))
    if rng.random() < 0.15:  # a scan made black and white
        strip = np.float32(pale) * (strip > rng.uniform(0.3, 0.6) * pale)
    return strip if rng.random() < 0.5 else 1 - strip


def put_on_paper(line: Line, rng: Generator) -> Strip:
    """Return a line on paper of some kind, as a camera or a scanner sees it."""
    height, width = line.ink.shape
    paper = ground(height, width, rng)
    depth = _depth(rng)
    # Few pictures have all the faults at once: most have one or two of them.
    often = 1.0 if rng.random() < ALL_FAULTS else float(rng.uniform(0.1, 0.6))
    # What is printed on the paper is fainter than what is written, or nobody could read it.
    faint = min(0.32, 0.5 * depth)
    if rng.random() < often:
        for _ in range(rng.choice(4, p=[0.45, 0.25, 0.18, 0.12])):
            paper = paper * (1 - pattern(height, width, faint, rng))
    if rng.random() < 0.3 * often:
        paper = paper * (1 - ruling(height, width, rng))
    ink = pressed(line.ink, rng) if rng.random() < often else line.ink
    strip = paper * (1 - depth * ink)
    if rng.random() < 0.12:
        strip = _with_neighbours(strip, ink, depth, rng)
    if line.is_cell or rng.random() < 0.25:
        strip = strip * _edges(height, width, rng, most=4 if line.is_cell else 2)
    strip = strip * light(height, width, rng)
    return as_seen(strip, depth, rng, often=often)


def _depth(rng: Generator) -> float:
    """How much darker than the paper the ink is: from hard pencil to felt pen."""
    return float(rng.uniform(0.18, 0.45) if rng.random() < 0.25 else rng.uniform(0.35, 0.95))


def ground(height: int, width: int, rng: Generator) -> Strip:
    """Return bare paper: a level, its grain, now and then stains or creases."""
    level = rng.uniform(0.55, 1.0)
    grain: Strip = rng.normal(0, rng.uniform(0.002, 0.03), (height, width)).astype(np.float32)
    if rng.random() < 0.4:
        grain = 2.5 * _blurred(grain, rng.uniform(0.5, 1.5))
    if rng.random() < 0.25:  # stains, creases, clouds
        cloud = rng.normal(0, 1, (max(4, height // 16), max(2, width // 16))).astype(np.float32)
        smooth = Image.fromarray(cloud).resize((width, height), Image.Resampling.BICUBIC)
        grain = grain + rng.uniform(0.01, 0.12) * np.asarray(smooth)
    return np.asarray(np.clip(level + grain, 0.05, 1.2), np.float32)


def pattern(height: int, width: int, faint: float, rng: Generator) -> Strip:
    """Fine lines, waves, stripes, dots, as security paper has them: how much they darken."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    angle = rng.choice([0, math.pi / 2, rng.uniform(0, math.pi)], p=[0.3, 0.15, 0.55])
    along = x * math.cos(angle) + y * math.sin(angle)
    across = y * math.cos(angle) - x * math.sin(angle)
    period = math.exp(rng.uniform(math.log(2.5), math.log(24)))
    if rng.random() < 0.6:  # waves
        bend = rng.uniform(0.1, 0.9) * period
        across = across + bend * np.sin(
            along * 2 * math.pi / rng.uniform(6, 60) + rng.uniform(0, 6)
        )
    wave = np.sin(across * 2 * math.pi / period + rng.uniform(0, 6))
    if rng.random() < 0.25:  # crossed by its mirror: a net, or dots
        other = along * 2 * math.pi / (period * rng.uniform(0.7, 1.4))
        wave = wave * np.sin(other) if rng.random() < 0.5 else np.maximum(wave, np.sin(other))
    thin = rng.uniform(-0.2, 0.9)
    lines = np.clip((wave - thin) / (1 - thin) * rng.uniform(1, 3), 0, 1)
    return np.asarray(lines * rng.uniform(0.1 * faint, faint), np.float32)


def ruling(height: int, width: int, rng: Generator) -> Strip:
    """Lines of a form: below the digits, through them, boxes and combs."""
    strip = np.zeros((height, width), np.float32)
    depth = rng.uniform(0.1, 0.9)
    thick = int(rng.integers(1, 3))
    kind = rng.random()
    slope = rng.normal(0, 0.01)
    if kind < 0.7:  # along the line
        period = int(rng.integers(9, 60))
        first = int(rng.integers(0, period))
        for row in range(first, height, period):
            for column in range(width):
                at = int(row + slope * (column - width / 2))
                if 0 <= at < height:
                    strip[at : at + thick, column] = depth
    if kind > 0.55:  # across it
        period = int(rng.integers(10, 80))
        for column in range(int(rng.integers(0, period)), width, period):
            strip[:, column : column + thick] = depth
    if rng.random() < 0.3:
        strip *= rng.random((height, width)) < rng.uniform(0.5, 1)  # dotted
    return strip


def pressed(ink: Ink, rng: Generator) -> Ink:
    """Ink as a pencil or a dry pen leaves it: uneven, thin, bleeding."""
    if rng.random() < 0.35:
        height, width = ink.shape
        speckle = rng.normal(1, rng.uniform(0.1, 0.45), (height, width)).astype(np.float32)
        ink = np.clip(ink * speckle, 0, 1)
    if rng.random() < 0.2:  # pressure along the line
        steps = rng.uniform(0.45, 1, max(2, ink.shape[1] // 24))
        ink = ink * np.interp(np.linspace(0, 1, ink.shape[1]), np.linspace(0, 1, len(steps)), steps)
    if rng.random() < 0.15:  # thinned, or run out
        ink = ink ** rng.uniform(1.2, 2.2)
    elif rng.random() < 0.15:
        ink = np.clip(1.6 * _blurred(ink.astype(np.float32), 0.8), 0, 1)
    return ink.astype(np.float32)


def _with_neighbours(strip: Strip, ink: Ink, depth: float, rng: Generator) -> Strip:
    """The feet of the line above, the heads of the line below: cut by the strip's edge."""
    reach = int(rng.integers(2, 7))
    shift = int(rng.integers(0, ink.shape[1]))
    other = np.roll(ink, shift, axis=1)
    strip = strip.copy()
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) and rng.random() < 0.5:
        strip[:reach] *= 1 - depth * other[max(0, rows[-1] - reach + 1) : rows[-1] + 1][:reach].max(
            0
        )
    elif len(rows):
        strip[-reach:] *= 1 - depth * other[rows[0] : rows[0] + reach].max(0)
    return strip


def _edges(height: int, width: int, rng: Generator, *, most: int) -> Strip:
    """A table, a frame or a darker field beyond one or two sides."""
    mask = np.ones((height, width), np.float32)
    for _ in range(int(rng.integers(1, most + 1))):
        dark = rng.uniform(0.02, 0.8)
        side = rng.integers(4)
        if side < 2:
            far = int(rng.integers(1, 6))
            mask[(slice(None, far), slice(-far, None))[side]] *= dark
        else:
            far = int(rng.integers(1, 14))
            mask[:, (slice(None, far), slice(-far, None))[side - 2]] *= dark
    return mask


def light(height: int, width: int, rng: Generator) -> Strip:
    """Return how much light falls on each place: slopes, the edge of a shadow, glare."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    slope = rng.normal(0, 0.15, 2)
    falls = 1 + slope[0] * (x / width - 0.5) + slope[1] * (y / height - 0.5)
    if rng.random() < 0.15:  # the edge of a shadow
        turned = rng.uniform(0, 2 * math.pi)
        across = (x - rng.uniform(0, width)) * math.cos(turned) + (y - 20) * math.sin(turned)
        soft = np.tanh(across / rng.uniform(1.4, 24)) / 2 + 0.5
        falls = falls * (1 - rng.uniform(0.15, 0.5) * soft)
    if rng.random() < 0.05:  # glare
        spot = np.exp(-((x - rng.uniform(0, width)) ** 2 + (y - 20) ** 2) / rng.uniform(60, 900))
        falls = falls + rng.uniform(0.1, 0.5) * spot
    return np.asarray(falls, np.float32)


def as_seen(strip: Strip, depth: float, rng: Generator, *, often: float = 1.0) -> Strip:
    """What lens, sensor and file leave of it, the worst of it so often."""
    height, width = strip.shape
    if rng.random() < 0.3 * often:  # fewer pixels than the reader takes
        small = (max(4, round(width * (share := rng.uniform(0.35, 0.9)))), round(height * share))
        image = Image.fromarray(strip).resize(small, Image.Resampling.BOX)
        strip = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
    if rng.random() < 0.4 * often:
        strip = _blurred(strip, rng.uniform(0.3, 1.3))
    noise = rng.uniform(0.001, min(0.04, 0.12 * depth))
    strip = strip + rng.normal(0, noise, strip.shape).astype(np.float32)
    if rng.random() < 0.1:  # chalk on a board
        strip = 1 - strip
    strip = np.clip(strip, 0, 1)
    if rng.random() < 0.2 * often:
        file = BytesIO()
        picture = Image.fromarray(np.rint(255 * strip).astype(np.uint8))
        picture.save(file, "JPEG", quality=int(rng.integers(25, 90)))
        strip = np.asarray(Image.open(file), np.float32) / 255
    return strip.astype(np.float32)


def _blurred(strip: Strip, radius: float) -> Strip:
    """Gaussian blur, by Pillow, in sixteen times a byte's steps."""
    low, high = float(strip.min()), float(strip.max())
    if high - low < 1e-6:
        return strip
    image = Image.fromarray(np.rint(255 * (strip - low) / (high - low)).astype(np.uint8))
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), np.float32)
    return blurred / 255 * (high - low) + low
