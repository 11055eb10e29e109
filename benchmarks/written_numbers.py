"""Numbers to measure reading with: digits set side by side on a wide canvas.

Digits are given as strokes; size, gaps, height above the line, pen and canvas are drawn at random.
"""

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw

from mnistcore.handwriting.hand import Points

Spacing = Literal["apart", "close", "touching"]
SPACINGS: tuple[Spacing, ...] = get_args(Spacing)
Digit = tuple[int, list[Points]]  # what it is, and its strokes in any unit

CANVAS_HEIGHTS_PX = (200, 280, 336, 480)
FINE = 2  # drawn so many times larger, then shrunk: soft edges, as a browser draws


class Written(NamedTuple):
    """A number on a canvas.

    Attributes:
        drawing: (H, W, 4) uint8 RGBA, white on black.
        text: What it says.
    """

    drawing: npt.NDArray[np.uint8]
    text: str


def write_number(
    draw_digit: Callable[[Generator], Digit], length: int, spacing: Spacing, rng: Generator
) -> Written:
    """Write so many digits side by side.

    Args:
        draw_digit: Gives the next digit.
        length: Of the number.
        spacing: `apart`: boxes 5 to 50 % of a digit's height from each other; `close`: only just
            not touching, whatever the boxes do; `touching`: pushed together until the ink meets.
        rng: Whose state decides everything.
    """
    canvas_height = int(rng.choice(CANVAS_HEIGHTS_PX))
    height = canvas_height * rng.uniform(0.3, 0.75)
    pen = max(4.0, height * math.exp(rng.uniform(math.log(0.04), math.log(0.16))))
    wander = rng.uniform(0, 0.12)  # up and down from the line
    unevenness = rng.uniform(0, 0.15)
    gap = rng.uniform(0.05, 0.5)
    text, line = "", Image.new("L", (1, 1))
    for place in range(length):
        digit, strokes = draw_digit(rng)
        text += str(digit)
        tall = height * math.exp(rng.normal(0, unevenness))
        glyph = _ink(
            strokes, tall, pen, canvas_height, canvas_height / 2 + height * rng.normal(0, wander)
        )
        if place == 0:
            line = glyph
            continue
        own_gap = max(0.05, gap + rng.normal(0, 0.08)) * height
        line = _append(line, glyph, spacing, own_gap, pen)
    return Written(_on_canvas(line, canvas_height, length, rng), text)


def _ink(
    strokes: Sequence[Points], tall: float, pen: float, canvas_height: int, middle: float
) -> Image.Image:
    """One digit in an image as high as the canvas and as wide as its ink."""
    path = np.concatenate(strokes)
    low, high = path.min(axis=0), path.max(axis=0)
    scale = (tall - pen) / max(float((high - low).max()), 1e-6)
    half = float((high - low)[1]) * scale / 2 + pen / 2 + 1
    middle = min(max(middle, half), canvas_height - half)
    width = math.ceil(float((high - low)[0]) * scale + pen + 2)
    image = Image.new("L", (FINE * width, FINE * canvas_height))
    draw = ImageDraw.Draw(image)
    radius = FINE * pen / 2
    for stroke in strokes:
        place = (stroke - (low + high) / 2) * scale + [width / 2, middle]
        points = [(FINE * float(x), FINE * float(y)) for x, y in place]
        if len(points) > 1:
            draw.line(points, 255, round(2 * radius), joint="curve")
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    image = image.reduce(FINE)
    left, _, right, _ = image.getbbox() or (0, 0, width, 0)
    return image.crop((left, 0, right, canvas_height))


def _append(
    line: Image.Image, glyph: Image.Image, spacing: Spacing, gap: float, pen: float
) -> Image.Image:
    if spacing == "apart":
        offset = line.width + round(gap)
    else:
        # How far each row's ink is from the other's: the closest row decides.
        offset = line.width - _clearance(line, glyph)
        offset += round(max(3.0, 0.2 * pen)) if spacing == "close" else -round(0.25 * pen)
    offset = max(offset, 1)
    joined = Image.new("L", (max(line.width, offset + glyph.width), line.height))
    joined.paste(line)
    above = Image.new("L", joined.size)
    above.paste(glyph, (offset, 0))
    return ImageChops.lighter(joined, above)


def _clearance(line: Image.Image, glyph: Image.Image) -> int:
    """How many columns the glyph can be moved into the line before the ink meets."""
    first, second = np.asarray(line) > 0, np.asarray(glyph) > 0
    after = np.where(first.any(axis=1), first[:, ::-1].argmax(axis=1), 10**6)
    before = np.where(second.any(axis=1), second.argmax(axis=1), 10**6)
    # A row's neighbours count, too: ink that meets by a corner touches.
    near = np.minimum.reduce([np.roll(after, by) for by in (-2, -1, 0, 1, 2)])
    return int(min((near + before).min(), line.width - 1, 0.6 * glyph.width))


def _on_canvas(
    line: Image.Image, height: int, length: int, rng: Generator
) -> npt.NDArray[np.uint8]:
    width = max(line.width + 8, round(height * rng.uniform(1, 1 + 0.6 * length)))
    canvas = Image.new("L", (width, height))
    canvas.paste(line, (int(rng.integers(4, width - line.width - 3)), 0))
    grey = np.asarray(canvas)
    return np.stack([grey, grey, grey, np.full_like(grey, 255)], axis=-1)
