"""Kernels of several channels that a person can understand, on maps made by simpler kernels.

They stand for a second layer while no trained network is loaded: four maps go in, each of the
kernels has four slices, and each makes one map.
"""

import numpy as np
import numpy.typing as npt

from mnistcore.convolution.kernels import KERNELS, blur, sobel_x, sobel_y
from mnistcore.convolution.sliding_window import slide

Array = npt.NDArray[np.float64]

MAP_NAMES = ("Blur", "Sobel x", "Sobel y", "Laplacian")
MAP_DECIMALS = 2

_NOTHING = np.zeros((3, 3))

# One slice for each of `MAP_NAMES`.
DEEP_KERNELS = {
    "Leaning strokes": np.array([_NOTHING, sobel_y(3) / 8, sobel_x(3) / 8, _NOTHING]),
    "Slanted edges": np.array([_NOTHING, blur(3), blur(3), _NOTHING]),
    "Strokes": np.array([blur(3), _NOTHING, _NOTHING, -blur(3)]),
}


def hand_made_maps(picture: npt.ArrayLike) -> Array:
    """Return what the 3x3 kernels of `MAP_NAMES` make of a picture, with padding 1.

    Args:
        picture: (H, W).

    Returns:
        (4, H, W), rounded to two decimals.

    >>> hand_made_maps([[0, 1], [0, 1]])[1].tolist()
    [[3.0, 0.0], [3.0, 0.0]]
    """
    picture = np.asarray(picture, dtype=np.float64)
    maps = [slide(picture[None], KERNELS[name](3)[None], padding=1) for name in MAP_NAMES]
    return np.stack(maps).round(MAP_DECIMALS) + 0.0  # no negative zero
