"""Drawings of a 4 as nobody writes it: three bars across, by pens of every width."""

import base64
from io import BytesIO

import numpy as np
from PIL import Image

from mnistcore.drawings.drawing_files import LabelledDrawing
from mnistcore.drawings.strokes import PNG_URI
from mnistcore.handwriting.pen import draw_ink

MEANT = 4


def strange_fours(count: int, *, seed: int) -> list[LabelledDrawing]:
    """Return drawings of three bars, each bar of a length, height and slant of its own."""
    rng = np.random.default_rng(seed)
    return [_drawing(rng) for _ in range(count)]


def _drawing(rng: np.random.Generator) -> LabelledDrawing:
    slant = rng.normal(0, 0.06)
    bars = []
    for height in (25, 50, 75):
        left, right = 20 + rng.normal(0, 4), 78 + rng.normal(0, 6)
        x = np.linspace(left, right, 12)
        y = height + rng.normal(0, 3) + (slant + rng.normal(0, 0.05)) * (x - left)
        bars.append(np.stack([x, y], axis=1))
    file = BytesIO()
    Image.fromarray(draw_ink(bars, rng)).convert("RGBA").save(file, "PNG")
    picture = {"type": "image", "src": PNG_URI + base64.b64encode(file.getvalue()).decode()}
    return LabelledDrawing(MEANT, None, [picture], file.getvalue())
