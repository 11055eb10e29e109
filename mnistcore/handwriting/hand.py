"""Handwriting made from a pen path: a hand's wobble, slant, loops and hooks.

In this order: the path as text -> points -> a hand's own version of them -> curves. Whatever is
random comes from the generator that is handed in. Knows no digits, no ink and no training.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.random import Generator

Points = npt.NDArray[np.float64]  # (n, 2): x to the right, y down

GRID = 100  # the side of the square that pen paths are written in
CURVE_POINTS = 10  # between two points of a path


class Stroke(NamedTuple):
    """What the pen does between touching down and lifting.

    Attributes:
        points: (n, 2), in order.
        sharp: (n,), True where the pen turns sharply rather than in a curve.
    """

    points: Points
    sharp: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hand:
    """How a hand departs from the path it was taught; lengths in hundredths of the digit.

    Attributes:
        wobble: Standard deviation of every point.
        softens: Sharp turns become curves.
        loops: Sharp turns become small loops.
        hooks: Strokes begin or end in a hook.
        step: Distance between two points that the screen registers.
        tremor: Standard deviation of each of these.
        drags: The pen isn't lifted between strokes.
    """

    wobble: float
    softens: bool
    loops: bool
    hooks: bool
    step: float
    tremor: float
    drags: bool


def random_hand(rng: Generator) -> Hand:
    """Return a hand: most are steady with a fast screen, some shake, or use a slow mouse.

    >>> 1 <= random_hand(np.random.default_rng(1)).wobble <= 8
    True
    """
    slow_screen = rng.random() < 0.3
    shaky = rng.random() < 0.4
    return Hand(
        wobble=float(np.clip(rng.lognormal(math.log(3.2), 0.5), 1, 8)),
        softens=rng.random() < 0.3,
        loops=rng.random() < 0.15,
        hooks=rng.random() < 0.3,
        step=rng.uniform(5, 13) if slow_screen else rng.uniform(1.5, 4),
        tremor=rng.uniform(0, 1.3 if shaky else 0.3),
        drags=rng.random() < 0.03,
    )


def parse_path(path: str) -> list[Stroke]:
    """Read a pen path in the notation of `digit_styles`.

    >>> stroke, bar = parse_path("10,5 86,5* 40,100 / 24,50 82,48")
    >>> stroke.points.tolist(), stroke.sharp.tolist()
    ([[10.0, 5.0], [86.0, 5.0], [40.0, 100.0]], [False, True, False])
    """
    strokes = []
    for text in path.split("/"):
        words = text.split()
        points = [[float(number) for number in word.rstrip("*").split(",")] for word in words]
        sharp = [word.endswith("*") for word in words]
        strokes.append(Stroke(np.array(points), np.array(sharp)))
    return strokes


def write_by_hand(path: str, rng: Generator) -> list[Points]:
    """Return the strokes of somebody who was taught this path: no two calls give the same.

    Args:
        path: In the notation of `digit_styles`.
        rng: Whose state decides everything.

    Returns:
        Polylines (n, 2), one for each time the pen is down.

    >>> [line.shape[1] for line in write_by_hand("50,0 50,100", np.random.default_rng(1))]
    [2]
    """
    hand = random_hand(rng)
    lines = [smooth(_miswrite(stroke, hand, rng)) for stroke in parse_path(path)]
    if hand.drags:
        lines = [np.concatenate(lines)]
    lines = [_resample(line, hand.step) for line in _distort(lines, rng)]
    lines = [line + rng.normal(0, hand.tremor, line.shape) for line in lines]
    if rng.random() < 0.05:  # written over once more
        again = lines[rng.integers(len(lines))]
        lines.append(again + rng.normal(0, 2.5, 2) + rng.normal(0, 0.5, again.shape))
    return lines


def smooth(stroke: Stroke) -> Points:
    """Return the curve through a stroke's points, as a fine polyline.

    Source: the centripetal Catmull-Rom spline (Yuksel, Schaefer & Keyser 2011), which has no
    cusps however uneven the points' distances; a sharp point ends one spline and begins the next.

    >>> smooth(Stroke(np.array([[0.0, 0], [0, 10]]), np.array([False, False]))).shape
    (11, 2)
    """
    points, sharp = stroke
    cuts = [0, *(np.flatnonzero(sharp[1:-1]) + 1), len(points) - 1]
    pieces = [_spline(points[a : b + 1]) for a, b in pairwise(cuts)]
    return np.concatenate([*pieces, points[-1:]])


def _spline(points: Points) -> Points:
    """The curve through the points, without its last point."""
    p = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    before, start, end, after = (p[i : len(p) - 3 + i, None] for i in range(4))
    gaps = np.sqrt(np.linalg.norm(np.diff(p, axis=0), axis=1))[:, None, None] + 1e-6
    gap_before, gap, gap_after = gaps[:-2], gaps[1:-1], gaps[2:]
    leave = (end - start) + gap * (
        (start - before) / gap_before - (end - before) / (gap_before + gap)
    )
    arrive = (end - start) + gap * ((after - end) / gap_after - (after - start) / (gap + gap_after))
    t = np.linspace(0, 1, CURVE_POINTS, endpoint=False)[:, None]
    cubic = 2 * (start - end) + leave + arrive
    square = -3 * (start - end) - 2 * leave - arrive
    curve: Points = ((cubic * t + square) * t + leave) * t + start
    return curve.reshape(-1, 2)


def _miswrite(stroke: Stroke, hand: Hand, rng: Generator) -> Stroke:
    """Move, stretch, soften and decorate a stroke as the hand does."""
    points = stroke.points + rng.normal(0, hand.wobble, stroke.points.shape)
    points += rng.normal(0, 0.7 * hand.wobble, 2)
    middle = points.mean(axis=0)
    points = middle + (points - middle) * np.exp(rng.normal(0, 0.07, 2))
    for end, neighbour in ((0, 1), (-1, -2)):  # too short or too long
        points[end] += (points[end] - points[neighbour]) * np.clip(rng.normal(0, 0.1), -0.2, 0.35)
    stroke = Stroke(points, np.zeros_like(stroke.sharp) if hand.softens else stroke.sharp)
    if hand.loops:
        for corner in np.flatnonzero(stroke.sharp[1:-1])[::-1] + 1:
            if rng.random() < 0.6:
                stroke = _loop_at(stroke, int(corner), rng.uniform(3, 12))
    if hand.hooks and rng.random() < 0.5:
        stroke = _hook_at_start(stroke, rng)
    if hand.hooks and rng.random() < 0.5:
        stroke = _reversed(_hook_at_start(_reversed(stroke), rng))
    return stroke


def _reversed(stroke: Stroke) -> Stroke:
    return Stroke(stroke.points[::-1], stroke.sharp[::-1])


def _loop_at(stroke: Stroke, corner: int, size: float) -> Stroke:
    """Put a loop in a corner's place: past it, round, and through it again in the new direction."""
    points, sharp = stroke
    here = points[corner]
    coming = here - points[corner - 1]
    going = points[corner + 1] - here
    coming, going = (size * v / max(math.hypot(*v), 1e-6) for v in (coming, going))
    loop = np.stack([here, here + coming, here + 0.75 * (coming - going), here - going, here])
    return Stroke(
        np.concatenate([points[:corner], loop, points[corner + 1 :]]),
        np.concatenate([sharp[:corner], np.zeros(len(loop), bool), sharp[corner + 1 :]]),
    )


