"""What if the digit were moved, turned, larger, bolder or noisy? One image, changed as asked."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.errors import InvalidInputError

Pixels = npt.NDArray[np.uint8]

FULL_INK = 255


@dataclass(frozen=True)
class ImageChange:
    """How an image is changed; the values here change nothing.

    Attributes:
        shift_x: Pixels to the right.
        shift_y: Pixels down.
        turn: Degrees clockwise, around the middle.
        scale: 2 makes it twice as large, around the middle.
        thickness: Pixels by which strokes get wider on each side; below 0, thinner.
        noise: Standard deviation of what is added to each pixel, of full ink.
    """

    shift_x: float = 0.0
    shift_y: float = 0.0
    turn: float = 0.0
    scale: float = 1.0
    thickness: float = 0.0
    noise: float = 0.0


def change_image(image: Pixels, change: ImageChange, *, seed: int = 1) -> Pixels:
    """Return an image changed: strokes first, then the place, then noise.

    Args:
        image: (H, W) uint8, bright ink on black.
        change: What to do.
        seed: Of the noise.

    Returns:
        (H, W) uint8.

    Raises:
        InvalidInputError: The scale is not positive, or the noise is negative.

    >>> change_image(np.array([[0, 9, 0]], np.uint8), ImageChange(shift_x=1)).tolist()
    [[0, 0, 9]]
    """
    if change.scale <= 0 or change.noise < 0:
        raise InvalidInputError(
            "`scale` is {scale} and `noise` {noise}. Choose a scale above 0 and no negative noise.",
            scale=change.scale,
            noise=change.noise,
        )
    if change == ImageChange():
        return image
    thick = _thicken(image.astype(np.float32), change.thickness)
    moved = np.asarray(_moved(thick, change))
    noise = np.random.default_rng(seed).normal(0, change.noise * FULL_INK, image.shape)
    changed: Pixels = np.rint(np.clip(moved + noise, 0, FULL_INK)).astype(np.uint8)
    return changed


def _thicken(image: npt.NDArray[np.float32], thickness: float) -> npt.NDArray[np.float32]:
    """Take the brightest (or darkest) pixel around each, and a mixture for parts of a pixel."""
    whole, part = divmod(abs(thickness), 1)
    sign = 1 if thickness > 0 else -1
    for weight in [1.0] * int(whole) + [part] * bool(part):
        padded = np.pad(sign * image, 1, mode="edge")
        rows, columns = image.shape
        cross = [(0, 1), (2, 1), (1, 0), (1, 2), (1, 1)]
        grown = np.max([padded[y : y + rows, x : x + columns] for y, x in cross], axis=0)
        image = (1 - weight) * image + weight * sign * grown
    return image


def _moved(image: npt.NDArray[np.float32], change: ImageChange) -> Image.Image:
    height, width = image.shape
    middle_x, middle_y = width / 2, height / 2
    angle = radians(change.turn)
    # For every pixel of the result: where it comes from.
    a, b = cos(angle) / change.scale, sin(angle) / change.scale
    to_x, to_y = middle_x + change.shift_x, middle_y + change.shift_y
    matrix = (a, b, middle_x - a * to_x - b * to_y, -b, a, middle_y + b * to_x - a * to_y)
    return Image.fromarray(image).transform(
        (width, height), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
    )
