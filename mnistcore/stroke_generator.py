"""Handwriting made from stroke styles: wobble, slant, loops, hooks, pens of all widths.

Works on arrays and draws with Pillow; knows nothing of training. The order of the work: a path as
text -> control points -> a hand's own version of them -> curves -> ink on a canvas.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from mnistcore.stroke_styles import DIGIT_STYLES, StrokeStyle

Points = NDArray[np.float64]
Controls = list[tuple[Points, NDArray[np.bool_]]]


def control_points(path: str) -> Controls:
    strokes = []
    for stroke in path.split("/"):
        words = stroke.split()
        points = [[float(v) for v in word.rstrip("*").split(",")] for word in words]
        strokes.append((np.array(points), np.array([word.endswith("*") for word in words])))
    return strokes


def _loop_at(points, sharp, k, size):
    """A small loop in place of the corner k."""
    c = points[k]
    a = c - points[k - 1]
    b = points[k + 1] - c
    a = a / max(np.hypot(*a), 1e-6) * size
    b = b / max(np.hypot(*b), 1e-6) * size
    loop = np.stack([c, c + a, c + 0.75 * (a - b), c - b, c])
    return (
        np.concatenate([points[:k], loop, points[k + 1 :]]),
        np.concatenate([sharp[:k], np.zeros(5, bool), sharp[k + 1 :]]),
    )


def curve(points: Points, sharp: NDArray[np.bool_], per_segment: int = 10) -> Points:
    """Catmull-Rom through the points; sharp ones end one curve and begin the next."""
    cuts = [0, *(np.flatnonzero(sharp[1:-1]) + 1), len(points) - 1]
    t = np.linspace(0, 1, per_segment, endpoint=False)[:, None]
    pieces = []
    for start, end in zip(cuts, cuts[1:]):
        p = points[start : end + 1]
        p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
        p0, p1, p2, p3 = (p[i : len(p) - 3 + i, None] for i in range(4))
        # chordal-ish tangents keep uneven spacing from overshooting
        d1 = np.sqrt(np.linalg.norm(p1 - p0, axis=-1, keepdims=True)) + 1e-6
        d2 = np.sqrt(np.linalg.norm(p2 - p1, axis=-1, keepdims=True)) + 1e-6
        d3 = np.sqrt(np.linalg.norm(p3 - p2, axis=-1, keepdims=True)) + 1e-6
        m1 = (p2 - p1) + d2 * ((p1 - p0) / d1 - (p2 - p0) / (d1 + d2))
        m2 = (p2 - p1) + d2 * ((p3 - p2) / d3 - (p3 - p1) / (d2 + d3))
        a = 2 * (p1 - p2) + m1 + m2
        b = -3 * (p1 - p2) - 2 * m1 - m2
        pieces.append((((a * t + b) * t + m1) * t + p1).reshape(-1, 2))
    pieces.append(points[-1:])
    return np.concatenate(pieces)


def resampled(path: Points, step: float) -> Points:
    lengths = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0], np.cumsum(lengths)])
    count = max(2, round(along[-1] / step) + 1)
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])], 1)


def hand_drawn(path: str, rng: np.random.Generator) -> list[Points]:
    wobble = float(np.clip(rng.lognormal(math.log(3.2), 0.5), 1, 8))
    soften = rng.random() < 0.3
    coarse = rng.uniform(5, 13) if rng.random() < 0.3 else rng.uniform(1.5, 4)
    tremor = rng.uniform(0, 1.3) if rng.random() < 0.4 else rng.uniform(0, 0.3)
    loops = rng.random() < 0.15
    hooks = rng.random() < 0.25
    strokes = []
    for points, sharp in control_points(path):
        p = points + rng.normal(0, wobble, points.shape) + rng.normal(0, 0.7 * wobble, 2)
        p = p.mean(0) + (p - p.mean(0)) * np.exp(rng.normal(0, 0.07, 2))
        s = sharp.copy()
        if loops:
            for k in np.flatnonzero(s[1:-1])[::-1] + 1:
                if rng.random() < 0.6:
                    p, s = _loop_at(p, s, k, rng.uniform(3, 12))
        if soften:
            s[:] = False
        for end, inner in ((0, 1), (-1, -2)):
            p[end] += (p[end] - p[inner]) * np.clip(rng.normal(0.0, 0.1), -0.2, 0.35)
        if hooks:
            for end, inner in ((0, 1), (-1, -2)):
                if rng.random() < 0.5:
                    back = p[inner] - p[end]
                    angle = rng.normal(0, 0.9)
                    c, si = math.cos(angle), math.sin(angle)
                    back = back / max(np.hypot(*back), 1e-6) * rng.uniform(2, 12)
                    hook = p[end] + np.array([c * back[0] - si * back[1], si * back[0] + c * back[1]])
                    at = 0 if end == 0 else len(p)
                    p = np.insert(p, at, hook, axis=0)
                    s = np.insert(s, at, False)
                    if len(s) > 2:
                        s[1 if end == 0 else -2] = rng.random() < 0.6
        strokes.append(curve(p, s))
    strokes = _warped(strokes, rng)
    drawn = []
    for stroke in strokes:
        fine = resampled(stroke, coarse)
        if tremor and len(fine) > 3:
            fine = fine + rng.normal(0, tremor, fine.shape)
        drawn.append(fine)
        if rng.random() < 0.03:
            drawn.append(fine + rng.normal(0, 2.5, 2) + rng.normal(0, 0.5, fine.shape))
    return drawn


def _warped(strokes, rng):
    gamma = np.exp(rng.normal(0, 0.16, 2))
    taper = rng.normal(0, 0.12)
    bend = rng.normal(0, 3.5, (2, 2))
    phase = rng.uniform(0, 2 * math.pi, (2, 2))
    shear = float(np.clip(rng.normal(0.1, 0.25), -0.58, 0.7))
    turn = rng.normal(0, 0.1)
    aspect = math.exp(rng.normal(-0.18, 0.27))
    c, s = math.cos(turn), math.sin(turn)
    linear = np.array([[c, -s], [s, c]]) @ np.array([[1, -shear], [0, 1]]) @ np.diag([aspect, 1])
    out = []
    for p in strokes:
        unit = p / 100
        unit = np.where(unit > 0, np.abs(unit) ** gamma, unit) * 100 - 50
        x, y = unit.T
        x = x * (1 + taper * y / 50)
        x = x + bend[0, 0] * np.sin(y / 30 + phase[0, 0]) + bend[0, 1] * np.sin(y / 16 + phase[0, 1]) / 2
        y = y + bend[1, 0] * np.sin(x / 30 + phase[1, 0]) + bend[1, 1] * np.sin(x / 16 + phase[1, 1]) / 2
        out.append(np.stack([x, y], 1) @ linear.T)
    return out


def ink(strokes: list[Points], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw the strokes with a pen of random width; a tight (H, W) canvas."""
    path = np.concatenate(strokes)
    low, high = path.min(0), path.max(0)
    longest = max(float((high - low).max()), 12.0)
    side = rng.uniform(70, 230)  # pixels of the canvas that the longer side takes
    width = math.exp(rng.uniform(math.log(max(5, 0.022 * side)), math.log(min(35, 0.28 * side))))
    scale = side / longest
    margin = width + 4
    size = np.ceil((high - low) * scale + 2 * margin).astype(int)
    image = Image.new("L", (int(size[0]) , int(size[1])), 0)
    draw = ImageDraw.Draw(image)
    kind = rng.random()
    for stroke in strokes:
        p = (stroke - low) * scale + margin
        n = len(p)
        widths = np.full(n, width)
        if kind < 0.25:  # slower is wider
            knots = rng.normal(0, rng.uniform(0.1, 0.3), 6)
            widths = width * np.exp(np.interp(np.linspace(0, 5, n), np.arange(6), knots))
        elif kind < 0.35:  # pressure grows and fades
            ramp = np.minimum(np.linspace(0, 1, n), np.linspace(1, 0, n)) * rng.uniform(3, 8)
            widths = width * np.clip(0.35 + ramp, 0, 1)
        _draw_path(draw, p, widths)
    if rng.random() < 0.2:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.02, 0.14) * width))
    return np.asarray(image)


def _draw_path(draw, p, widths):
    for (x, y), w in zip(p, widths):
        r = w / 2
        draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
    for (x0, y0), (x1, y1), w0, w1 in zip(p, p[1:], widths, widths[1:]):
        dx, dy = x1 - x0, y1 - y0
        d = math.hypot(dx, dy)
        if d > 0.5:
            nx, ny = -dy / d / 2, dx / d / 2
            draw.polygon(
                [
                    (x0 + nx * w0, y0 + ny * w0),
                    (x1 + nx * w1, y1 + ny * w1),
                    (x1 - nx * w1, y1 - ny * w1),
                    (x0 - nx * w0, y0 - ny * w0),
                ],
                fill=255,
            )
