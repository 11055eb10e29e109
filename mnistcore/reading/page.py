"""A picture to the lines of digits on it, from top to bottom, nothing thresholded.

Bands of the straightened picture are read by the line reader; where it found digits, it reads once
more, closer: the strip is laid anew round their boxes, in three sizes. Where bands say nothing
sure, and between the lines that were found, it looks at the strips of `page_windows`. What says
nothing then is dropped: rulings, edges, patterns, words. Of two readings of the same rows the one
that explains more is believed. What is left is read once more where it lies: of many looks the
luckiest is surer than it may be. A page that is full is looked at less closely (`Frugal`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.text_lines import (
    Band,
    Bits,
    Straightened,
    find_bands,
    straighten,
)
from mnistcore.reading.line_reader import LineReader, LineReading
from mnistcore.reading.page_windows import (
    AROUND,
    BESIDE,
    Frugal,
    closer,
    everywhere,
    joined,
    parts,
    uncovered,
    view_of,
)
from mnistcore.reading.two_readings import (
    EACH_DIGIT,
    FoundLine,
    agreed,
    distinct,
    is_clear,
    is_sure,
    share_rows,
    worth,
)

SHARES = (0.82, 0.68, 0.96)  # of a strip's height that the writing takes, in each view
MANY_BANDS, MOST_BETWEEN, MOST_TELLING = 40, 40, 14
MUCH, LEAST_REST = 0.5, 0.6  # of the ink; of a line's height
ENOUGH = 5 * EACH_DIGIT  # of what is read, to believe that the page sloped as it was turned
BELIEVED = 0.5  # of the lines are sure, and three of them, where it did


def read_page(reader: LineReader, grey: Grey) -> tuple[Straightened, list[FoundLine]]:
    """Return the lines of digits on a picture.

    Args:
        reader: Whom to ask.
        grey: (H, W) in [0, 1].
    """
    page = straighten(grey)
    frugal = Frugal(reader)
    lines = _read_straightened(frugal, page)
    if page.degrees and not _is_believed(lines) and not frugal.has_seen_enough:
        # A table's edge, or a stroke or two, may have been taken for lines that slope.
        level = straighten(grey, turn=False)
        others = _read_straightened(frugal, level)
        if _clear_worth(others) > _clear_worth(lines):
            page, lines = level, others
    lines = [_read_again(frugal, page.grey, line) for line in lines]
    return page, sorted(lines, key=lambda line: line.top)


def _is_believed(lines: list[FoundLine]) -> bool:
    """Tell whether lines are sure enough that a page slopes as it was turned."""
    sure = sum(map(is_sure, lines))
    return _clear_worth(lines) > ENOUGH and sure >= min(len(lines), max(3, BELIEVED * len(lines)))


def _read_again(reader: Frugal, grey: Grey, line: FoundLine) -> FoundLine:
    """Read a line once more where it lies, now that nothing hangs on what it says."""
    height, width = grey.shape
    ranges = closer(line.reading.digits, Band(0, 0, width, height), BESIDE)
    around, slope = ranges[-1] if ranges[-1][1] else ranges[0]
    views = [view_of(grey, around, share, slope) for share in SHARES]
    return _found(agreed(line.reading, reader.read(views, [line.reading.text])))


def _read_straightened(reader: Frugal, page: Straightened) -> list[FoundLine]:
    height, width = page.grey.shape
    bands = find_bands(page.bits)[:MANY_BANDS]
    lines = _read_bands(reader, page.grey, bands + joined(bands))
    again = [strip for band in bands if _is_open(band, lines) for strip in parts(band, width)]
    lines = _look_at(reader, page.grey, again, lines)
    looked_at: list[Band] = []
    while (
        len(looked_at) < MOST_BETWEEN
        and not reader.has_seen_enough
        and (left := _between(page.bits, lines, looked_at))
    ):
        lines = _look_at(reader, page.grey, left, lines)
        looked_at += left
    if not lines or _left_over(page.bits, lines) > MUCH:
        lines = _look_at(reader, page.grey, everywhere(height, width), lines)
    if len(lines) < 3:
        whole = _read_band(reader, page.grey, Band(0, 0, width, height), close=True)
        if whole and (
            worth(whole) > sum(worth(line) for line in lines)
            or _clear_worth([whole]) > _clear_worth(lines)
        ):
            lines = [whole]
    return lines


def _between(bits: Bits, lines: list[FoundLine], looked_at: list[Band]) -> list[Band]:
    """Return strips that the lines leave over, those in doubt too, and nobody has looked at."""
    clear = [line for line in lines if is_clear(line)] or lines
    strips = uncovered(bits, [(line.top, line.bottom) for line in clear])
    return [strip for strip in strips if strip not in looked_at]


def _read_bands(
    reader: Frugal,
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
    return distinct(lines)


def _look_at(
    reader: Frugal, grey: Grey, bands: list[Band], lines: list[FoundLine]
) -> list[FoundLine]:
    """Return the lines there are, and what new bands say, save those that show a sure line."""
    found: list[FoundLine] = []
    for first, band in _most_telling(reader, grey, bands):
        if reader.has_seen_enough:
            break
        if not any(share_rows(first, line) and is_sure(line) for line in lines + found):
            found += _read_bands(reader, grey, [band], {band: first.reading})
    return distinct(lines + found) if found else lines


def _is_open(band: Band, lines: list[FoundLine]) -> bool:
    """Tell whether no line of a band has been read without much doubt."""
    return not any(share_rows(line, band) and is_clear(line) for line in lines)


def _clear_worth(lines: list[FoundLine]) -> float:
    return sum(worth(line) for line in lines if is_clear(line))


def _most_telling(reader: Frugal, grey: Grey, bands: list[Band]) -> list[tuple[FoundLine, Band]]:
    """Return the few bands that say most at a first look, and what they say."""
    bands = [] if reader.has_seen_enough else bands
    looks = reader.read_each([view_of(grey, band, SHARES[0]) for band in bands])
    told = [
        (_found(reading), band)
        for reading, band in zip(looks, bands, strict=True)
        if reading.digits
    ]
    told.sort(key=lambda pair: -worth(pair[0]))
    return [(line, band) for line, band in told[:MOST_TELLING] if worth(line) > 0]


def _left_over(bits: Bits, lines: list[FoundLine]) -> float:
    """Return what share of the ink is in no line that was read."""
    others = bits.copy()
    for line in lines:
        others[max(0, round(line.top)) : round(line.bottom)] = False
    return float(others.sum() / max(1, bits.sum()))


def _read_band(
    reader: Frugal,
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
        if reader.has_seen_enough:
            break
        nearer = [
            _found(reading)
            for around, slope in closer(best.reading.digits, band, beside)
            if (
                reading := reader.read([view_of(grey, around, share, slope) for share in SHARES])
            ).digits
        ]
        better = max(nearer, key=worth, default=best)
        if better.reading.text == best.reading.text or worth(better) <= worth(best):
            best = max(best, better, key=worth)
            break
        best = better
    return best if worth(best) > 0 else None


def _found(reading: LineReading) -> FoundLine:
    tops = [digit.top for digit in reading.digits]
    return FoundLine(reading, min(tops), max(digit.bottom for digit in reading.digits))
