"""Ink: what a pen of some width leaves on a canvas, and the image that a network takes."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from mnistcore.drawings import preprocessing
from mnistcore.drawings.ink import FAINTEST_INK
from mnistcore.handwriting.hand import Points

Ink = npt.NDArray[np.uint8]  # (H, W): 0 where there is none, 255 where there is

# On a canvas of 280 pixels: from a small drawing to one that fills it, from a thin pen to a brush.
LONGER_SIDE_PX = (70, 230)
PEN_WIDTH_PX = (5, 35)
PEN_WIDTH_TO_SIDE = (0.022, 0.28)  # beyond these nobody can read what is drawn


def draw_ink(lines: Sequence[Points], rng: Generator) -> Ink:
    """Draw with a round pen of random width on a canvas just large enough.

    Some pens are wider where the hand is slower, some fade at the ends, some have soft edges.

    Args:
        lines: (n, 2) each, in any unit.
        rng: Whose state decides size, pen and softness.

    >>> ink = draw_ink([np.array([[0.0, 0], [0, 100]])], np.random.default_rng(1))
    >>> ink.dtype, ink.shape[0] > ink.shape[1], int(ink.max())
    (dtype('uint8'), True, 255)
    """
    path = np.concatenate(lines)
    low, high = path.min(axis=0), path.max(axis=0)
    side = rng.uniform(*LONGER_SIDE_PX)
    thinnest = max(PEN_WIDTH_PX[0], PEN_WIDTH_TO_SIDE[0] * side)
    thickest = min(PEN_WIDTH_PX[1], PEN_WIDTH_TO_SIDE[1] * side)
    width = math.exp(rng.uniform(math.log(thinnest), math.log(thickest)))
    scale = side / max(float((high - low).max()), 12.0)
    margin = width + 4
    size = np.ceil((high - low) * scale + 2 * margin).astype(int)
    image = Image.new("L", (int(size[0]), int(size[1])))
    draw = ImageDraw.Draw(image)
    profile = random_profile(rng)
    for line in lines:
        draw_line(draw, (line - low) * scale + margin, width * profile(len(line)))
    if rng.random() < 0.2:
        image = image.filter(ImageFilter.GaussianBlur(width * rng.uniform(0.02, 0.14)))
    return np.asarray(image)


def ink_to_image(ink: Ink) -> npt.NDArray[np.uint8]:
    """Return what `preprocessing.drawing_to_image` makes of this ink on a canvas.

    Args:
        ink: (H, W) uint8.

    Returns:
        (28, 28) uint8, bright ink on black; all black if there is no ink.

    >>> int(ink_to_image(np.full((50, 10), 255, np.uint8)).max())
    255
    """
    strength = ink / max(1.0, float(ink.max()))
    strength[strength < FAINTEST_INK] = 0
    return preprocessing.ink_to_image(strength)


def random_profile(rng: Generator) -> Callable[[int], Points]:
    """Return a function from a line's number of points to the pen's relative width at each."""
    kind = rng.random()
    if kind < 0.25:  # slower is wider
        logs = rng.normal(0, rng.uniform(0.1, 0.3), 6)
        return lambda n: np.exp(np.interp(np.linspace(0, 5, n), np.arange(6), logs))
    if kind < 0.35:  # pressure grows and fades
        slope = rng.uniform(6, 16)
        return lambda n: np.clip(0.35 + slope * (0.5 - abs(np.linspace(-0.5, 0.5, n))), 0, 1)
    return lambda n: np.ones(n)


def draw_line(draw: ImageDraw.ImageDraw, line: Points, widths: Points) -> None:
    """Draw a polyline (n, 2) in the image's pixels, of these widths (n,) at its points."""
    radii = (widths / 2)[:, None]
    for disc in np.concatenate([line - radii, line + radii], axis=1).tolist():
        draw.ellipse(disc, fill=255)
    along = np.diff(line, axis=0)
    across = along[:, ::-1] * [-1, 1] / np.maximum(np.hypot(*along.T), 1e-6)[:, None]
    start, end = across * radii[:-1], across * radii[1:]
    corners = [line[:-1] + start, line[1:] + end, line[1:] - end, line[:-1] - start]
    for quadrilateral in np.concatenate(corners, axis=1).tolist():
        draw.polygon(quadrilateral, fill=255)
