"""What the line reader found as digits of a number: each with its box, its own ink, its image."""

from collections.abc import Sequence

import numpy as np

from mnistcore.drawings.ink import Grey, crop_to_ink
from mnistcore.drawings.ink_parts import Integers, Part, marks_beside, place_of_marks
from mnistcore.drawings.preprocessing import centre_by_mass, fit_into_square
from mnistcore.reading.line_reader import LineDigit, LineReader, LineReading, View
from mnistcore.reading.number_reading import Box, ReadDigit
from mnistcore.reading.verdict import Verdict

SHARES = (0.82, 0.7, 0.94)  # of a strip's height that ink takes, in each view
MARGIN = 0.3  # of the ink's height, at each side
FAINTEST, STRONGEST = 0.35, 0.98  # of how far ink is from paper; the quantile that is ink
PAPER = 0.7  # the quantile of a box that is paper, where ink is dark
LEAST_AWAY = 0.02  # of full scale, for the strongest ink
SURELY_INK = 0.55  # of the strongest, for what is left out as no digit
LEAST_PROBABILITY = 0.5  # of a digit, in a number that is doubtful


def read_ink(reader: LineReader, ink: Grey, others: Sequence[str] = ()) -> LineReading:
    """Read a drawing's ink as a line.

    Args:
        reader: Whom to ask.
        ink: (H, W) in [0, 1], cropped.
        others: Texts that are thought of as well.

    Returns:
        Its boxes in pixels of the ink.
    """
    high, aside = len(ink), round(MARGIN * len(ink))
    views = []
    for share in SHARES:
        above = round(high * (1 / share - 1) / 2)
        paper = 1 - np.pad(ink, ((above, above), (aside, aside)))
        views.append(View(paper, -aside, -above))
    return reader.read(views, others)


def digits_on_ink(reader: LineReader, reading: LineReading, whole: Part) -> tuple[ReadDigit, ...]:
    """Return a reading's digits, each with what ink lies in its box.

    Args:
        reader: Tells what is doubtful.
        reading: As `read_ink` gave it.
        whole: The ink, and where it lies in the drawing.
    """
    boxes = [_within(digit, whole.ink) for digit in reading.digits]
    inks = [whole.ink[box.top : box.bottom, box.left : box.right] for box in boxes]
    moved = [
        Box(
            whole.left + box.left,
            whole.top + box.top,
            whole.left + box.right,
            whole.top + box.bottom,
        )
        for box in boxes
    ]
    return _as_digits(reading, moved, inks, reader.calibration.doubtful_below)


def digits_on_grey(
    reader: LineReader, reading: LineReading, grey: Grey, places: list[Box]
) -> tuple[ReadDigit, ...]:
    """Return a reading's digits, their ink told from the paper around it.

    Args:
        reader: Tells what is doubtful.
        reading: Its boxes in pixels of the picture.
        grey: (H, W) in [0, 1], straightened.
        places: Where the digits lie in the picture as it was given.
    """
    boxes = [_within(digit, grey) for digit in reading.digits]
    sign, _ = _polarity(grey, boxes)
    inks = []
    for box in boxes:
        own = _cut(grey, box)  # a shadow may lie across the line: each has paper of its own
        away = sign * (own - np.quantile(own, PAPER if sign < 0 else 1 - PAPER))
        ink = np.clip(away / max(float(np.quantile(away, STRONGEST)), LEAST_AWAY), 0, 1)
        ink[ink < FAINTEST] = 0
        inks.append(ink)
    return _as_digits(reading, places, inks, reader.calibration.doubtful_below)


def marks_on_grey(reading: LineReading, grey: Grey) -> Integers:
    """Return where ink lies beside a reading's digits: (n, 4), left, top, right, bottom.

    Args:
        reading: Its boxes in pixels of the picture.
        grey: (H, W) in [0, 1], straightened.
    """
    boxes = [_within(digit, grey) for digit in reading.digits]
    sign, strongest = _polarity(grey, boxes)
    paper = float(np.median([np.median(_cut(grey, box)) for box in boxes]))
    near = Box(*place_of_marks(np.array(boxes)))
    has_ink = sign * (_cut(grey, near) - paper) > SURELY_INK * strongest
    corner = np.array([near.left, near.top] * 2)
    marks: Integers = marks_beside(has_ink, np.array(boxes) - corner) + corner
    return marks


def _polarity(grey: Grey, boxes: list[Box]) -> tuple[int, float]:
    """Return whether ink is darker (-1) or brighter (1) than its paper, and how far it is."""
    darkest = brightest = 0.0
    for box in boxes:
        low, paper, high = np.quantile(_cut(grey, box), [1 - STRONGEST, 0.5, STRONGEST])
        darkest, brightest = max(darkest, paper - low), max(brightest, high - paper)
    sign, away = (-1, darkest) if darkest > brightest else (1, brightest)
    return sign, max(float(away), LEAST_AWAY)


def _as_digits(
    reading: LineReading, boxes: list[Box], inks: list[Grey], doubtful_below: float
) -> tuple[ReadDigit, ...]:
    unsure = _unsure(reading, doubtful_below)
    return tuple(
        ReadDigit(box, _verdict(digit, ink, sure=place not in unsure), False, ink)
        for place, (digit, box, ink) in enumerate(zip(reading.digits, boxes, inks, strict=True))
    )


def _unsure(reading: LineReading, doubtful_below: float) -> set[int]:
    """Return the places of the digits to flag: where a number is doubtful, its weak ones."""
    if reading.log_probability >= doubtful_below:
        return set()
    sure = [float(digit.probabilities[digit.digit]) for digit in reading.digits]
    weak = {place for place, probability in enumerate(sure) if probability < LEAST_PROBABILITY}
    return weak or {int(np.argmin(sure))}


def _verdict(digit: LineDigit, ink: Grey, *, sure: bool) -> Verdict:
    image = np.zeros((28, 28), np.uint8)
    if ink.any():
        cropped = crop_to_ink(ink)
        fitted = centre_by_mass(fit_into_square(cropped / cropped.max()))
        image = np.rint(255 * fitted).astype(np.uint8)
    probabilities = digit.probabilities / digit.probabilities.sum()
    return Verdict(image, probabilities.astype(np.float32), sure)


def _within(digit: LineDigit, grey: Grey) -> Box:
    """Return a digit's box in whole pixels, within the picture."""
    height, width = grey.shape
    left, top = int(np.clip(digit.left, 0, width - 1)), int(np.clip(digit.top, 0, height - 1))
    right = int(np.clip(np.ceil(digit.right), left + 1, width))
    return Box(left, top, right, int(np.clip(np.ceil(digit.bottom), top + 1, height)))


def _cut(grey: Grey, box: Box) -> Grey:
    return grey[box.top : box.bottom, box.left : box.right]
