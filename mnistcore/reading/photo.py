"""A picture file to what is written on it, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from mnistcore.drawings.ink import composite
from mnistcore.drawings.photo import clean_photo, shrunk
from mnistcore.drawings.picture_files import read_picture
from mnistcore.drawings.preprocessing import check_drawing
from mnistcore.drawings.text_lines import WORKING_SIDE_PX, Straightened
from mnistcore.reading.classifier import Classifier, load_classifier
from mnistcore.reading.line_digits import digits_on_grey, marks_on_grey
from mnistcore.reading.line_reader import LineReader, load_line_reader
from mnistcore.reading.number import read_number
from mnistcore.reading.number_reading import UNREAD, Box, NumberReading
from mnistcore.reading.page import read_page
from mnistcore.reading.two_readings import FoundLine

FURTHEST = 1.2  # heights of a line from one digit to the next of the same number
LEAST_BESIDE = 0.5  # of the tallest line, for a digit that stands in a line of its own
EVEN_DIGITS = 0.3  # of the tallest digit, for what is surely a number
SHEET = 3  # lines that are surely numbers: nobody's single digit


@dataclass(frozen=True)
class PhotoReading:
    """What is written on a picture.

    Attributes:
        lines: From top to bottom; one without digits where the picture is blank.
        degrees: By how much the picture was turned to be level, counter-clockwise.
    """

    lines: tuple[NumberReading, ...]
    degrees: float = 0.0


def read_photo(file: Path | str | BinaryIO, classifier: Classifier | None = None) -> PhotoReading:
    """Read the digits and numbers on a photo or picture, line by line.

    Args:
        file: A PNG, JPEG, WebP, BMP or GIF file: its path, or opened for reading bytes.
        classifier: Whom to ask about a digit that stands alone; the shipped one if not given.

    Raises:
        InvalidInputError: There is no such file, it is no picture, broken, or too large.

    >>> from io import BytesIO
    >>> from PIL import Image, ImageDraw
    >>> picture, file = Image.new("L", (200, 100), "white"), BytesIO()
    >>> ImageDraw.Draw(picture).line([(100, 20), (96, 80)], fill="black", width=6)
    >>> picture.save(file, "PNG")
    >>> [line.text for line in read_photo(file).lines]
    ['1']
    """
    source = Path(file) if isinstance(file, str) else file
    return read_lines(read_picture(source), classifier or _shipped_classifier())


def read_lines(picture: npt.NDArray[np.uint8], classifier: Classifier) -> PhotoReading:
    """Read the digits and numbers on a picture, line by line.

    Args:
        picture: (H, W, 4) uint8 RGBA.
        classifier: Whom to ask about a digit that stands alone.

    Raises:
        InvalidInputError: The array has another shape or type.
    """
    check_drawing(picture)
    reader = load_line_reader("paper")
    # Twelve megapixels in floating point would take a gigabyte.
    small = shrunk(picture, WORKING_SIDE_PX)
    page, found = read_page(reader, composite(small).mean(axis=2))
    scale = picture.shape[0] / small.shape[0]
    lines = _plausible(
        [_scaled(_on_picture(reader, page, line, small.shape), scale) for line in found]
    )
    if sum(_is_surely_a_number(line) for line in lines) >= SHEET:
        return PhotoReading(tuple(lines), page.degrees)
    cleaned = clean_photo(small).drawing
    alone = _scaled(read_number(classifier, cleaned), picture.shape[0] / cleaned.shape[0])
    if lines and not _is_one_digit(alone, lines):
        return PhotoReading(tuple(lines), page.degrees)
    return PhotoReading((alone,), page.degrees)


def _plausible(lines: list[NumberReading]) -> list[NumberReading]:
    """Leave out single doubtful digits beside real lines: an edge, a ruling, dust."""
    tallest = max((_height(line) for line in lines), default=0.0)
    kept = [
        line
        for line in lines
        if len(line.digits) > 1
        or (UNREAD not in line.text and _height(line) > LEAST_BESIDE * tallest)
    ]
    return kept or lines


def _is_one_digit(alone: NumberReading, lines: list[NumberReading]) -> bool:
    """Tell whether a picture shows one digit, though lines were found on it.

    Its ink says so if that looks like one digit and no line is surely a number of about its size.
    Where a line is another single digit, whichever is more probable: what ink was found may be an
    edge of the picture's, or a piece of what was written.
    """
    if len(alone.digits) != 1 or UNREAD in alone.text:
        return False
    if [len(line.digits) for line in lines] == [1] and lines[0].text not in (alone.text, UNREAD):
        return _probability(alone) > _probability(lines[0])
    return not any(
        _is_surely_a_number(line) and _height(line) > EVEN_DIGITS * _height(alone) for line in lines
    )


def _is_surely_a_number(line: NumberReading) -> bool:
    return (
        len(line.digits) > 1
        and UNREAD not in line.text
        and min(_heights(line)) > EVEN_DIGITS * max(_heights(line))
    )


def _probability(single: NumberReading) -> float:
    return float(single.digits[0].verdict.probabilities.max())


def _heights(line: NumberReading) -> list[int]:
    return [digit.box.bottom - digit.box.top for digit in line.digits]


def _height(line: NumberReading) -> float:
    return float(np.median(_heights(line)))


def _scaled(reading: NumberReading, scale: float) -> NumberReading:
    """Return a reading with its boxes in the pixels of a picture so many times larger."""

    def larger(box: Box) -> Box:
        return Box(*(round(side * scale) for side in box))

    return replace(
        reading,
        digits=tuple(replace(digit, box=larger(digit.box)) for digit in reading.digits),
        left_out=tuple(larger(mark) for mark in reading.left_out),
    )


def numbers_of(line: NumberReading) -> list[NumberReading]:
    """Return the numbers of a line, from left to right: a wide gap ends one.

    Each has the marks that were left out nearest to it.

    >>> numbers_of(NumberReading(()))
    []
    """
    numbers: list[list[Any]] = []
    for digit in line.digits:
        last = numbers[-1][-1] if numbers else None
        high = digit.box.bottom - digit.box.top
        if last is not None and digit.box.left - last.box.right <= FURTHEST * max(
            high, last.box.bottom - last.box.top
        ):
            numbers[-1].append(digit)
        else:
            numbers.append([digit])
    marks: list[list[Box]] = [[] for _number in numbers]
    for mark in line.left_out:
        aside = [
            max(number[0].box.left - mark.right, mark.left - number[-1].box.right)
            for number in numbers
        ]
        if aside:
            marks[aside.index(min(aside))].append(mark)
    return [
        NumberReading(tuple(number), left_out=tuple(own))
        for number, own in zip(numbers, marks, strict=True)
    ]


def spelled(line: NumberReading, *, between: str = " ") -> str:
    """Return what a line says, its numbers apart.

    >>> spelled(NumberReading(()))
    ''
    """
    return between.join(number.text for number in numbers_of(line))


def _on_picture(
    reader: LineReader, page: Straightened, line: FoundLine, shape: tuple[int, ...]
) -> NumberReading:
    """Return a line with its boxes in the picture's own pixels."""
    boxes = [
        _back(page, (digit.left, digit.top, digit.right, digit.bottom), shape)
        for digit in line.reading.digits
    ]
    marks = tuple(
        _back(page, mark, shape) for mark in marks_on_grey(line.reading, page.grey).tolist()
    )
    digits = digits_on_grey(reader, line.reading, page.grey, boxes)
    return NumberReading(digits, line.reading, marks)


def _back(page: Straightened, sides: Sequence[float], shape: tuple[int, ...]) -> Box:
    """Return the box on the picture as it was that holds a box on the straightened one."""
    corners = [page.to_original(x, y) for x in sides[::2] for y in sides[1::2]]
    xs, ys = zip(*corners, strict=True)
    left, top = int(np.clip(min(xs), 0, shape[1] - 1)), int(np.clip(min(ys), 0, shape[0] - 1))
    right = int(np.clip(np.ceil(max(xs)), left + 1, shape[1]))
    return Box(left, top, right, int(np.clip(np.ceil(max(ys)), top + 1, shape[0])))


@cache
def _shipped_classifier() -> Classifier:
    return load_classifier()
