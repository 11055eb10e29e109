"""Where a picture's strokes run level or upright, and whether a kernel's map shows them.

The direction of a stroke is that of the structure tensor: the gradient's products with itself,
blurred. Source: Bigun & Granlund (1987), Optimal orientation detection of linear symmetry.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from mnistcore.convolution.kernels import blur, sobel_x, sobel_y
from mnistcore.convolution.sliding_window import slide
from mnistcore.lesson.outcome import Outcome

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Direction = Literal["level", "upright"]

INK = 0.5  # of a pixel that belongs to a stroke
CLEAR_DIRECTION = 0.6  # 0 where the gradient has none, 1 where it has one only
WIDEST_ANGLE = 15  # degrees off the axis
FEWEST_PIXELS = 8  # of a stroke that is worth a task
VANISHED = 0.5  # of what the kernel answers to strokes of the other direction
BLANK = 1e-9


def find_strokes(picture: npt.ArrayLike, direction: Direction) -> Mask:
    """Return which pixels belong to strokes that run in a direction.

    Args:
        picture: (H, W) from 0, paper, to 1, ink.
        direction: From left to right, or from top to bottom.

    Returns:
        (H, W).

    >>> cross = np.zeros((21, 21))
    >>> cross[9:12, 2:19] = cross[2:19, 9:12] = 1
    >>> find_strokes(cross, "level")[10, [4, 10, 16]].tolist()
    [True, False, True]
    """
    pixels = np.asarray(picture, dtype=np.float64)
    across, down = (
        slide(pixels[None], kernel[None], padding=1) for kernel in (sobel_x(3), sobel_y(3))
    )
    xx, yy, xy = (
        slide(product[None], blur(5)[None], padding=2)
        for product in (across * across, down * down, across * down)
    )
    total = np.maximum(xx + yy, BLANK)
    clear = np.hypot(xx - yy, 2 * xy) / total > CLEAR_DIRECTION
    # The angle of the gradient, which runs across its stroke.
    angle = np.degrees(np.arctan2(2 * xy, xx - yy) / 2)
    off_axis = np.abs(angle) if direction == "upright" else 90 - np.abs(angle)
    mask: Mask = (pixels > INK) & clear & (off_axis < WIDEST_ANGLE)
    return mask


def main_direction(picture: npt.ArrayLike) -> Direction | None:
    """Return the direction of which a picture has more strokes; None if it has hardly any.

    Args:
        picture: (H, W) from 0 to 1.

    >>> main_direction(np.eye(28)) is None
    True
    """
    sizes: dict[Direction, int] = {
        direction: int(find_strokes(picture, direction).sum()) for direction in ("level", "upright")
    }
    most = max(sizes, key=sizes.__getitem__)
    return most if sizes[most] >= FEWEST_PIXELS else None


def check_vanishing(picture: npt.ArrayLike, kernel: npt.ArrayLike, direction: Direction) -> Outcome:
    """Tell whether the strokes of a direction vanish from the map that a kernel makes.

    Cases: `vanished`, `seen`, and `all_gone` if the map is blank. The number `share` is how
    strongly the map answers on these strokes, beside how the same kernel, turned by a quarter,
    would.

    Args:
        picture: (H, W) from 0 to 1, with such strokes in it.
        kernel: (K, K), K odd.
        direction: Of the strokes.

    >>> bar = np.zeros((9, 28))
    >>> bar[3:6, 4:24] = 1
    >>> [check_vanishing(bar, kernel, "level").case for kernel in (sobel_x(3), sobel_y(3))]
    ['vanished', 'seen']
    """
    pixels, weights = (np.asarray(values, dtype=np.float64) for values in (picture, kernel))
    strokes = find_strokes(pixels, direction)
    answer, turned = (
        float(np.abs(slide(pixels[None], one[None], padding=len(weights) // 2))[strokes].mean())
        for one in (weights, weights.T)
    )
    if max(answer, turned) < BLANK:
        return Outcome(False, "all_gone")
    vanished = answer < VANISHED * turned
    return Outcome(
        vanished, "vanished" if vanished else "seen", {"share": answer / max(turned, BLANK)}
    )