def _hook_at_start(stroke: Stroke, rng: Generator) -> Stroke:
    """Let the pen touch down a little further on, and come back to where the stroke begins."""
    points, sharp = stroke
    onward = points[1] - points[0]
    onward = onward / max(math.hypot(*onward), 1e-6) * rng.uniform(2, 12)
    hook = points[0] + onward @ _rotation(rng.normal(0, 0.9))
    bent = [False, rng.random() < 0.6, *sharp[1:]]
    return Stroke(np.concatenate([hook[None], points]), np.array(bent))


def _rotation(radians: float) -> Points:
    cos, sin = math.cos(radians), math.sin(radians)
    return np.array([[cos, -sin], [sin, cos]])


def _distort(lines: Sequence[Points], rng: Generator) -> list[Points]:
    """Bend, taper, slant, turn and squeeze the whole drawing; its middle becomes (0, 0)."""
    power = np.exp(rng.normal(0, 0.16, 2))  # a large head and a small foot, or the reverse
    taper = rng.normal(0, 0.12)
    bends = rng.normal(0, 3.5, (2, 2)) * [1, 0.5]
    phases = rng.uniform(0, 2 * math.pi, (2, 2))
    slant = float(np.clip(rng.normal(0.1, 0.25), -0.58, 0.7))  # 0.58 is 30 degrees
    squeeze = math.exp(rng.normal(-0.18, 0.27))
    whole = _rotation(rng.normal(0, 0.1)) @ [[1, -slant], [0, 1]] @ np.diag([squeeze, 1])
    distorted = []
    for line in lines:
        unit = line / GRID
        x, y = (np.where(unit > 0, np.abs(unit) ** power, unit) * GRID - GRID / 2).T
        x = x * (1 + taper * 2 * y / GRID)
        x, y = x + _wave(y, bends[0], phases[0]), y + _wave(x, bends[1], phases[1])
        distorted.append(np.stack([x, y], axis=1) @ whole.T)
    return distorted


def _wave(at: Points, heights: Points, phases: Points) -> Points:
    wave: Points = (heights * np.sin(at[:, None] / [30, 16] + phases)).sum(axis=1)
    return wave


def _resample(line: Points, step: float) -> Points:
    """Return points on the line at equal distances, its two ends among them."""
    travelled = np.concatenate([[0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    stops = np.linspace(0, travelled[-1], max(2, round(travelled[-1] / step) + 1))
    return np.stack([np.interp(stops, travelled, axis) for axis in line.T], axis=1)
