"""A picture to the lines of digits on it, from top to bottom, nothing thresholded.

Bands of the straightened picture are read by the line reader; where it found digits, it reads once
more, closer: the strip is laid anew round their boxes, in three sizes. Where bands say nothing
sure, and between the lines that were found, it looks at the strips of `page_windows`. What says
nothing then is dropped: rulings, edges, patterns, words. Of two readings of the same rows the one
that explains more is believed. What is left is read once more where it lies: of many looks the
luckiest is surer than it may be.
"""

from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.text_lines import (
    Band,
    Bits,
    Straightened,
    find_bands,
    straighten,
)
from mnistcore.reading.line_reader import LineReader, LineReading, agreed
from mnistcore.reading.page_windows import (
    AROUND,
    BESIDE,
    closer,
    everywhere,
    joined,
    parts,
    uncovered,
    view_of,
)

SHARES = (0.82, 0.68, 0.96)  # of a strip's height that the writing takes, in each view
EACH_DIGIT = 1.2  # nats that a digit is worth, where two readings differ
MANY_BANDS, MOST_BETWEEN, MOST_TELLING = 40, 40, 14
MUCH, LEAST_REST = 0.5, 0.6  # of the ink; of a line's height
ENOUGH = 5 * EACH_DIGIT  # of what is read, to believe that the page sloped as it was turned
BELIEVED = 0.5  # of the lines are sure, and three of them, where it did
DOUBT = -0.7  # log-probability of a reading below which its band is looked at in parts
SURE = -0.3  # and above which it needs no look from another angle
SURELY, LESS_SURE, HALF = -0.1, 0.2, 0.7  # a whole line; its halves are less; of its height
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
    lines = _read_straightened(reader, page)
    if page.degrees and not _is_believed(lines):
        # A table's edge, or a stroke or two, may have been taken for lines that slope.
        level = straighten(grey, turn=False)
        others = _read_straightened(reader, level)
        if _clear_worth(others) > _clear_worth(lines):
            page, lines = level, others
    lines = [_read_again(reader, page.grey, line) for line in lines]
    return page, sorted(lines, key=lambda line: line.top)


def _is_believed(lines: list[FoundLine]) -> bool:
    """Tell whether lines are sure enough that a page slopes as it was turned."""
    sure = sum(map(_is_sure, lines))
    return _clear_worth(lines) > ENOUGH and sure >= min(len(lines), max(3, BELIEVED * len(lines)))


def _read_again(reader: LineReader, grey: Grey, line: FoundLine) -> FoundLine:
    """Read a line once more where it lies, now that nothing hangs on what it says."""
    height, width = grey.shape
    ranges = closer(line.reading.digits, Band(0, 0, width, height), BESIDE)
    around, slope = ranges[-1] if ranges[-1][1] else ranges[0]
    views = [view_of(grey, around, share, slope) for share in SHARES]
    return _found(agreed(line.reading, reader.read(views, [line.reading.text])))


def _read_straightened(reader: LineReader, page: Straightened) -> list[FoundLine]:
    height, width = page.grey.shape
    bands = find_bands(page.bits)[:MANY_BANDS]
    lines = _read_bands(reader, page.grey, bands + joined(bands))
    again = [strip for band in bands if _is_open(band, lines) for strip in parts(band, width)]
    lines = _look_at(reader, page.grey, again, lines)
    looked_at: list[Band] = []
    while len(looked_at) < MOST_BETWEEN and (left := _between(page.bits, lines, looked_at)):
        lines = _look_at(reader, page.grey, left, lines)
        looked_at += left
    if not lines or _left_over(page.bits, lines) > MUCH:
        lines = _look_at(reader, page.grey, everywhere(height, width), lines)
    if len(lines) < 3:
        whole = _read_band(reader, page.grey, Band(0, 0, width, height), close=True)
        if whole and (
            _worth(whole) > sum(_worth(line) for line in lines)
            or _clear_worth([whole]) > _clear_worth(lines)
        ):
            lines = [whole]
    return lines


def _between(bits: Bits, lines: list[FoundLine], looked_at: list[Band]) -> list[Band]:
    """Return strips that the lines leave over, those in doubt too, and nobody has looked at."""
    clear = [line for line in lines if _is_clear(line)] or lines
    strips = uncovered(bits, [(line.top, line.bottom) for line in clear])
    return [strip for strip in strips if strip not in looked_at]


def _read_bands(
    reader: LineReader,
    grey: Grey,
    bands: list[Band],
    seen: Mapping[Band, LineReading] = MappingProxyType({}),
) -> list[FoundLine]:
    """Read bands, and what a line that was found leaves of its band above and below.

    Args:
        reader: Whom to ask.
        grey: (H, W) in [0, 1].
        bands: Where to look.
        seen: What a first look at some of them showed.
    """
    lines: list[FoundLine] = []
    waiting = [(band, 0) for band in bands]
    while waiting:
        band, depth = waiting.pop()
        line = _read_band(reader, grey, band, seen.get(band))
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


