"""A drawing to the 28x28 image that MNIST's makers would have made of it.

What they did, as rebuilt by Yadav & Bottou (2019, QMNIST): find the ink's bounding box, fit its
longer side into 20 pixels, and place it in 28x28 by whole pixels so that its centre of mass is the
middle. Knows no network.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.area_means import area_shares
from mnistcore.errors import InvalidInputError

Grey = npt.NDArray[np.float64]

DIGIT_SIDE_PX = 20
IMAGE_SIDE_PX = 28
MIDDLE = 14  # the index of the pixel that the centre of mass is brought to
TIE_DIGITS = 9  # decimals kept: in a drawing as wide to the left as to the right, sums must tie

FAINTEST_INK = 0.1  # of the strongest; below it lie soft edges and compression noise
LEAST_CONTRAST = 0.04  # of full scale; a canvas that varies less is blank


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
    return ink_to_image(find_ink(composite(drawing)))


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


def edge_of(picture: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the pixels along a picture's edge, (N,) or (N, C); those in corners twice.

    >>> edge_of(np.array([[1, 2], [3, 4]])).tolist()
    [1, 2, 3, 4, 1, 3, 2, 4]
    """
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def background_of(picture: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the colour along a picture's edge: the middle one of each channel.

    Args:
        picture: (H, W, C).

    Returns:
        (C,).

    >>> background_of(np.full((3, 3, 2), [7, 8])).tolist()
    [7.0, 8.0]
    """
    background: npt.NDArray[np.float64] = np.median(edge_of(picture), axis=0)
    return background


def composite(drawing: npt.NDArray[np.uint8]) -> Grey:
    """Lay a drawing over a background that its ink stands out from.

    Transparent pixels have a colour too, usually black, which means nothing: black ink on a
    transparent canvas would vanish if alpha were dropped.

    Args:
        drawing: (H, W, 4) uint8 RGBA.

    Returns:
        (H, W, 3) float64 in [0, 1].

    >>> transparent = np.zeros((1, 2, 4), np.uint8)
    >>> transparent[0, 1, 3] = 255  # one opaque black pixel
    >>> composite(transparent)[0].tolist()
    [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    colour: Grey = drawing[..., :3] / 255
    if drawing[..., 3].min() == 255:  # as the app's own canvas is: nothing to lay over anything
        return colour
    alpha = drawing[..., 3:] / 255
    weight = alpha.sum()
    mean_brightness = (colour * alpha).sum() / (3 * weight) if weight else 0.0
    background = 0.0 if mean_brightness > 0.5 else 1.0
    laid_over: Grey = colour * alpha + background * (1 - alpha)
    return laid_over


def find_ink(picture: Grey) -> Grey:
    """Tell ink from background, whichever of the two is the darker.

    The background is the colour along the picture's edge; ink is what differs from it, in any
    channel, so that blue on black counts as much as white on black.

    Args:
        picture: (H, W, 3) float64 in [0, 1].

    Returns:
        (H, W) float64 in [0, 1]: 0 on the background, 1 where the ink is strongest; all 0 if the
        picture is blank.

    >>> find_ink(np.array([[[1.0] * 3, [0.2] * 3, [1.0] * 3, [1.0] * 3]])).tolist()
    [[0.0, 1.0, 0.0, 0.0]]
    """
    background = background_of(picture)
    # Channel by channel: numpy is slow over an axis of 3.
    red, green, blue = (abs(picture[..., k] - background[k]) for k in range(3))
    difference = np.maximum(np.maximum(red, green), blue)  # (H, W)
    strongest = difference.max()
    if strongest < LEAST_CONTRAST:
        return np.zeros_like(difference)
    ink: Grey = difference / strongest
    ink[ink < FAINTEST_INK] = 0
    return ink


def crop_to_ink(ink: Grey) -> Grey:
    """Cut away the rows and columns around the ink.

    Args:
        ink: (H, W), not all 0.

    >>> crop_to_ink(np.array([[0, 0, 0], [0, 1, 1], [0, 0, 0.0]])).tolist()
    [[1.0, 1.0]]
    """
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


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
