"""Strips of a page that may hold a line, besides those that its ink proposes.

Where rows run into each other, a ruling was taken out, or a pattern hides the ink, the strips that
ink proposes hold two lines, or half of one, or none.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.line_image import LINE_HEIGHT_PX
from mnistcore.drawings.text_lines import Band, Bits
from mnistcore.reading.line_reader import LineDigit, LineReader, LineReading, View

LOWEST_PX, LOWEST_SHARE = 28.0, 1 / 12  # of what is looked for everywhere; of the page's height
HIGHEST_SHARE, GROWTH = 0.8, 1.6
GAP = 0.35  # of the lower of two bands: what a ruling leaves between the halves of a line
PARTS = (2, 3, 4, 6)  # lines that may have run into one band
LEAST_PART_PX = 14.0  # lower strips and lines are not looked for
ROOM, LEAST_ROOM = 1.3, 0.55  # heights of a line, in which to look for another; at least
MARGIN = 0.45  # of the writing's height, at each side of a strip
AROUND = 3.0  # heights of its digits that a number is looked for beside them
BESIDE = 0.4  # and that are read with it once it has been looked for
LEAST_SLOPE, MOST_SLOPE = 0.025, 0.4  # of a line that is not level: 1.4 to 22 degrees
MOST_COLUMNS = 100_000  # that are looked at before a page is looked at no closer: three seconds
LEAST_INK = 0.05  # of what the lines found have in each row, for a strip worth a look


class Frugal:
    """A line reader that counts what it is shown: a page full of figures would take it a minute.

    Args:
        reader: Who is asked.

    >>> from mnistcore.reading.line_reader import load_line_reader
    >>> reader = Frugal(load_line_reader("paper"))
    >>> reader.read([View(np.full((40, 100_100), 0.9))]).text, reader.has_seen_enough
    ('', True)
    """

    def __init__(self, reader: LineReader) -> None:
        self._reader = reader
        self._columns = 0

    @property
    def has_seen_enough(self) -> bool:
        """Whether to be content with what was found, and look no closer."""
        return self._columns > MOST_COLUMNS

    def read(self, views: Sequence[View], others: Sequence[str] = ()) -> LineReading:
        """Read as `LineReader.read` does; the first view alone once enough was seen."""
        views = views[:1] if self.has_seen_enough else views
        self._count(views)
        return self._reader.read(views, others)

    def read_each(self, views: Sequence[View]) -> list[LineReading]:
        """Read as `LineReader.read_each` does."""
        self._count(views)
        return self._reader.read_each(views)

    def _count(self, views: Sequence[View]) -> None:
        sizes = [view.grey.shape for view in views]
        self._columns += sum(width * LINE_HEIGHT_PX // height for height, width in sizes)


def everywhere(height: int, width: int) -> list[Band]:
    """Return strips all over a page, of several heights, each half over the next."""
    high, bands = max(LOWEST_PX, height * LOWEST_SHARE), []
    while high < HIGHEST_SHARE * height:
        bands += _strips(0, height, high, width)
        high *= GROWTH
    return bands


def joined(bands: Sequence[Band]) -> list[Band]:
    """Return each two bands that nearly meet as one: a ruling may have cut a line in two.

    >>> joined([Band(0, 10, 90, 30), Band(5, 32, 80, 50), Band(0, 90, 90, 120)])
    [Band(left=0, top=10, right=90, bottom=50)]
    """
    ordered = sorted(bands, key=lambda band: band.top)
    return [
        Band(
            min(upper.left, lower.left),
            upper.top,
            max(upper.right, lower.right),
            max(upper.bottom, lower.bottom),
        )
        for upper, lower in pairwise(ordered)
        if lower.top - upper.bottom < GAP * min(upper.bottom - upper.top, lower.bottom - lower.top)
    ]


def parts(band: Band, width: int) -> list[Band]:
    """Return a band as wide as the page, and the strips of a half to a sixth of its height."""
    high = band.bottom - band.top
    strips = [band._replace(left=0, right=width)]
    for number in PARTS:
        if high / number >= LEAST_PART_PX:
            strips += _strips(band.top, band.bottom, high / number, width)
    return strips


def uncovered(bits: Bits, lines: Sequence[tuple[float, float]]) -> list[Band]:
    """Return strips between lines, of about their height, in which there is ink.

    Args:
        bits: (H, W), the page's ink.
        lines: First and last row of each line that was found; may lie beyond the page.
    """
    height, width = bits.shape
    rows = bits.sum(axis=1)
    spans = [(max(0, round(top)), min(height, round(bottom))) for top, bottom in lines]
    spans = [(top, bottom) for top, bottom in spans if bottom - top >= LEAST_PART_PX]
    if not spans:
        return []
    least = LEAST_INK * float(np.median([rows[top:bottom].mean() for top, bottom in spans]))
    high = float(np.median([bottom - top for top, bottom in spans]))
    free, strips = 0, []
    for top, bottom in [*sorted(spans), (height, height)]:
        if top - free >= high:
            strips += _strips(free, top, min(ROOM * high, top - free), width)
        elif 0 < free < top < height and top - free >= LEAST_ROOM * high:
            more = round((high - (top - free)) / 2)  # such a line may reach into those around it
            strips += [Band(0, free, width, top), Band(0, free - more, width, top + more)]
        free = max(free, bottom)
    return [strip for strip in strips if rows[strip.top : strip.bottom].mean() > least]


def closer(digits: tuple[LineDigit, ...], band: Band, around: float) -> list[tuple[Band, float]]:
    """Return what to look at again, and how it slopes.

    All the digits' height, that of most of them, and along the line if that runs up or down; with
    so many of their heights at each side.
    """
    tops = np.array([digit.top for digit in digits])
    bottoms = np.array([digit.bottom for digit in digits])
    high = float(np.median(bottoms - tops))
    left = max(band.left, min(digit.left for digit in digits) - around * high)
    right = min(band.right, max(digit.right for digit in digits) + around * high)
    ranges = [(float(tops.min()), float(bottoms.max()), 0.0)]
    most = (float(np.quantile(tops, 0.3)), float(np.quantile(bottoms, 0.7)), 0.0)
    if most[1] - most[0] < 0.8 * (ranges[0][1] - ranges[0][0]):
        ranges.append(most)
    if (slope := slope_of(digits)) != 0:
        middles = np.array([(digit.left + digit.right) / 2 for digit in digits])
        sunk = slope * (middles - (left + right) / 2)
        ranges.append((float((tops - sunk).min()), float((bottoms - sunk).max()), slope))
    return [
        (Band(round(left), round(low), round(right), round(foot)), slope)
        for low, foot, slope in ranges
    ]


def view_of(grey: Grey, band: Band, share: float, slope: float = 0.0) -> View:
    """Cut a strip out of a picture, the writing a share of its height; beyond the edge, repeat."""
    left, top, right, bottom = band
    high = max(4.0, bottom - top)
    spare = high * (1 / share - 1) / 2
    aside = 0.0 if share == 1 else MARGIN * high
    rows = np.arange(round(top - spare), max(round(bottom + spare), round(top - spare) + 4))
    columns = np.arange(round(left - aside), max(round(right + aside), round(left - aside) + 4))
    sunk = np.rint(slope * (np.arange(len(columns)) - len(columns) / 2)).astype(int)
    inside_rows = (rows[:, None] + sunk).clip(0, grey.shape[0] - 1)
    inside_columns = columns.clip(0, grey.shape[1] - 1)
    strip = grey[inside_rows, inside_columns]
    return View(strip, float(columns[0]), float(rows[0]), slope)


def slope_of(digits: tuple[LineDigit, ...]) -> float:
    """Return by how much a line falls to the right, 0 where it hardly does.

    Source: the median of all pairs' slopes (Theil 1950), which one digit out of line does not move.
    """
    x = np.array([(digit.left + digit.right) / 2 for digit in digits])
    y = np.array([(digit.top + digit.bottom) / 2 for digit in digits])
    one, other = np.triu_indices(len(digits), 1)
    apart = x[other] - x[one]
    kept = apart > 0.5 * float(np.median([digit.bottom - digit.top for digit in digits]))
    if kept.sum() < 3:
        return 0.0
    slope = float(np.median((y[other] - y[one])[kept] / apart[kept]))
    return slope if LEAST_SLOPE < abs(slope) < MOST_SLOPE else 0.0


def _strips(top: float, bottom: float, high: float, width: int) -> list[Band]:
    """Return strips of a height between two rows, each half over the next."""
    firsts = np.arange(top, bottom - high / 2, high / 2)
    return [Band(0, int(first), width, min(int(bottom), int(first + high))) for first in firsts]
