"""A picture to the lines of digits on it, from top to bottom, nothing thresholded.

Bands of the straightened picture are read by the line reader; where it found digits, it reads once
more, closer: the strip is laid anew round their boxes, in three sizes. Bands that say nothing are
dropped: rulings, edges, patterns, words.
"""

from typing import NamedTuple

import numpy as np

from mnistcore.drawings.preprocessing import Grey
from mnistcore.drawings.text_lines import (
    Band,
    Bits,
    Straightened,
    find_bands,
    straighten,
)
from mnistcore.reading.line_reader import LineDigit, LineReader, LineReading, View

SHARES = (0.82, 0.68, 0.96)  # of a strip's height that the writing takes, in each view
MARGIN = 0.45  # of the writing's height, at each side
AROUND = 3.0  # heights of its digits that a number is looked for beside them
EACH_DIGIT = 1.2  # nats that a digit is worth, where two readings differ
MANY_BANDS, MOST_TELLING = 40, 14
MUCH, LEAST_REST = 0.5, 0.6  # of the ink; of a line's height
LEAST_SLOPE, MOST_SLOPE = 0.025, 0.4  # of a line that is not level: 1.4 to 22 degrees
SAME_LINE = 0.5  # of the lower line's height


class FoundLine(NamedTuple):
    """A line of digits on a straightened picture.

    Attributes:
        reading: What it says; the boxes in pixels of the straightened picture.
        top: The first row of its digits.
        bottom: The last.
    """

    reading: LineReading
    top: float
    bottom: float


def read_page(reader: LineReader, grey: Grey) -> tuple[Straightened, list[FoundLine]]:
    """Return the lines of digits on a picture.

    Args:
        reader: Whom to ask.
        grey: (H, W) in [0, 1].
    """
    page = straighten(grey)
    height, width = page.grey.shape
    lines = _read_bands(reader, page.grey, find_bands(page.bits)[:MANY_BANDS])
    if not lines or _left_over(page.bits, lines) > MUCH:
        bands = _most_telling(reader, page.grey, _everywhere(height, width))
        lines = _distinct(lines + _read_bands(reader, page.grey, bands))
    if len(lines) < 3:
        whole = _read_band(reader, page.grey, Band(0, 0, width, height), close=True)
        if whole and _worth(whole) > sum(_worth(line) for line in lines):
            lines = [whole]
    return page, sorted(lines, key=lambda line: line.top)


def _read_bands(reader: LineReader, grey: Grey, bands: list[Band]) -> list[FoundLine]:
    """Read bands, and what a line that was found leaves of its band above and below."""
    lines: list[FoundLine] = []
    waiting = [(band, 0) for band in bands]
    while waiting:
        band, depth = waiting.pop()
        line = _read_band(reader, grey, band)
        if line is None:
            continue
        lines.append(line)
        high = line.bottom - line.top
        rest = (
            band._replace(bottom=round(line.top)),
            band._replace(top=round(line.bottom)),
        )
        waiting += [
            (part, depth + 1)
            for part in rest
            if depth < 2 and part.bottom - part.top > LEAST_REST * high
        ]
    return _distinct(lines)


def _most_telling(reader: LineReader, grey: Grey, bands: list[Band]) -> list[Band]:
    """Return the few bands that say most at a first look."""
    told = [
        (_worth(_found(reading)), band)
        for band in bands
        if (reading := reader.read([_view(grey, band, SHARES[0])])).digits
    ]
    told.sort(key=lambda pair: -pair[0])
    return [band for worth, band in told[:MOST_TELLING] if worth > 0]


def _left_over(bits: Bits, lines: list[FoundLine]) -> float:
    """Return what share of the ink is in no line that was read."""
    others = bits.copy()
    for line in lines:
        others[max(0, round(line.top)) : round(line.bottom)] = False
    return float(others.sum() / max(1, bits.sum()))


def _everywhere(height: int, width: int) -> list[Band]:
    """Return strips all over a picture, of several heights, each half over the next.

    Where a pattern hides the lines from whoever counts ink, the reader looks itself.
    """
    high, bands = max(28.0, height / 12), []
    while high < 0.8 * height:
        for top in np.arange(0, height - high / 2, high / 2):
            bands.append(Band(0, int(top), width, min(height, int(top + high))))
        high *= 1.6
    return bands


def _worth(line: FoundLine) -> float:
    """Return how much a reading explains: each digit, less how doubtful they are together."""
    return EACH_DIGIT * len(line.reading.digits) + line.reading.log_probability


def _read_band(
    reader: LineReader, grey: Grey, band: Band, *, close: bool = False
) -> FoundLine | None:
    """Read a band, and closer what was found in it; None if there is nothing."""
    share = 1.0 if close else SHARES[0]
    first = reader.read([_view(grey, band, share)])
    if not first.digits:
        return None
    best = _found(first)
    for _ in range(2):
        closer = [
            _found(reading)
            for around, slope in _closer(best.reading.digits, band)
            if (
                reading := reader.read([_view(grey, around, share, slope) for share in SHARES])
            ).digits
        ]
        better = max(closer, key=_worth, default=best)
        if better.reading.text == best.reading.text or _worth(better) <= _worth(best):
            best = max(best, better, key=_worth)
            break
        best = better
    return best if _worth(best) > 0 else None


def _found(reading: LineReading) -> FoundLine:
    tops = [digit.top for digit in reading.digits]
    return FoundLine(reading, min(tops), max(digit.bottom for digit in reading.digits))


def _closer(digits: tuple[LineDigit, ...], band: Band) -> list[tuple[Band, float]]:
    """Return what to look at again, and how it slopes.

    All the digits' height, that of most of them, and along the line if that runs up or down.
    """
    tops = np.array([digit.top for digit in digits])
    bottoms = np.array([digit.bottom for digit in digits])
    high = float(np.median(bottoms - tops))
    left = max(band.left, min(digit.left for digit in digits) - AROUND * high)
    right = min(band.right, max(digit.right for digit in digits) + AROUND * high)
    ranges = [(float(tops.min()), float(bottoms.max()), 0.0)]
    most = (float(np.quantile(tops, 0.3)), float(np.quantile(bottoms, 0.7)), 0.0)
    if most[1] - most[0] < 0.8 * (ranges[0][1] - ranges[0][0]):
        ranges.append(most)
    if (slope := _slope(digits)) != 0:
        middles = np.array([(digit.left + digit.right) / 2 for digit in digits])
        sunk = slope * (middles - (left + right) / 2)
        ranges.append((float((tops - sunk).min()), float((bottoms - sunk).max()), slope))
    return [
        (Band(round(left), round(low), round(right), round(foot)), slope)
        for low, foot, slope in ranges
    ]


def _slope(digits: tuple[LineDigit, ...]) -> float:
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


def _view(grey: Grey, band: Band, share: float, slope: float = 0.0) -> View:
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


def _distinct(lines: list[FoundLine]) -> list[FoundLine]:
    """Drop what is another reading of the same line."""
    kept: list[FoundLine] = []
    for line in sorted(lines, key=_worth, reverse=True):
        overlaps = (
            min(line.bottom, other.bottom) - max(line.top, other.top)
            > SAME_LINE * min(line.bottom - line.top, other.bottom - other.top)
            for other in kept
        )
        if not any(overlaps):
            kept.append(line)
    return kept
