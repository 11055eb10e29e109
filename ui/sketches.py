"""Drawings as the canvas takes them, made by a visitor, of a small picture, or of strokes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw

from ui.digits import data_uri

Line = npt.NDArray[np.float64]  # (n, 2) points
Strokes = dict[str, Any]  # as the component writes them, in Fabric's JSON

INK = "#ffffff"
PAPER = "#000000"
MOST_SKETCHES = 50  # that can be had back by undoing
MOST_WEIGHT = 40_000_000  # bytes of the strokes of all these
SMOOTH = 3  # times as fine, so that edges are as soft as the canvas draws them


@dataclass(frozen=True)
class Sketch:
    """A drawing at one moment.

    Attributes:
        strokes: What was drawn, in order; None for a blank canvas.
        png: What it looks like; None for a blank canvas.
        from_phone: Whether it came from another visitor's page, by a screen's code.
        weight: About what the strokes take in memory, in bytes, if a browser reported them.
    """

    strokes: Strokes | None = None
    png: bytes | None = None
    from_phone: bool = False
    weight: float = field(default=0, compare=False)


BLANK = Sketch()


def newest(sketches: list[Sketch]) -> list[Sketch]:
    """Return the last of a history's sketches, as many as are kept: the very last always is.

    >>> heavy = Sketch(weight=MOST_WEIGHT / 2)
    >>> len(newest([BLANK] * 60)), len(newest([heavy] * 3)), len(newest([Sketch(weight=1e9)]))
    (50, 2, 1)
    """
    kept = sketches[-MOST_SKETCHES:]
    while len(kept) > 1 and sum(sketch.weight for sketch in kept) > MOST_WEIGHT:
        del kept[0]
    return kept


def picture_sketch(picture: npt.NDArray[np.uint8], *, side_px: int) -> Sketch:
    """Return a small picture, enlarged by a whole number, in the middle of a canvas.

    Args:
        picture: (H, W) uint8, bright ink on black.
        side_px: Of the square canvas.
    """
    height, width = picture.shape
    scale = max(1, side_px // max(height, width))
    left, top = (side_px - scale * width) // 2, (side_px - scale * height) // 2
    canvas = np.zeros((side_px, side_px), np.uint8)
    enlarged = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    canvas[top : top + scale * height, left : left + scale * width] = enlarged
    image = {
        "type": "Image",
        "src": data_uri(enlarged),
        "left": left,
        "top": top,
        "originX": "left",
        "originY": "top",
        "width": scale * width,
        "height": scale * height,
    }
    file = BytesIO()
    Image.fromarray(canvas).save(file, "PNG")
    return Sketch({"objects": [image]}, file.getvalue())


def strokes_sketch(
    lines: Sequence[Line], *, side_px: int, stroke_width: int, over: Sketch = BLANK
) -> Sketch:
    """Return strokes as if a visitor had drawn them: they are undone and erased as any others.

    Args:
        lines: (n, 2) points each, x to the right and y down, in the canvas's pixels.
        side_px: Of the square canvas.
        stroke_width: Of the pen.
        over: What was drawn before, on a canvas of the same size.
    """
    before = over.strokes["objects"] if over.strokes else []
    canvas = Image.new("L", (side_px * SMOOTH, side_px * SMOOTH))
    pen = ImageDraw.Draw(canvas)
    radius = stroke_width * SMOOTH / 2
    for line in lines:
        points = (line * SMOOTH).tolist()
        pen.line([(x, y) for x, y in points], fill=255, width=stroke_width * SMOOTH)
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    canvas = canvas.resize((side_px, side_px), Image.Resampling.BOX)
    if over.png:
        canvas = ImageChops.lighter(canvas, Image.open(BytesIO(over.png)).convert("L"))
    file = BytesIO()
    canvas.save(file, "PNG")
    objects = [
        {
            "type": "Path",
            "path": [["L" if n else "M", x, y] for n, (x, y) in enumerate(line.round(1).tolist())],
            "stroke": INK,
            "strokeWidth": stroke_width,
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
            "fill": None,
        }
        for line in lines
    ]
    return Sketch({"objects": [*before, *objects]}, file.getvalue())
