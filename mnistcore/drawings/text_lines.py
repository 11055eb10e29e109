"""Where lines of writing may lie on a picture: it is straightened, and its rows are looked at.

More is proposed than is there: rulings, edges and patterns look like lines from afar. Which of them
say anything is for the line reader to tell. No torch.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.area_means import local_mean
from mnistcore.drawings.form_lines import long_runs
from mnistcore.drawings.ink import Grey
from mnistcore.drawings.ink_parts import part_boxes
from mnistcore.drawings.paper import ink_is_bright, paper_of

WORKING_SIDE_PX = 1400  # a larger picture is shrunk to it
TILT_SIDE_PX = 360
STEEPEST, COARSE, FINE = 10.0, 1.0, 0.25  # degrees
CLEARLY = 1.12  # by how much turned rows are to be more unlike than level ones
LEAST_HEIGHT_PX, LEAST_SHARE = 9, 0.012  # of a band; of the picture's height
LONG_ROW, LONG_COLUMN = 0.4, 0.85  # of the picture: a run of ink that long is a ruling or an edge
REACH = 12  # of the shorter side: what the surroundings of a pixel are
MOST_AWAY = 0.4  # of full scale
MOST_INK = 0.995  # of a picture's pixels have less than its strongest ink
SMOOTHINGS_PX = (1, 2, 4)  # radii of the squares whose mean is taken where noise hides it
FAINTEST = 0.1  # of the strongest ink: what is below is a lens's or a file's
LEAST_PART_PX, TALLEST, MEETING = 3, 3.2, 0.45  # heights of a band's busy rows, of a band
FAINT = 0.08  # of the busiest rows: what is below is between two lines

Bits = npt.NDArray[np.bool_]


class Band(NamedTuple):
    """Rows and columns of a straightened picture in which something may stand."""

    left: int
    top: int
    right: int
    bottom: int


class Straightened(NamedTuple):
    """A picture in grey, its lines level.

    Attributes:
        grey: (H, W) float32 in [0, 1].
        bits: (H, W) bool, its ink without rulings.
        degrees: By how much it was turned, counter-clockwise.
        scale: Pixels of the original to one of these.
    """

    grey: Grey
    bits: Bits
    degrees: float
    scale: float

    def to_original(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of this picture lies in the original."""
        height, width = self.grey.shape
        angle = math.radians(self.degrees)
        dx, dy = x - width / 2, y - height / 2
        back_x = dx * math.cos(angle) - dy * math.sin(angle) + width / 2
        back_y = dx * math.sin(angle) + dy * math.cos(angle) + height / 2
        return back_x * self.scale, back_y * self.scale


def straighten(grey: Grey, *, turn: bool = True) -> Straightened:
    """Shrink a picture, and turn it until its lines of writing are level.

    Args:
        grey: (H, W) in [0, 1].
        turn: Whether to; else it is taken to be level.

    >>> slanted = np.ones((200, 300))
    >>> for x in range(30, 270):
    ...     slanted[100 + round(0.1 * x) : 104 + round(0.1 * x), x] = x % 12 < 5
    >>> abs(straighten(slanted).degrees - 5.7) < 1
    True
    """
    scale = max(1.0, max(grey.shape) / WORKING_SIDE_PX)
    image = Image.fromarray(grey.astype(np.float32))
    if scale > 1:
        size = (max(1, round(grey.shape[1] / scale)), max(1, round(grey.shape[0] / scale)))
        image = image.resize(size, Image.Resampling.BOX)
    small = np.asarray(image)
    bits = ink_bits(small)
    degrees = _tilt(bits) if turn and min(small.shape) > 40 else 0.0
    if degrees:
        paper = float(np.median(small))
        small = np.asarray(image.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=paper))
        bits = ink_bits(small)
    return Straightened(small, bits, degrees, scale)


def find_bands(bits: Bits) -> list[Band]:
    """Return where lines may be, from top to bottom.

    Args:
        bits: (H, W), the ink of a straightened picture, without rulings.
    """
    height = len(bits)
    rows = _smoothed(bits.sum(axis=1).astype(np.float64), max(1.0, height / 300))
    busiest = float(np.quantile(rows, 0.98))
    cores = [
        (top, bottom)
        for top, bottom in _runs(rows > max(FAINT * busiest, 0.5))
        if bottom - top >= max(LEAST_HEIGHT_PX, LEAST_SHARE * height)
    ]
    parts = part_boxes(bits)
    least = np.maximum(parts[:, 3] - parts[:, 1], parts[:, 2] - parts[:, 0])
    return _around(cores, parts[least >= LEAST_PART_PX])


