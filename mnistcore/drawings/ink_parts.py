"""Ink taken apart into the pieces that hang together.

Knows no digits and no network: what belongs together is for `reading.segmentation` to say.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mnistcore.drawings.ink import Grey

SPECK_INK, SPECK_SIDE = 0.02, 0.12  # of the largest part's ink, and of the tallest's height
# A mark beside digits, in heights of a digit: how near it stands, how large it is; how many.
MARKS_WITHIN, LEAST_MARK, MOST_MARK, MOST_MARKS = 1.2, 0.08, 1.3, 6
SHARED_BY_A_DIGIT = 0.4  # of a piece's width, with a digit's box: more, and it is the digit's own

Integers = npt.NDArray[np.int64]


class Part(NamedTuple):
    """Some of a picture's ink.

    Attributes:
        left: The first column in which it has ink.
        top: The first row in which it has ink.
        ink: (height, width) in [0, 1], cropped to it; 0 where the ink is another part's.
    """

    left: int
    top: int
    ink: Grey

    @property
    def right(self) -> int:
        """The first column after its ink."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below its ink."""
        return self.top + self.height

    @property
    def width(self) -> int:
        """Columns from the first to the last with ink."""
        return int(self.ink.shape[1])

    @property
    def height(self) -> int:
        """Rows from the first to the last with ink."""
        return int(self.ink.shape[0])


def find_parts(ink: Grey) -> list[Part]:
    """Return the pieces of ink that hang together, also by a corner, by their middle's place.

    Args:
        ink: (H, W), 0 where there is none.

    >>> ink = np.array([[1, 0, 0, 0.5], [0, 1, 0, 0.5], [0, 0, 0, 0.5]])
    >>> [(part.left, part.top, part.width, part.height) for part in find_parts(ink)]
    [(0, 0, 2, 2), (3, 0, 1, 3)]
    """
    rows, starts, ends, numbers = _find_runs(ink > 0)
    count = int(numbers.max(initial=-1)) + 1
    tops, lefts = np.full(count, len(ink)), np.full(count, ink.shape[1])
    bottoms, rights = np.zeros(count, int), np.zeros(count, int)
    np.minimum.at(tops, numbers, rows)
    np.minimum.at(lefts, numbers, starts)
    np.maximum.at(bottoms, numbers, rows + 1)
    np.maximum.at(rights, numbers, ends)
    own = [np.zeros(size) for size in zip(bottoms - tops, rights - lefts, strict=True)]
    for row, start, end, number in zip(
        *(column.tolist() for column in (rows, starts, ends, numbers)), strict=True
    ):
        left = int(lefts[number])
        own[number][row - tops[number], start - left : end - left] = ink[row, start:end]
    parts = [Part(*place) for place in zip(lefts.tolist(), tops.tolist(), own, strict=True)]
    return sorted(parts, key=lambda part: part.left + part.right)


def part_boxes(has_ink: npt.NDArray[np.bool_]) -> Integers:
    """Return where the pieces lie that hang together, also by a corner, in any order.

    Args:
        has_ink: (H, W).

    Returns:
        (n, 4): left, top, right, bottom.

    >>> part_boxes(np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 0, 1]], bool)).tolist()
    [[0, 0, 2, 2], [3, 0, 4, 3]]
    """
    rows, starts, ends, numbers = _find_runs(has_ink)
    count = int(numbers.max(initial=-1)) + 1
    boxes = np.tile([has_ink.shape[1], has_ink.shape[0], 0, 0], (count, 1))
    np.minimum.at(boxes[:, 0], numbers, starts)
    np.minimum.at(boxes[:, 1], numbers, rows)
    np.maximum.at(boxes[:, 2], numbers, ends)
    np.maximum.at(boxes[:, 3], numbers, rows + 1)
    return boxes


def place_of_marks(boxes: Integers) -> tuple[int, int, int, int]:
    """Return where marks that belong to a number may lie: left, top, right, bottom.

    Args:
        boxes: (n, 4) of the digits, likewise.
    """
    near = MARKS_WITHIN * float(np.median(boxes[:, 3] - boxes[:, 1]))
    left, top = boxes[:, 0].min() - near, boxes[:, 1].min() - near / 4
    right, bottom = boxes[:, 2].max() + near, boxes[:, 3].max() + near / 4
    return int(max(0, left)), int(max(0, top)), int(right), int(bottom)


