"""The steps from a drawing to an image, each with its picture, and each to be left out.

What is left out is what many demos leave out, and why they fail on a visitor's own digit. With
every step taken the image is `preprocessing.drawing_to_image`'s. No torch.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from mnistcore.drawings.ink import Grey, composite, crop_to_ink, drawn_ink, edge_of
from mnistcore.drawings.preprocessing import IMAGE_SIDE_PX, centre_by_mass, fit_into_square

Step = Literal["ink", "polarity", "crop", "size", "centre"]
STEPS: tuple[Step, ...] = get_args(Step)

Picture = npt.NDArray[np.uint8]


class Frame(NamedTuple):
    """The square of a drawing that its image shows, in the drawing's pixels.

    It may reach beyond the drawing's edge, and its corner may lie within a pixel.
    """

    top: float
    left: float
    side: float


@dataclass(frozen=True)
class Trace:
    """What became of a drawing, step by step.

    Attributes:
        pictures: (H, W) uint8 after each step, in order; after the first, the ink is as dark or
            as light as it was drawn.
        image: (28, 28) uint8, the last of them; all black if the drawing is blank.
        frame: What the image shows of the drawing; None if that is blank.
    """

    pictures: dict[Step, Picture]
    image: Picture
    frame: Frame | None = None


def trace_steps(drawing: npt.NDArray[np.uint8], without: Collection[Step] = ()) -> Trace:
    """Take the steps that MNIST's makers took, but for some.

    Args:
        drawing: (H, W, 4) uint8 RGBA.
        without: Steps left out. Without `ink`, brightness counts as it is; without `polarity`, the
            ink stays dark on white; without `crop`, the whole drawing is shrunk; without `size`,
            it fills all 28 pixels; without `centre`, the middle is the box's, not the ink's.

    >>> drawing = np.zeros((280, 280, 4), np.uint8)
    >>> drawing[..., 3] = 255
    >>> drawing[20:60, 20:30, :3] = 255  # a small 1 in a corner
    >>> whole, poor = trace_steps(drawing), trace_steps(drawing, without=["crop", "centre"])
    >>> [int((trace.image > 0).any(axis=1).sum()) for trace in (whole, poor)]  # how tall it is
    [20, 4]
    """
    ink = _brightness(drawing) if "ink" in without else drawn_ink(drawing)
    if not ink.any():
        return Trace({}, np.zeros((IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8))
    cropped = ink if "crop" in without else crop_to_ink(ink)
    digit = fit_into_square(cropped, **({"side_px": IMAGE_SIDE_PX} if "size" in without else {}))
    image = _centre_box(digit) if {"size", "centre"} & {*without} else centre_by_mass(digit)
    stages: dict[Step, Grey] = {
        "ink": ink,
        "polarity": ink,
        "crop": cropped,
        "size": digit,
        "centre": image,
    }
    dark_on_light = {*STEPS[1:]} if "polarity" in without else set()
    if _background_is_light(drawing):
        dark_on_light.add("ink")
    pictures = {
        step: np.rint(255 * (1 - grey if step in dark_on_light else grey)).astype(np.uint8)
        for step, grey in stages.items()
    }
    return Trace(pictures, pictures["centre"], _frame(ink, cropped, digit, image))


def _frame(ink: Grey, cropped: Grey, digit: Grey, image: Grey) -> Frame:
    """Return the square of the drawing that the image shows, from the ink after every step."""
    height, width = cropped.shape
    side = max(height, width)
    scale = side / len(digit)  # pixels of the drawing to one of the image
    corner = _first_ink(ink) - _first_ink(cropped)  # where the crop begins
    corner -= ((side - height) // 2, (side - width) // 2)
    place = _first_ink(image) - _first_ink(digit)  # of the digit in the image, in whole pixels
    top, left = (corner - scale * place).tolist()
    return Frame(top, left, scale * len(image))


def _first_ink(ink: Grey) -> npt.NDArray[np.int64]:
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return np.array([rows[0], columns[0]])


def _brightness(drawing: Picture) -> Grey:
    """Return how far each pixel is from black on a dark background, from white on a light one."""
    grey: Grey = composite(drawing).mean(axis=2)  # (H, W, 3) -> (H, W)
    return 1 - grey if _background_is_light(drawing) else grey


def _background_is_light(drawing: Picture) -> bool:
    is_opaque = drawing[..., 3].min() == 255
    edge = edge_of(drawing)[:, :3] / 255 if is_opaque else edge_of(composite(drawing))
    return bool(np.median(edge) > 0.5)


def _centre_box(digit: Grey) -> Grey:
    margin = (IMAGE_SIDE_PX - len(digit)) // 2
    return np.pad(digit, margin)
