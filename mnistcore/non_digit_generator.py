"""Drawings that are no digits: letters, signs, shapes, scribbles, digits on digits, noise.

A classifier can only learn to say "not a digit" from what it has seen of the rest of the world.
"""

import math
import string

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mnistcore.non_digit_styles import LETTERS, SHAPES, SIGNS
from mnistcore.stroke_generator import ink, hand_drawn, curve
from mnistcore.stroke_styles import DIGIT_STYLES

PRINTED = "".join(sorted(set(string.ascii_letters) - set("BDGIJOQSYZbgloqsyz"))) + "?&@#%+=<>*$!"


def written(rng, paths=tuple(LETTERS.values())):
    return ink(hand_drawn(paths[rng.integers(len(paths))], rng), rng)


def printed(rng):
    font = ImageFont.load_default(size=int(rng.integers(60, 200)))
    text = PRINTED[rng.integers(len(PRINTED))]
    if rng.random() < 0.15:
        text += string.ascii_lowercase[rng.integers(26)]
    box = font.getbbox(text)
    image = Image.new("L", (int(box[2]) + 60, int(box[3]) + 60), 0)
    ImageDraw.Draw(image).text(
        (30, 30), text, fill=255, font=font, stroke_width=int(rng.integers(0, 9))
    )
    slant = rng.normal(0, 0.2)
    size = image.size
    image = image.transform(
        (size[0] + size[1], size[1]),
        Image.Transform.AFFINE,
        (1, slant, -size[1] / 2, 0, 1, 0),
        Image.Resampling.BILINEAR,
    )
    image = image.rotate(rng.normal(0, 7), Image.Resampling.BILINEAR, expand=True)
    return np.asarray(image)


def scribble(rng):
    n = int(rng.integers(4, 28))
    kind = rng.integers(6)
    if kind == 0:
        points = rng.uniform(0, 100, (n, 2))
    elif kind == 1:
        points = np.cumsum(rng.normal(0, 20, (n, 2)), 0)
    elif kind == 2:
        x = np.linspace(0, 100, n)
        points = np.stack([x, 50 + rng.uniform(20, 50) * (-1) ** np.arange(n)], 1)
        points = points + rng.normal(0, 5, (n, 2))
    elif kind == 3:
        t = np.linspace(0, rng.uniform(2, 7) * 2 * math.pi, 5 * n)
        r = np.linspace(rng.uniform(0, 50), 50, 5 * n)
        points = np.stack([r * np.cos(t), r * np.sin(t) * rng.uniform(0.4, 1)], 1)
        points = points + rng.normal(0, 3, points.shape)
    elif kind == 4:
        t = np.linspace(0, n / 4 * 2 * math.pi, 4 * n)
        points = np.stack([np.linspace(0, rng.uniform(50, 200), 4 * n) + 20 * np.cos(t), 25 * np.sin(t)], 1)
        points = points + rng.normal(0, 2, points.shape)
    else:
        strokes = [
            np.cumsum(rng.normal(0, 18, (int(rng.integers(2, 6)), 2)), 0) + rng.uniform(0, 100, 2)
            for _ in range(int(rng.integers(2, 7)))
        ]
        return ink([curve(p, np.zeros(len(p), bool)) for p in strokes], rng)
    sharp = np.full(len(points), rng.random() < 0.3)
    return ink([curve(points, sharp)], rng)


def _one_digit(rng):
    return hand_drawn(DIGIT_STYLES[rng.integers(len(DIGIT_STYLES))].path, rng)


def digits_overlaid(rng):
    a, b = _one_digit(rng), _one_digit(rng)
    shift = rng.normal(0, 12, 2)
    scale = rng.uniform(0.6, 1.2)
    return ink([*a, *(s * scale + shift for s in b)], rng)


def digits_side_by_side(rng):
    strokes, right = [], 0.0
    for _ in range(2 if rng.random() < 0.7 else 3):
        digit = _one_digit(rng)
        path = np.concatenate(digit)
        left = path[:, 0].min()
        strokes += [s + [right - left, rng.normal(0, 5)] for s in digit]
        right += np.ptp(path[:, 0]) + rng.uniform(-8, 35)
    return ink(strokes, rng)


def noise(rng):
    side = int(rng.integers(30, 160))
    kind = rng.integers(5)
    if kind == 0:
        image = Image.fromarray(rng.integers(0, 256, (side, side), dtype=np.uint8))
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0, side / 20)))
        a = np.asarray(image).astype(float)
        return np.rint(255 * (a - a.min()) / max(np.ptp(a), 1)).astype(np.uint8)
    if kind == 1:
        return ((rng.random((side, side)) < rng.uniform(0.002, 0.5)) * 255).astype(np.uint8)
    if kind == 2:
        a = rng.integers(0, 256, (side, side), dtype=np.uint8)
        a = np.asarray(Image.fromarray(a).filter(ImageFilter.BoxBlur(side / rng.uniform(5, 15))))
        return ((a > np.quantile(a, rng.uniform(0.4, 0.95))) * 255).astype(np.uint8)
    image = Image.new("L", (200, 200), 0)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(1, 5 if kind == 3 else 12))):
        x, y = rng.uniform(10, 150, 2)
        w, h = rng.uniform(8, 90 if kind == 3 else 25, 2)
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, min(x + w, 198), min(y + h, 198)), fill=255)
    return np.asarray(image.rotate(rng.uniform(0, 90)))


KINDS = (
    (0.36, written),
    (0.10, lambda rng: written(rng, tuple(SIGNS.values()))),
    (0.12, lambda rng: written(rng, tuple(SHAPES.values()))),
    (0.12, printed),
    (0.12, scribble),
    (0.06, digits_overlaid),
    (0.06, digits_side_by_side),
    (0.06, noise),
)
WEIGHTS = np.array([w for w, _ in KINDS])


def draw_non_digit(rng: np.random.Generator) -> NDArray[np.uint8]:
    return KINDS[rng.choice(len(KINDS), p=WEIGHTS / WEIGHTS.sum())][1](rng)
