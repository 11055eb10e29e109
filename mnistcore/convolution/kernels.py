"""Kernels with a name: identity, blur, sharpen, edges, emboss, in any size they exist in.

The weights are those of the image processing books for 3x3, and the same rule carried on for
other sizes. Every weight has at most four decimals, so that its products can be written out.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from mnistcore.errors import InvalidInputError

Array = npt.NDArray[np.float64]

WEIGHT_DECIMALS = 4


def identity(size: int) -> Array:
    """Return a kernel that copies the pixel under its centre.

    >>> identity(3).tolist()
    [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """
    kernel = np.zeros((size, size))
    kernel[size // 2, size // 2] = 1
    return kernel


def blur(size: int) -> Array:
    """Return the binomial approximation of a Gaussian; its weights add up to exactly 1.

    Source: Burt (1981), "Fast filter transforms for image processing".

    >>> blur(3).tolist()
    [[0.0625, 0.125, 0.0625], [0.125, 0.25, 0.125], [0.0625, 0.125, 0.0625]]
    """
    row = _binomial(size)
    kernel = np.round(np.outer(row, row) / row.sum() ** 2, WEIGHT_DECIMALS)
    kernel[size // 2, size // 2] += 1 - kernel.sum()  # what the rounding left over
    rounded: Array = np.round(kernel, WEIGHT_DECIMALS)
    return rounded


def sobel_x(size: int) -> Array:
    """Return a kernel that answers where brightness changes from left to right.

    It smooths down the columns and takes the difference along the rows. For 3x3 these are Sobel's
    weights; for 5x5 and 7x7 those of OpenCV's `getDerivKernels`.

    Raises:
        InvalidInputError: The size is 1: there is no difference in one pixel.

    >>> sobel_x(3).tolist()
    [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]
    """
    _needs_neighbours(size)
    difference = np.convolve(_binomial(size - 1), [-1, 1])
    return np.outer(_binomial(size), difference)


def sobel_y(size: int) -> Array:
    """Return a kernel that answers where brightness changes from top to bottom.

    Raises:
        InvalidInputError: The size is 1: there is no difference in one pixel.

    >>> sobel_y(3)[:, 1].tolist()
    [-2.0, 0.0, 2.0]
    """
    return sobel_x(size).T


def laplacian(size: int) -> Array:
    """Return a kernel that compares the centre with its neighbours in the same row and column.

    Raises:
        InvalidInputError: The size is 1: the centre has no neighbours.

    >>> laplacian(3).tolist()
    [[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]
    """
    _needs_neighbours(size)
    kernel = np.zeros((size, size))
    kernel[size // 2, :] = kernel[:, size // 2] = 1
    kernel[size // 2, size // 2] = 2 - 2 * size
    return kernel


def sharpen(size: int) -> Array:
    """Return a kernel that adds to each pixel what sets it apart from its neighbours.

    Raises:
        InvalidInputError: The size is 1: the centre has no neighbours.

    >>> sharpen(3).tolist()
    [[0.0, -1.0, 0.0], [-1.0, 5.0, -1.0], [0.0, -1.0, 0.0]]
    """
    return identity(size) - laplacian(size)


def emboss(size: int) -> Array:
    """Return a kernel that lights the picture from the upper left, as if it were raised.

    Raises:
        InvalidInputError: The size is 1: the light needs a near and a far side.

    >>> emboss(3).tolist()
    [[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.0]]
    """
    _needs_neighbours(size)
    rows, columns = np.indices((size, size))
    return identity(size) + rows + columns - (size - 1)


KERNELS: dict[str, Callable[[int], Array]] = {
    "Identity": identity,
    "Blur": blur,
    "Sharpen": sharpen,
    "Sobel x": sobel_x,
    "Sobel y": sobel_y,
    "Laplacian": laplacian,
    "Emboss": emboss,
}


def _binomial(size: int) -> Array:
    """Return a row of Pascal's triangle, `size` numbers long."""
    row = np.ones(1)
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    return row


def _needs_neighbours(size: int) -> None:
    if size < 2:
        raise InvalidInputError(
            "A 1x1 kernel sees one pixel, so it cannot compare it with a neighbour: this kernel "
            "does not exist with `kernel_size` 1. Choose 2 or more."
        )