def marks_beside(has_ink: npt.NDArray[np.bool_], boxes: Integers) -> Integers:
    """Return the pieces of ink beside and between a number's digits that belong to none of them.

    Points, commas, dashes and signs; what is far too small or too large to be one is left out, and
    so are all of them where there are more than on any line of writing: a pattern.

    Args:
        has_ink: (H, W).
        boxes: (n, 4) of the digits: left, top, right, bottom.

    Returns:
        (m, 4), from left to right.

    >>> has_ink = np.zeros((40, 90), bool)
    >>> has_ink[5:35, 10:20] = has_ink[5:35, 60:70] = has_ink[31:36, 38:42] = True
    >>> marks_beside(has_ink, np.array([[10, 5, 20, 35], [60, 5, 70, 35]])).tolist()
    [[38, 31, 42, 36]]
    """
    high = float(np.median(boxes[:, 3] - boxes[:, 1]))
    left, top, right, bottom = place_of_marks(boxes)
    pieces = part_boxes(has_ink[top:bottom, left:right]) + np.array([left, top, left, top])
    wide, tall = pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]
    written = (wide.clip(tall) >= LEAST_MARK * high) & (wide.clip(tall) <= MOST_MARK * high)
    shared = np.minimum(pieces[:, None, 2], boxes[:, 2]) - np.maximum(
        pieces[:, None, 0], boxes[:, 0]
    )
    of_a_digit = shared.max(axis=1) > SHARED_BY_A_DIGIT * wide
    marks: Integers = pieces[written & ~of_a_digit]
    return marks[np.argsort(marks[:, 0])] if len(marks) <= MOST_MARKS else marks[:0]


def split_off_specks(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Return the parts that could be writing, and those far too small beside them.

    >>> stroke, dot = Part(0, 0, np.ones((50, 4))), Part(9, 0, np.ones((1, 2)))
    >>> [len(some) for some in split_off_specks([stroke, dot])]
    [1, 1]
    """
    most = max((float(part.ink.sum()) for part in parts), default=0.0)
    tallest = max((part.height for part in parts), default=0)
    written: list[Part] = []
    specks: list[Part] = []
    for part in parts:
        small = part.ink.sum() <= SPECK_INK * most and max(part.ink.shape) <= SPECK_SIDE * tallest
        (specks if small else written).append(part)
    return written, specks


def join(parts: Sequence[Part]) -> Part:
    """Return several parts as one.

    >>> dot = np.ones((1, 1))
    >>> join([Part(0, 5, dot), Part(2, 4, dot)]).ink.tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    if len(parts) == 1:
        return parts[0]
    left, top = min(part.left for part in parts), min(part.top for part in parts)
    right, bottom = max(part.right for part in parts), max(part.bottom for part in parts)
    ink = np.zeros((bottom - top, right - left))
    for part in parts:
        place = (
            slice(part.top - top, part.bottom - top),
            slice(part.left - left, part.right - left),
        )
        ink[place] = np.maximum(ink[place], part.ink)
    return Part(left, top, ink)


def _find_runs(has_ink: npt.NDArray[np.bool_]) -> tuple[Integers, Integers, Integers, Integers]:
    """Return each row's runs of ink: row, first column, column after, and its piece's number."""
    stride = has_ink.shape[1] + 2  # a blank column on each side: no run goes on in the next row
    padded = np.zeros((len(has_ink), stride), np.int8)
    padded[:, 1:-1] = has_ink
    steps = np.diff(padded.ravel(), prepend=0)
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    # The runs of the row above that a run touches, also at a corner.
    first = np.searchsorted(ends, starts - stride, "left")
    last = np.searchsorted(starts, ends - stride, "right")
    parents = list(range(len(starts)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    for run, (above, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        for other in range(above, end):
            parents[root(run)] = root(other)
    roots = np.array([root(run) for run in range(len(starts))], np.int64)
    numbers = np.unique(roots, return_inverse=True)[1].reshape(-1)
    return starts // stride, starts % stride - 1, ends - starts + starts % stride - 1, numbers
