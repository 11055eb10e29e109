"""A drawing to a number: its digits from left to right, each with its box and its verdict.

What is one digit is read exactly as `classifier.read_drawing` reads it. What is none is read twice:
cut into digits that are judged one by one (`segmentation`), and as a line, without cutting
(`line_reader`). Where they differ, `two_readings` decides.
"""

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from mnistcore.drawings.ink import Grey, background_of, crop_to_ink, drawn_ink
from mnistcore.drawings.ink_parts import Part, marks_beside
from mnistcore.drawings.preprocessing import check_drawing
from mnistcore.reading.classifier import Classifier, load_classifier
from mnistcore.reading.line_digits import digits_on_ink, read_ink
from mnistcore.reading.line_reader import load_line_reader
from mnistcore.reading.number_reading import Box, NumberReading, ReadDigit
from mnistcore.reading.segmentation import (
    Segment,
    find_segments,
    is_sure,
    is_too_wide,
    judge,
    looks_like_a_digit,
)
from mnistcore.reading.two_readings import best_digits, prefers_line
from mnistcore.reading.verdict import Verdict

WORKING_HEIGHT_PX = 336  # ink that is taller is shrunk before it is taken apart


def read_number(
    classifier: Classifier, drawing: npt.NDArray[np.uint8], *, finder: Classifier | None = None
) -> NumberReading:
    """Read one digit, or several side by side.

    What looks like one digit is one, and so is what could not be taken apart into a row of which
    most look like digits. Specks beside digits are left out.

    Args:
        classifier: Whom to ask what the digits are.
        drawing: (H, W, 4) uint8 RGBA.
        finder: Whom to ask what is a digit at all: the classifier if it can tell, else the shipped.

    Raises:
        InvalidInputError: The drawing has another shape or type.

    >>> drawing = np.zeros((100, 200, 4), np.uint8)
    >>> drawing[20:80, 50:56] = drawing[20:80, 120:126] = 255
    >>> reading = read_number(load_classifier(), drawing)
    >>> reading.text, reading.digits[1].box
    ('11', Box(left=120, top=20, right=126, bottom=80))
    """
    check_drawing(drawing)
    ink = drawn_ink(drawing)
    if not ink.any():
        return NumberReading(())
    if finder is None:
        finder = classifier if classifier.threshold is not None else load_classifier()
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    whole = Part(int(columns[0]), int(rows[0]), crop_to_ink(ink))
    alone = judge(finder, [Part(0, 0, whole.ink)])
    if not is_too_wide(whole) and looks_like_a_digit(finder, alone[0].logits):
        return _cut_reading(classifier, finder, alone, whole, 1.0)
    scale = max(1.0, whole.height / WORKING_HEIGHT_PX)
    segments = find_segments(finder, _shrunk(whole.ink, scale))
    cut = _cut_reading(classifier, finder, segments or alone, whole, scale if segments else 1.0)
    reader = load_line_reader("ink")
    line = read_ink(reader, whole.ink, [best_digits(cut)])
    if not line.digits:  # letters, scribbles: whoever cuts them finds ones
        return _cut_reading(classifier, finder, alone, whole, 1.0)
    if not prefers_line(cut, line):
        return cut
    digits = digits_on_ink(reader, line, whole)
    marks = marks_beside(ink > 0, np.array([digit.box for digit in digits]))
    return NumberReading(digits, line, tuple(Box(*mark) for mark in marks.tolist()))


def isolate(drawing: npt.NDArray[np.uint8], digit: ReadDigit) -> npt.NDArray[np.uint8]:
    """Return a drawing of the same size with nothing on it but one digit of its number.

    Args:
        drawing: (H, W, 4) uint8 RGBA.
        digit: As `read_number` found it in this drawing.

    >>> drawing = np.zeros((100, 200, 4), np.uint8)
    >>> drawing[20:80, 50:56] = drawing[20:80, 120:126] = 255
    >>> first, second = read_number(load_classifier(), drawing).digits
    >>> int((isolate(drawing, second) != drawing)[..., 3].sum())  # the 1 on the left is gone
    360
    """
    left, top, right, bottom = digit.box
    mask = Image.fromarray(np.uint8(digit.ink > 0)).resize((right - left, bottom - top))
    place = (slice(top, bottom), slice(left, right))
    alone = np.empty_like(drawing)
    alone[:] = background_of(drawing).astype(np.uint8)
    alone[place] = np.where(np.asarray(mask)[..., None] > 0, drawing[place], alone[place])
    return alone


def _cut_reading(
    classifier: Classifier, finder: Classifier, segments: list[Segment], whole: Part, scale: float
) -> NumberReading:
    """Return what segments say; `scale` is how far the ink was shrunk for them."""
    return NumberReading(
        tuple(
            ReadDigit(_box(segment.part, whole, scale), verdict, segment.is_cut, segment.part.ink)
            for segment, verdict in zip(
                segments, _verdicts(classifier, finder, segments), strict=True
            )
        )
    )


def _verdicts(classifier: Classifier, finder: Classifier, segments: list[Segment]) -> list[Verdict]:
    """Return what a classifier makes of each segment; a digit is one if the finder is sure, too."""
    logits = torch.stack([segment.logits for segment in segments])
    if finder is not classifier:
        logits = classifier.logits(np.stack([segment.image for segment in segments]))
    probabilities, are_digits = classifier.judge_logits(logits)
    return [
        Verdict(segment.image, row, bool(is_digit) and is_sure(finder, segment))
        for segment, row, is_digit in zip(segments, probabilities, are_digits, strict=True)
    ]


def _shrunk(ink: Grey, scale: float) -> Grey:
    if scale == 1:
        return ink
    height, width = (max(1, round(side / scale)) for side in ink.shape)
    image = Image.fromarray(ink.astype(np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BOX), np.float64)


def _box(part: Part, whole: Part, scale: float) -> Box:
    """Return where a part lies in the drawing, given where it lies in the whole ink, shrunk."""
    return Box(
        whole.left + round(part.left * scale),
        whole.top + round(part.top * scale),
        whole.left + min(round(part.right * scale), whole.width),
        whole.top + min(round(part.bottom * scale), whole.height),
    )
