"""Ink on a drawing, told from what it is drawn on, whichever of the two is the darker."""

from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.float64]

FAINTEST_INK = 0.1  # of the strongest; below it lie soft edges and compression noise
LEAST_CONTRAST = 0.04  # of full scale; a canvas that varies less is blank


def drawn_ink(drawing: npt.NDArray[np.uint8]) -> Grey:
    """Return the ink of a drawing, whatever it is laid over: `find_ink` of its `composite`.

    Args:
        drawing: (H, W, 4) uint8 RGBA.

    Returns:
        (H, W) float64 in [0, 1].

    >>> drawn_ink(np.array([[[0, 0, 0, 255], [0, 0, 0, 255], [9, 9, 9, 255]]], np.uint8)).max()
    np.float64(0.0)
    """
    grey = grey_of(drawing)
    if grey is None:
        return find_ink(composite(drawing))
    # What becomes of 256 greys is looked up, many times as fast.
    background = np.median(edge_of(grey) / 255)
    difference = abs(np.arange(256) / 255 - background)
    strongest = max(difference[grey.min()], difference[grey.max()])
    if strongest < LEAST_CONTRAST:
        return np.zeros(grey.shape)
    ink: Grey = difference / strongest
    ink[ink < FAINTEST_INK] = 0
    return np.take(ink, grey)


def grey_of(drawing: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8] | None:
    """Return a drawing's one channel, if it has no colours and is opaque, as the app's canvas is.

    Args:
        drawing: (H, W, 4) uint8 RGBA.

    Returns:
        (H, W), or None.

    >>> opaque, clear = np.array([[[[7, 7, 7, 255]]], [[[7, 7, 7, 9]]]], np.uint8)
    >>> grey_of(opaque), grey_of(clear)
    (array([[7]], dtype=uint8), None)
    """
    grey = np.ascontiguousarray(drawing[..., 0])
    pixels = np.ascontiguousarray(drawing).view("<u4")[..., 0]
    return (
        grey if (pixels == grey * np.uint32(0x01_01_01) + np.uint32(0xFF_00_00_00)).all() else None
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