def _look_at(
    reader: LineReader, grey: Grey, bands: list[Band], lines: list[FoundLine]
) -> list[FoundLine]:
    """Return the lines there are, and what new bands say, save those that show a sure line."""
    found: list[FoundLine] = []
    for first, band in _most_telling(reader, grey, bands):
        if not any(_share_rows(first, line) and _is_sure(line) for line in lines + found):
            found += _read_bands(reader, grey, [band], {band: first.reading})
    return _distinct(lines + found) if found else lines


def _is_open(band: Band, lines: list[FoundLine]) -> bool:
    """Tell whether no line of a band has been read without much doubt."""
    return not any(_share_rows(line, band) and _is_clear(line) for line in lines)


def _share_rows(one: FoundLine, other: FoundLine | Band) -> bool:
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > SAME_LINE * lower


def _is_clear(line: FoundLine) -> bool:
    return line.reading.log_probability > DOUBT


def _is_sure(line: FoundLine) -> bool:
    return line.reading.log_probability > SURE


def _clear_worth(lines: list[FoundLine]) -> float:
    return sum(_worth(line) for line in lines if _is_clear(line))


def _most_telling(
    reader: LineReader, grey: Grey, bands: list[Band]
) -> list[tuple[FoundLine, Band]]:
    """Return the few bands that say most at a first look, and what they say."""
    told = [
        (_found(reading), band)
        for band in bands
        if (reading := reader.read([view_of(grey, band, SHARES[0])])).digits
    ]
    told.sort(key=lambda pair: -_worth(pair[0]))
    return [(line, band) for line, band in told[:MOST_TELLING] if _worth(line) > 0]


def _left_over(bits: Bits, lines: list[FoundLine]) -> float:
    """Return what share of the ink is in no line that was read."""
    others = bits.copy()
    for line in lines:
        others[max(0, round(line.top)) : round(line.bottom)] = False
    return float(others.sum() / max(1, bits.sum()))


def _worth(line: FoundLine) -> float:
    """Return how much a reading explains: each digit, less how doubtful they are together."""
    return EACH_DIGIT * len(line.reading.digits) + line.reading.log_probability


def _read_band(
    reader: LineReader,
    grey: Grey,
    band: Band,
    first: LineReading | None = None,
    *,
    close: bool = False,
) -> FoundLine | None:
    """Read a band, and closer what was found in it; None if there is nothing."""
    share = 1.0 if close else SHARES[0]
    first = first or reader.read([view_of(grey, band, share)])
    if not first.digits:
        return None
    best = _found(first)
    for beside in (AROUND, BESIDE):
        nearer = [
            _found(reading)
            for around, slope in closer(best.reading.digits, band, beside)
            if (
                reading := reader.read([view_of(grey, around, share, slope) for share in SHARES])
            ).digits
        ]
        better = max(nearer, key=_worth, default=best)
        if better.reading.text == best.reading.text or _worth(better) <= _worth(best):
            best = max(best, better, key=_worth)
            break
        best = better
    return best if _worth(best) > 0 else None


def _found(reading: LineReading) -> FoundLine:
    tops = [digit.top for digit in reading.digits]
    return FoundLine(reading, min(tops), max(digit.bottom for digit in reading.digits))


def _distinct(lines: list[FoundLine]) -> list[FoundLine]:
    """Drop what is another reading of the same line, or one of two lines as if they were one."""
    kept: list[FoundLine] = []
    lines = [line for line in lines if not _is_half(line, lines)]
    for line in sorted(lines, key=_worth, reverse=True):
        if not any(_share_rows(line, other) for other in kept) and not _is_two(line, lines):
            kept.append(line)
    return kept


def _is_half(line: FoundLine, lines: list[FoundLine]) -> bool:
    """Tell whether another that is sure holds its rows: a ruling may have cut that in two."""
    return any(
        other.reading.log_probability > max(SURELY, line.reading.log_probability + LESS_SURE)
        and line.bottom - line.top < HALF * (other.bottom - other.top)
        and line.top > other.top - (other.bottom - other.top) / 10
        and line.bottom < other.bottom + (other.bottom - other.top) / 10
        for other in lines
    )


def _is_two(line: FoundLine, lines: list[FoundLine]) -> bool:
    """Tell whether two others, one below the other, explain more of its rows."""
    within = [other for other in lines if other is not line and _share_rows(line, other)]
    return any(
        _worth(one) + _worth(other) > _worth(line) + EACH_DIGIT
        and not _share_rows(one, other)
        and (_is_clear(one) or _is_clear(other))
        for one, other in combinations(within, 2)
    )
