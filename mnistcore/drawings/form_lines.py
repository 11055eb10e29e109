"""Lines of a form, a puzzle's grid, edges of a table: found by being straight, long and outermost.

Each is darker than most writing, so that beside it a pencil's stroke would count for nothing.
No torch.
"""

import math

import numpy as np
import numpy.typing as npt

from mnistcore.drawings.ink_parts import Part, find_parts

LONG = 0.5  # of the picture's side, for a straight run of ink to be no digit's
STEEPEST, STEP = 6.0, 1.5  # degrees that a line may slope; from one slope tried to the next
OUTER = 0.14  # of the picture's side: what is nearer to its border is beside the writing
LEAST_STRAIGHT = 0.4  # of a piece's ink
MOSTLY = 0.6  # of a piece's ink that is outermost, where it does not touch the border
MOST_REST = 0.25  # of a piece's ink, for what of it is neither straight nor outermost
LEAST_WRITING, LEAST_INK = 0.25, 0.002  # of the height, of the picture: what is left is written
AROUND_PX = 2  # a line's soft edge

Bits = npt.NDArray[np.bool_]


def form_lines(solid: Bits) -> Bits:
    """Return where a picture's ink belongs to lines at its borders, not to what is written.

    None does where nothing is left that could be written: a 1 may fill its picture, too.

    Args:
        solid: (H, W), where there is ink of any strength.

    >>> cell = np.zeros((60, 50), bool)
    >>> cell[15:45, 24:27] = True  # a 1,
    >>> cell[:, 2:4] = cell[56:58] = True  # and the grid beside and below it
    >>> lines = form_lines(cell)
    >>> int(lines[:, 2:4].sum()), int(lines[56:58].sum()), int((lines & cell)[15:45, 10:].sum())
    (120, 100, 0)
    """
    height, width = solid.shape
    aside = [math.ceil(OUTER * side) for side in (height, width)]
    outer = np.ones_like(solid)
    outer[aside[0] : height - aside[0], aside[1] : width - aside[1]] = False
    long = long_in_rows(solid) | long_in_rows(solid.T).T
    lines = np.zeros_like(solid)
    left = np.zeros_like(solid)
    for part in find_parts(solid.astype(np.float64)):
        place = slice(part.top, part.bottom), slice(part.left, part.right)
        kind = lines if _is_line(part, long[place], outer[place], solid.shape) else left
        kind[place] |= part.ink > 0
    rows = np.flatnonzero((left & ~outer).any(axis=1))
    is_left = (
        rows.size
        and rows[-1] - rows[0] >= LEAST_WRITING * height
        and left.sum() > LEAST_INK * left.size
    )
    return _grown(lines) if is_left else np.zeros_like(solid)


def long_in_rows(solid: Bits) -> Bits:
    """Return the ink that lies in long straight runs from left to right, sloping a little or not.

    Args:
        solid: (H, W).
    """
    height, width = solid.shape
    found = np.zeros_like(solid)
    columns = np.arange(width)
    for degrees in np.arange(-STEEPEST, STEEPEST + STEP, STEP):
        sunk = np.rint(math.tan(math.radians(degrees)) * (columns - width / 2)).astype(int)
        rows = (np.arange(height)[:, None] + sunk) % height
        found[rows, columns] |= long_runs(solid[rows, columns], LONG * width)
    return found & solid


def long_runs(bits: Bits, length: float) -> Bits:
    """Return the ink that lies in a run along its row of at least this length, gaps forgiven.

    Args:
        bits: (H, W).
        length: In pixels.

    >>> row = np.array([[1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]], bool)
    >>> np.flatnonzero(long_runs(row, 6)).tolist()
    [0, 1, 2, 3, 4, 5]
    """
    closed = np.asarray(bits)
    for shift in (1, 2, 3):
        closed = closed | (np.roll(bits, shift, axis=1) & np.roll(bits, -shift, axis=1))
    padded = np.pad(closed, ((0, 0), (1, 1)))
    steps = np.diff(padded.astype(np.int8), axis=1)
    long = np.zeros((bits.shape[0], bits.shape[1] + 1), np.int8)
    starts, ends = np.argwhere(steps == 1), np.argwhere(steps == -1)
    kept = ends[:, 1] - starts[:, 1] >= length
    np.add.at(long, tuple(starts[kept].T), 1)
    np.add.at(long, tuple(ends[kept].T), -1)
    return np.asarray(long.cumsum(axis=1)[:, :-1] > 0)


def _is_line(part: Part, long: Bits, outer: Bits, shape: tuple[int, ...]) -> bool:
    """Tell whether a piece of ink is straight, long and outermost, and little else."""
    own = part.ink > 0
    size = own.sum()
    if (own & long).sum() < LEAST_STRAIGHT * size:
        return False
    if (own & ~long & ~outer).sum() > MOST_REST * size:
        return False
    return _touches_border(part, shape) or bool((own & outer).sum() >= MOSTLY * size)


def _touches_border(part: Part, shape: tuple[int, ...]) -> bool:
    nearest = min(part.left, part.top, shape[1] - part.right, shape[0] - part.bottom)
    return nearest <= AROUND_PX


def _grown(bits: Bits) -> Bits:
    """Return bits and what lies within a few pixels of them."""
    padded = np.pad(bits, AROUND_PX)
    grown = np.zeros_like(bits)
    span = 2 * AROUND_PX + 1
    for down in range(span):
        for right in range(span):
            grown |= padded[down : down + bits.shape[0], right : right + bits.shape[1]]
    return grown
