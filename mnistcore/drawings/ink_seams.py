"""Ink that hangs together, cut from top to bottom where a stroke is thin."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.ink_parts import Part

SEAM_HEIGHT_PX = 56  # a part is shrunk to this height before it is looked at for seams
LEAST_SIDE_PX = 4  # what is smaller then has no seam
SIDEWAYS = 0.4  # what a seam pays for each step aside, where crossing a pixel of ink costs 1
LEAST_FRACTION = 0.12  # of the ink, on either side of a seam

Integers = npt.NDArray[np.int64]


def cut(part: Part, *, most_cuts: int) -> list[Part]:
    """Cut a part from top to bottom wherever that crosses little ink.

    Every path that goes down a row at a time, straight or one pixel aside, is a seam; of those
    that end in each column the one through the least ink is found, and of these the best few.

    Source: the seams of Avidan & Shamir (2007), "Seam Carving for Content-Aware Image Resizing",
    through the ink rather than through a picture's least interesting pixels.

    Args:
        part: To be cut.
        most_cuts: At most so many seams.

    Returns:
        The pieces from left to right: the part itself if no seam has ink on both sides.

    >>> two_ones = np.zeros((40, 30))
    >>> two_ones[:, 2:6] = two_ones[:, 22:26] = 1
    >>> two_ones[20, 2:26] = 1  # they touch by a thin line
    >>> [piece.width > 3 for piece in cut(Part(0, 0, two_ones), most_cuts=1)]
    [True, True]
    """
    seams = _find_seams(part.ink, most_cuts)
    if not seams:
        return [part]
    columns = np.arange(part.width)
    sides = sum((columns >= seam[:, None]).astype(int) for seam in seams)  # (height, width)
    pieces = [_cropped(part, part.ink * (sides == side)) for side in range(len(seams) + 1)]
    return [piece for piece in pieces if piece is not None]


def _cropped(part: Part, ink: Grey) -> Part | None:
    """Return what is left of a part's ink, or None if nothing is."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    kept = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Part(part.left + int(columns[0]), part.top + int(rows[0]), kept)


def _find_seams(ink: Grey, most: int) -> list[Integers]:
    """Return the best seams from left to right: in each row, the first column to the right."""
    scale = min(1.0, SEAM_HEIGHT_PX / ink.shape[0])
    size = (round(ink.shape[1] * scale), round(ink.shape[0] * scale))
    if min(size) < LEAST_SIDE_PX:
        return []
    small = np.asarray(
        Image.fromarray(ink.astype(np.float32)).resize(size, Image.Resampling.BOX), np.float64
    )
    middle = size[1] // 2
    above, from_top = _least_ink(small[: middle + 1])
    below, from_bottom = _least_ink(small[:middle:-1])
    # The half below starts in the row under the middle one, straight below where the upper ends.
    costs = above + below
    before = small.cumsum(axis=1)
    found: list[tuple[float, Integers]] = []
    for at in np.argsort(costs, kind="stable").tolist():
        seam = np.concatenate([_trace_back(from_top, at), _trace_back(from_bottom, at)[::-1]])
        left = before[np.arange(len(seam)), seam].sum() / small.sum()
        apart = all(abs(seam - other).mean() > 0.12 * len(seam) for _, other in found)
        if LEAST_FRACTION < left < 1 - LEAST_FRACTION and apart:
            found.append((float(costs[at]), seam))
        if len(found) == most:
            break
    rows = np.minimum(np.arange(ink.shape[0]) * size[1] // ink.shape[0], size[1] - 1)
    seams = [np.rint((seam[rows] + 0.5) / size[0] * ink.shape[1]).astype(int) for _, seam in found]
    return sorted(seams, key=lambda seam: float(seam.mean()))


def _least_ink(ink: Grey) -> tuple[Grey, Integers]:
    """Return for each column the cost of the best seam that ends in it, and each pixel's way."""
    costs = ink[0].copy()
    came_from = np.zeros(ink.shape, np.int64)
    for row in range(1, len(ink)):
        aside = np.pad(costs, 1, constant_values=np.inf)
        ways = np.stack([costs, aside[:-2] + SIDEWAYS, aside[2:] + SIDEWAYS])
        chosen = ways.argmin(axis=0)
        came_from[row] = np.array([0, -1, 1])[chosen]
        costs = ink[row] + ways.min(axis=0)
    return costs, came_from


def _trace_back(came_from: Integers, end: int) -> Integers:
    seam = np.empty(len(came_from), np.int64)
    for row in range(len(came_from) - 1, -1, -1):
        seam[row] = end
        end += int(came_from[row, end])
    return seam
