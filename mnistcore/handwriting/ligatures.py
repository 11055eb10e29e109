"""Strokes that join the digits of a hasty hand: from one digit's end to the next one's start."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageDraw

Ink = npt.NDArray[np.floating[Any]]  # (H, W) in [0, 1]
Boxes = npt.NDArray[np.floating[Any]]  # (n, 4): left, top, right, bottom

FARTHEST = 0.5  # heights of a digit between two that a stroke joins
STEPS = 8  # straight pieces of a stroke
MOST_SAG = 0.15  # of its length


def join(strip: Ink, boxes: Boxes, rng: Generator, *, height: float, share: float) -> Ink:
    """Return a strip with strokes between neighbours.

    Args:
        strip: (H, W) in [0, 1].
        boxes: Of its digits, from left to right.
        rng: Whose state decides everything.
        height: Of a digit, in pixels.
        share: Of the neighbours that are joined, where they are near enough.

    >>> strip = np.zeros((60, 100), np.float32)
    >>> strip[10:50, 10:14] = strip[10:50, 30:34] = 1
    >>> boxes = np.array([[10, 10, 14, 50], [30, 10, 34, 50]])
    >>> joined = join(strip, boxes, np.random.default_rng(0), height=40, share=1)
    >>> bool(joined[:, 14:30].any(axis=0).all())
    True
    """
    image = Image.new("L", strip.shape[::-1])
    draw = ImageDraw.Draw(image)
    for first, second in pairwise(boxes):
        if rng.random() >= share:
            continue
        start, end = _leaving(strip, first, rng), _arriving(strip, second, rng)
        if start is None or end is None or not 0 < end[0] - start[0] < FARTHEST * height:
            continue
        pen = max(1, round(height * math.exp(rng.uniform(math.log(0.03), math.log(0.11)))))
        draw.line(_sagging(start, end, rng), int(rng.uniform(140, 256)), pen, "curve")
    return np.maximum(strip, np.asarray(image, np.float32) / 255)


def _leaving(strip: Ink, box: Boxes, rng: Generator) -> tuple[float, float] | None:
    """Return where a stroke leaves a digit: the ink furthest right in some row of its box."""
    return _at_side(strip, box, rng, from_right=True)


def _arriving(strip: Ink, box: Boxes, rng: Generator) -> tuple[float, float] | None:
    return _at_side(strip, box, rng, from_right=False)


def _at_side(
    strip: Ink, box: Boxes, rng: Generator, *, from_right: bool
) -> tuple[float, float] | None:
    left, top, right, bottom = (int(edge) for edge in box)
    row = int(top + (bottom - top) * rng.choice([0.06, 0.3, 0.6, 0.92]))
    columns = np.flatnonzero(strip[min(row, len(strip) - 1), left:right] > 0.25)
    if not len(columns):
        return None
    return float(left + columns[-1 if from_right else 0]), float(row)


def _sagging(
    start: tuple[float, float], end: tuple[float, float], rng: Generator
) -> list[tuple[float, float]]:
    """Return a curve from one point to another that hangs through, or is flung up, a little."""
    share = np.linspace(0, 1, STEPS)
    (x0, y0), (x1, y1) = start, end
    sag = rng.uniform(-MOST_SAG, MOST_SAG) * math.hypot(x1 - x0, y1 - y0)
    xs = x0 + (x1 - x0) * share
    ys = y0 + (y1 - y0) * share + sag * 4 * share * (1 - share)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))
