"""Which parts of the ink are one digit: the segmentation that a classifier finds most probable.

Strokes of one digit may lie apart (the bar of a 5, an open 4); digits of a number may touch. So
neighbouring parts are joined in every plausible way, the classifier judges all of these at once,
and dynamic programming picks the row of digits with the least cost. Where a part is no digit by
itself, it is cut at thin places and the pieces are judged the same way.

The idea is that of LeCun, Bottou, Bengio & Haffner (1998), "Gradient-Based Learning Applied to
Document Recognition", section V: heuristic over-segmentation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt
from torch import Tensor

from mnistcore.drawings.ink import Grey
from mnistcore.drawings.ink_parts import Part, find_parts, join, split_off_specks
from mnistcore.drawings.ink_seams import cut
from mnistcore.drawings.preprocessing import centre_by_mass, fit_into_square
from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import NUM_CLASSES
from mnistcore.reading.calibration import non_digit_log_odds
from mnistcore.reading.classifier import Classifier

MOST_PARTS = 24  # with more it is a texture, not writing
MOST_IN_A_DIGIT = 4
CUTS_TO_A_HEIGHT, MOST_CUTS = 4, 9  # of one part: the wider it is, the more
SURE_THOUGH_CUT = 0.8  # what was cut off is a digit only if it is one with this probability

# Costs are in nats, as what the classifier says is; lengths in heights of the tallest part. Chosen
# on generated numbers.
MOST_DOUBT = 6.0  # the cost of what is surely no digit
EACH_DIGIT = 0.5  # one digit shall not be read as two
EACH_CUT = 0.5
FREE_GAP, COST_OF_GAP = 0.06, 10.0  # between strokes of one digit
WIDEST_GAP, WIDEST_DIGIT = 0.45, 1.5
# Of the strokes of one digit that lie apart, one alone is nearly as tall as the digit.
TALL, COST_OF_SECOND = 0.75, 3.0
COST_OF_SHADING = 2.0  # one digit stands wholly above another


@dataclass(frozen=True)
class Segment:
    """Ink that is one digit, or that nothing better could be made of.

    Attributes:
        part: The ink.
        image: (28, 28) uint8, as `preprocessing.drawing_to_image` would have it.
        logits: (11,), the classifier's.
        is_cut: It hangs together with a neighbour, and was cut off.
    """

    part: Part
    image: npt.NDArray[np.uint8]
    logits: Tensor
    is_cut: bool = False


@dataclass(frozen=True)
class _Piece:
    part: Part
    cut_before: bool = False
    cut_after: bool = False


def find_segments(classifier: Classifier, ink: Grey) -> list[Segment]:
    """Return the digits of a number, from left to right.

    Args:
        classifier: One that knows what is no digit.
        ink: (H, W) in [0, 1], as `preprocessing.find_ink` gives it; not all 0.

    Returns:
        Nothing if it is no number: half or more of what was found is no digit. One if only
        specks were left out.
    """
    parts = find_parts(ink)
    pieces = [_Piece(part) for part in split_off_specks(parts)[0]]
    if len(pieces) > MOST_PARTS:
        return []
    row = _best_row(classifier, pieces)
    if cuts := _cut_doubtful(classifier, pieces, row):
        row = _best_row(classifier, _with_cuts(pieces, cuts))
        worth = {place: cut for place, cut in cuts.items() if _gave_digits(classifier, cut, row)}
        if len(worth) < len(cuts):
            row = _best_row(classifier, _with_cuts(pieces, worth))
    num_sure = sum(is_sure(classifier, segment) for segment in row)
    return row if num_sure > len(row) / 2 else []


def is_sure(classifier: Classifier, segment: Segment) -> bool:
    """Tell whether a segment can be relied on to be a digit, the more so if it was cut off."""
    if not looks_like_a_digit(classifier, segment.logits):
        return False
    return not segment.is_cut or -_doubt(classifier, segment) >= log(SURE_THOUGH_CUT)


def looks_like_a_digit(classifier: Classifier, logits: Tensor) -> bool:
    """Tell whether a classifier takes an image for a digit, by its logits (11,).

    Raises:
        InvalidInputError: The classifier has no threshold.
    """
    if classifier.threshold is None:
        raise InvalidInputError(
            "This network cannot tell what is no digit. Find digits with one that can, such as "
            "`load_classifier()`."
        )
    return float(non_digit_log_odds(logits[None])) <= classifier.threshold


def is_too_wide(part: Part) -> bool:
    """Tell whether ink is wider than any digit is."""
    return part.width > WIDEST_DIGIT * part.height


def judge(classifier: Classifier, parts: Sequence[Part]) -> list[Segment]:
    """Ask the classifier about each part as if it were alone, all in one batch."""
    digits = [centre_by_mass(fit_into_square(part.ink / part.ink.max())) for part in parts]
    images = np.rint(255 * np.stack(digits)).astype(np.uint8)
    logits = classifier.logits(images)
    return [Segment(*judged) for judged in zip(parts, images, logits, strict=True)]


def _best_row(classifier: Classifier, pieces: Sequence[_Piece]) -> list[Segment]:
    """Return the digits that together cost least, every piece belonging to one of them."""
    line = max(piece.part.height for piece in pieces)
    ranges = [
        (first, end)
        for end in range(1, len(pieces) + 1)
        for first in range(max(0, end - MOST_IN_A_DIGIT), end)
        if _could_be_one(pieces[first:end], line)
    ]
    joined = [join([piece.part for piece in pieces[first:end]]) for first, end in ranges]
    segments = dict(zip(ranges, judge(classifier, joined), strict=True))
    # To every place between two pieces, the cheapest row up to there, and what it costs.
    rows: list[tuple[float, list[Segment]]] = [(0.0, [])]
    for end in range(1, len(pieces) + 1):
        ways = []
        for first in range(end):
            if (first, end) not in segments:
                continue
            cost, before = rows[first]
            segment = segments[first, end]
            cost += _cost(classifier, segment, pieces[first:end], line)
            if before:
                cost += COST_OF_SHADING * _shading(before[-1].part, segment.part)
            ways.append((cost, [*before, _marked(segment, pieces[first:end])]))
        rows.append(min(ways, key=lambda way: way[0]))
    return rows[-1][1]


def _could_be_one(pieces: Sequence[_Piece], line: int) -> bool:
    if len(pieces) == 1:
        return True
    left = min(piece.part.left for piece in pieces)
    right = max(piece.part.right for piece in pieces)
    return right - left <= WIDEST_DIGIT * line and _widest_gap(pieces) <= WIDEST_GAP * line


def _widest_gap(pieces: Sequence[_Piece]) -> int:
    """Return the widest blank between two neighbours, 0 if each stands above the next."""
    return max(
        (after.part.left - before.part.right for before, after in pairwise(pieces)), default=0
    )


def _cost(classifier: Classifier, segment: Segment, pieces: Sequence[_Piece], line: int) -> float:
    doubt = min(_doubt(classifier, segment), MOST_DOUBT)
    gap = max(0.0, _widest_gap(pieces) / line - FREE_GAP)
    cost = doubt + EACH_DIGIT + EACH_CUT * pieces[0].cut_before + COST_OF_GAP * gap
    return cost + COST_OF_SECOND * (_second_height(pieces) > TALL * segment.part.height)


def _second_height(pieces: Sequence[_Piece]) -> int:
    """Return the height of the second tallest, 0 without one; what was cut counts once."""
    heights = [0]
    for piece in pieces:
        if piece.cut_before and len(heights) > 1:
            heights[-1] = max(heights[-1], piece.part.height)
        else:
            heights.append(piece.part.height)
    return sorted(heights)[-2]


def _doubt(classifier: Classifier, segment: Segment) -> float:
    """Return minus the logarithm of the best digit's probability, "no digit" among the classes."""
    log_probabilities = (segment.logits / classifier.temperature).log_softmax(dim=0)
    return -float(log_probabilities[:NUM_CLASSES].max())