def _around(cores: list[tuple[int, int]], parts: npt.NDArray[np.int64]) -> list[Band]:
    """Return bands as high and wide as the ink that stands on them, those that meet made one."""
    bands: list[Band] = []
    for top, bottom in cores:
        shared = np.minimum(parts[:, 3], bottom) - np.maximum(parts[:, 1], top)
        tall = parts[:, 3] - parts[:, 1]
        own = parts[
            (shared > 0.5 * np.minimum(tall, bottom - top)) & (tall < TALLEST * (bottom - top))
        ]
        if not len(own):
            continue
        band = Band(*own[:, :2].min(axis=0).tolist(), *own[:, 2:].max(axis=0).tolist())
        last = bands[-1] if bands else None
        if last and last.bottom - band.top > MEETING * min(
            last.bottom - last.top, band.bottom - band.top
        ):
            bands[-1] = Band(
                min(last.left, band.left),
                min(last.top, band.top),
                max(last.right, band.right),
                max(last.bottom, band.bottom),
            )
        else:
            bands.append(band)
    return bands


def ink_bits(grey: Grey) -> Bits:
    """Return which pixels are ink: darker than the paper under them, or brighter than the board.

    Rulings and edges are left out: what lies in a long run along a row or a column.

    Source: the threshold follows the deviation of the surroundings, as in Sauvola & Pietikainen
    (2000), "Adaptive document image binarization"; what is wider than any stroke is paper.
    """
    height, width = grey.shape
    ink = _ink(1 - grey if ink_is_bright(grey) else grey)
    reach = max(10, round(min(height, width) / REACH))
    mean = local_mean(ink, reach)
    spread = np.sqrt(np.maximum(local_mean(ink * ink, reach) - mean * mean, 0))
    solid = ink > _least_ink(ink)
    ruled = long_runs(solid, LONG_ROW * width) | long_runs(solid.T, LONG_COLUMN * height).T
    return np.asarray((ink > mean + 0.6 * spread) & solid & ~ruled)


def _ink(grey: Grey) -> Grey:
    """Return how much darker than the paper each pixel is, up to `MOST_AWAY`.

    Where noise hides all writing, the mean of as many pixels as it takes to see some.
    """
    ink = quiet = np.clip(paper_of(grey) - grey, 0, MOST_AWAY)
    radii = iter(SMOOTHINGS_PX)
    while _least_ink(quiet) >= float(np.quantile(quiet, MOST_INK)):
        if (radius := next(radii, None)) is None:
            return ink
        smooth = local_mean(grey, radius)
        quiet = np.clip(paper_of(smooth) - smooth, 0, MOST_AWAY)
    return quiet


def _least_ink(ink: Grey) -> float:
    """Return what is more than noise, and than what a lens or a file adds to the strongest ink."""
    middle = float(np.median(ink))
    noise = 1.4826 * float(np.median(abs(ink - middle)))
    return middle + max(3.0 * noise + 0.012, FAINTEST * float(np.quantile(ink, MOST_INK)))


def _tilt(bits: Bits) -> float:
    """Return by how many degrees to turn until rows are as unlike each other as they can be."""
    image = Image.fromarray(np.where(bits, np.uint8(255), np.uint8(0)))
    image.thumbnail((TILT_SIDE_PX, TILT_SIDE_PX), Image.Resampling.BOX)

    def unlike(degrees: float) -> float:
        turned = np.asarray(image.rotate(degrees, Image.Resampling.BILINEAR), np.float64)
        return float((np.diff(turned.sum(axis=1)) ** 2).sum())

    level = unlike(0.0)
    best = max(np.arange(-STEEPEST, STEEPEST + COARSE, COARSE), key=unlike)
    best = max(best + np.arange(-3, 4) * FINE, key=unlike)
    # A few strokes are most unlike at any angle; lines of writing lose much by being turned.
    return float(best) if unlike(best) > CLEARLY * level and abs(best) < STEEPEST else 0.0


def _runs(inside: Bits) -> list[tuple[int, int]]:
    steps = np.diff(np.pad(inside, 1).astype(np.int8))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def _smoothed(values: npt.NDArray[np.float64], radius: float) -> npt.NDArray[np.float64]:
    reach = int(3 * radius) + 1
    weights = np.exp(-((np.arange(-reach, reach + 1) / radius) ** 2) / 2)
    return np.convolve(np.pad(values, reach, mode="edge"), weights / weights.sum(), "valid")
