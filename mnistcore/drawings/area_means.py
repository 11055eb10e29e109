"""Means over areas, exact: by how much of each pixel an area covers, and by running sums."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


@lru_cache(512)
def area_shares(length: int, side: int, side_px: int) -> Values:
    """Return how much of each of a side's equal parts is covered by each pixel in its middle.

    Pillow's own box filter takes a pixel whole or not at all, and so may miss a thin line.

    Args:
        length: Pixels, in the middle of the side.
        side: Its length in pixels.
        side_px: How many equal parts it has.

    >>> area_shares(2, 3, 2).round(2).tolist()
    [[0.67, 0.0], [0.0, 0.67]]
    """
    edges = np.arange(side_px + 1) * side / side_px - (side - length) / 2
    pixels = np.arange(length)
    begins = np.maximum(pixels, edges[:-1, None])
    ends = np.minimum(pixels + 1, edges[1:, None])
    return np.asarray(np.clip(ends - begins, 0, None) * side_px / side)


def local_mean(values: npt.NDArray[np.floating[Any]], reach: int) -> Values:
    """Return the mean of each pixel's square neighbourhood, by running sums."""
    padded = np.pad(np.asarray(values, np.float64), reach, mode="edge")
    total = np.pad(padded.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    side = 2 * reach + 1
    area = total[side:, side:] - total[:-side, side:] - total[side:, :-side] + total[:-side, :-side]
    return np.asarray(area / side**2)