def _shading(one: Part, other: Part) -> float:
    """Return how much of the narrower stands above or below the other, in [0, 1]."""
    overlap = min(one.right, other.right) - max(one.left, other.left)
    return max(0.0, overlap / min(one.width, other.width))


def _marked(segment: Segment, pieces: Sequence[_Piece]) -> Segment:
    is_cut = pieces[0].cut_before or pieces[-1].cut_after
    return Segment(segment.part, segment.image, segment.logits, is_cut)


def _cut_doubtful(
    classifier: Classifier, pieces: Sequence[_Piece], row: Sequence[Segment]
) -> dict[int, list[_Piece]]:
    """Cut the pieces that ended in a segment that is no digit; return the cuts by their place."""
    doubtful = [
        segment.part
        for segment in row
        if is_too_wide(segment.part) or not looks_like_a_digit(classifier, segment.logits)
    ]
    cuts = {}
    for place, piece in enumerate(pieces):
        part = piece.part
        if any(segment.left <= part.left and part.right <= segment.right for segment in doubtful):
            most_cuts = min(MOST_CUTS, 1 + round(CUTS_TO_A_HEIGHT * part.width / part.height))
            parts = cut(part, most_cuts=most_cuts)
            last = len(parts) - 1
            if last:
                cuts[place] = [_Piece(p, n > 0, n < last) for n, p in enumerate(parts)]
    return cuts


def _with_cuts(pieces: Sequence[_Piece], cuts: dict[int, list[_Piece]]) -> list[_Piece]:
    return [each for place, piece in enumerate(pieces) for each in cuts.get(place, [piece])]


def _gave_digits(classifier: Classifier, cut_piece: list[_Piece], row: Sequence[Segment]) -> bool:
    """Tell whether cutting a piece gave digits, and not just ones: many a letter gives those."""
    left, right = cut_piece[0].part.left, max(piece.part.right for piece in cut_piece)
    within = [segment for segment in row if left < segment.part.right and segment.part.left < right]
    within = [segment for segment in within if segment.is_cut]
    ones_only = all(int(segment.logits[:NUM_CLASSES].argmax()) == 1 for segment in within)
    return not ones_only and all(is_sure(classifier, segment) for segment in within)
