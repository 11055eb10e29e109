"""A drawing to the 28x28 image that MNIST's makers would have made of it.

What they did, as rebuilt by Yadav & Bottou (2019, QMNIST): find the ink's bounding box, fit its
longer side into 20 pixels, and place it in 28x28 by whole pixels so that its centre of mass is the
middle. Knows no network.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.area_means import area_shares
from mnistcore.drawings.ink import Grey, crop_to_ink, drawn_ink
from mnistcore.errors import InvalidInputError

DIGIT_SIDE_PX = 20
IMAGE_SIDE_PX = 28
MIDDLE = 14  # the index of the pixel that the centre of mass is brought to
TIE_DIGITS = 9  # decimals kept: in a drawing as wide to the left as to the right, sums must tie


def drawing_to_image(drawing: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Make of a drawing what MNIST would have made of it.

    Args:
        drawing: (H, W, 4) uint8 RGBA: ink of any colour on a background of any other, opaque or
            transparent.

    Returns:
        (28, 28) uint8, bright ink on black, the strongest ink 255. All black if the drawing is
        blank.

    Raises:
        InvalidInputError: The array has another shape or type.

    >>> drawing = np.full((280, 280, 4), 255, np.uint8)
    >>> drawing[40:90, 200:210, :3] = 0  # a small dark 1 on white paper
    >>> image = drawing_to_image(drawing)
    >>> image.shape, int(image.max()), [int(i) for i in np.argwhere(image).mean(0).round()]
    ((28, 28), 255, [14, 14])
    """
    check_drawing(drawing)
    return ink_to_image(drawn_ink(drawing))


def ink_to_image(ink: Grey) -> npt.NDArray[np.uint8]:
    """Crop ink, fit it into 20 pixels and centre it by mass.

    Args:
        ink: (H, W) in [0, 1].

    Returns:
        (28, 28) uint8; all black if there is no ink.

    >>> int(ink_to_image(np.ones((50, 10))).max())
    255
    """
    if not ink.any():
        return np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8)
    digit = fit_into_square(crop_to_ink(ink))
    return np.rint(255 * centre_by_mass(digit)).astype(np.uint8)


def check_drawing(drawing: npt.NDArray[np.uint8]) -> None:
    """Refuse what is no drawing.

    Raises:
        InvalidInputError: The array is not (H, W, 4) uint8.

    >>> check_drawing(np.zeros((5, 5, 4), np.uint8))
    """
    if drawing.dtype != np.uint8 or drawing.ndim != 3 or drawing.shape[2] != 4 or not drawing.size:
        raise InvalidInputError(
            "The drawing is {dtype} of shape {shape}. Give uint8 of shape (height, width, 4): "
            "RGBA.",
            dtype=drawing.dtype,
            shape=drawing.shape,
        )


def fit_into_square(ink: Grey, *, side_px: int = DIGIT_SIDE_PX) -> Grey:
    """Bring the longer side to 20 pixels, each the mean of the area it covers, and pad the other.

    Args:
        ink: (H, W), cropped, not all 0.
        side_px: Of the square; MNIST's is 20.

    Returns:
        (side_px, side_px) in [0, 1], the strongest ink 1.

    >>> fit_into_square(np.ones((400, 40)))[0].tolist()[8:12]
    [0.0, 1.0, 1.0, 0.0]
    """
    height, width = ink.shape
    side = max(height, width)
    if side < side_px:  # a mean of less than a pixel would leave hard-edged blocks
        square = np.zeros((side, side), np.float32)
        top, left = (side - height) // 2, (side - width) // 2
        square[top : top + height, left : left + width] = ink
        size = (side_px, side_px)
        shrunk = np.asarray(Image.fromarray(square).resize(size, Image.Resampling.BICUBIC))
    else:
        shrunk = area_shares(height, side, side_px) @ ink @ area_shares(width, side, side_px).T
    digit: Grey = np.clip(shrunk.astype(np.float64), 0, 1)
    return digit / float(digit.max())


def centre_by_mass(digit: Grey) -> Grey:
    """Place a digit in 28x28 so that its centre of mass lies in the middle pixel.

    Moved by whole pixels, as in MNIST, where it lies in [13.5, 14.5) for all 10,000 test images;
    and never over the edge.

    Args:
        digit: (20, 20), not all 0.

    Returns:
        (28, 28).

    >>> corner = np.zeros((20, 20))
    >>> corner[8, 6] = 1
    >>> np.argwhere(centre_by_mass(corner)).tolist()
    [[14, 14]]
    """
    image = np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX))
    room, places = IMAGE_SIDE_PX - DIGIT_SIDE_PX, np.arange(DIGIT_SIDE_PX)
    total = digit.sum()
    top, left = (
        int(
            np.clip(
                np.ceil(np.round(MIDDLE - 0.5 - (along * places).sum() / total, TIE_DIGITS)),
                0,
                room,
            )
        )
        for along in (digit.sum(axis=1), digit.sum(axis=0))
    )
    image[top : top + DIGIT_SIDE_PX, left : left + DIGIT_SIDE_PX] = digit
    return image
