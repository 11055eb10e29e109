"""A photo of something written, cleaned into a drawing: the light made even, specks taken away.

What comes out is dark ink on white paper, for `preprocessing` to go on with. A picture that is lit
evenly already, a screenshot or a scan, keeps its colours. No torch.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from mnistcore.drawings.ink_parts import find_parts, split_off_specks
from mnistcore.drawings.preprocessing import (
    Grey,
    background_of,
    check_drawing,
    composite,
    edge_of,
    find_ink,
)

PhotoStep = Literal["light", "specks"]
PHOTO_STEPS: tuple[PhotoStep, ...] = get_args(PhotoStep)

Picture = npt.NDArray[np.uint8]  # (H, W, 4) RGBA

WORKING_SIDE_PX = 512  # a photo is shrunk to it before the light is looked at
LIGHT_SIDE_PX = 96  # light changes slowly: it is estimated on so few pixels
WIDEST_STROKE = 11  # of these; wider ink would be taken for a shadow
EVEN, EVEN_FRACTION = 0.03, 0.97  # of full scale; of the pixels along the edge
NOISE_LEVELS = 5.0  # ink is darker than the paper by so many standard deviations of its noise,
FAINTEST_PART = 0.6  # of the strongest ink, where a part is strongest
FAINTEST_STROKE = 0.3  # and by so much of what the darkest ink is


@dataclass(frozen=True)
class PhotoTrace:
    """What became of a photo, step by step.

    Attributes:
        pictures: (H, W, 4) uint8 RGBA after each step that was taken.
        drawing: The last of them.
    """

    pictures: dict[PhotoStep, Picture]
    drawing: Picture


def clean_photo(photo: Picture, without: Collection[PhotoStep] = ()) -> PhotoTrace:
    """Make of a photo a drawing that `preprocessing` can find the ink of.

    Args:
        photo: (H, W, 4) uint8 RGBA.
        without: Steps left out. `light` divides by how bright the paper is at each place, and
            drops what the camera's noise explains; `specks` takes away dust, faint
            lines, and what the frame cuts off.

    Raises:
        InvalidInputError: The array has another shape or type.

    >>> light = np.linspace(255, 90, 200).repeat(200).reshape(200, 200)  # bright at the top
    >>> light[40:160, 95:105] *= 0.6  # a 1 in pencil
    >>> photo = np.dstack([light, light, light, np.full_like(light, 255)]).astype(np.uint8)
    >>> drawing = clean_photo(photo).drawing
    >>> [int(drawing[y, x, 0]) < 128 for y, x in ((100, 100), (50, 50), (190, 190))]
    [True, False, False]
    """
    check_drawing(photo)
    drawing = shrunk(photo, WORKING_SIDE_PX)
    pictures: dict[PhotoStep, Picture] = {}
    if "light" not in without:
        drawing = pictures["light"] = even_light(drawing)
    if "specks" not in without:
        drawing = pictures["specks"] = remove_specks(drawing)
    return PhotoTrace(pictures, drawing)


def even_light(photo: Picture) -> Picture:
    """Return a photo as dark ink on white paper, whatever the light; unchanged if that is even.

    The paper's brightness at each place is what is left when strokes are closed: the brightest of
    a neighbourhood wider than any stroke, then the darkest of as many. Ink is what is darker than
    relative to that, since light and shadow multiply what paper and pencil reflect.

    Source: division by the morphological closing, as in Gonzalez & Woods (2018), "Digital Image
    Processing", section 9.8, on top-hat transforms; chalk on slate is turned round first.

    Args:
        photo: (H, W, 4) uint8 RGBA.
    """
    picture = composite(photo)
    if _is_even(picture):
        return photo
    grey = picture.mean(axis=2)  # (H, W, 3) -> (H, W)
    if _ink_is_bright(grey):
        grey = 1 - grey
    paper = np.maximum(paper_of(grey), 0.02)
    darker = np.clip(1 - grey / paper, 0, 1)
    noise = 1.4826 * float(np.median(abs(darker - np.median(darker))))  # of a normal distribution
    darkest = float(np.quantile(darker, 0.998))
    threshold = max(NOISE_LEVELS * noise, FAINTEST_STROKE * darkest) + float(np.median(darker))
    ink = np.clip((darker - threshold) / max(darkest - threshold, 0.02), 0, 1)
    # Half of a stroke's depth is where its edge is: more contrast, as in MNIST.
    shade = np.rint(255 * (1 - np.clip(2 * ink, 0, 1))).astype(np.uint8)
    return np.dstack([shade, shade, shade, np.full_like(shade, 255)])


def remove_specks(drawing: Picture) -> Picture:
    """Return a drawing without what is no writing beside its largest piece of ink.

    That is what is far smaller, what is faint everywhere (the paper's own lines), and what the
    picture's frame cuts off (the table, the next line).

    Args:
        drawing: (H, W, 4) uint8 RGBA.
    """
    ink = find_ink(composite(drawing))
    parts = find_parts(ink)
    written, specks = split_off_specks(parts)
    largest = max(written, key=lambda part: float(part.ink.sum()), default=None)
    for part in written:
        inside = min(part.left, part.top) > 0
        inside = inside and part.right < ink.shape[1] and part.bottom < ink.shape[0]
        if part is not largest and not (inside and part.ink.max() > FAINTEST_PART):
            specks.append(part)
    if not specks:
        return drawing
    clean = drawing.copy()
    paper = background_of(drawing).astype(np.uint8)
    for speck in specks:
        clean[speck.top : speck.bottom, speck.left : speck.right][speck.ink > 0] = paper
    return clean


def _is_even(picture: Grey) -> bool:
    edge = edge_of(picture)
    return bool((abs(edge - np.median(edge, axis=0)).max(axis=1) < EVEN).mean() >= EVEN_FRACTION)


def _ink_is_bright(grey: Grey) -> bool:
    """Tell chalk on slate from pencil on paper: what stands out locally stands out one way."""
    small = _image(grey)
    small.thumbnail((WORKING_SIDE_PX // 2, WORKING_SIDE_PX // 2), Image.Resampling.BOX)
    detail = np.asarray(small, np.float64) - np.asarray(small.filter(ImageFilter.BoxBlur(20)))
    return bool((detail**3).mean() > 0)


def paper_of(grey: Grey) -> Grey:
    """Return how bright the paper is at each place, under dark ink too: strokes closed.

    Args:
        grey: (H, W) in [0, 1].
    """
    small = _image(grey)
    small.thumbnail((LIGHT_SIDE_PX, LIGHT_SIDE_PX), Image.Resampling.BOX)
    closed = small.filter(ImageFilter.MaxFilter(WIDEST_STROKE)).filter(
        ImageFilter.MinFilter(WIDEST_STROKE)
    )
    smooth = closed.filter(ImageFilter.GaussianBlur(1.5))
    size = (grey.shape[1], grey.shape[0])
    return np.asarray(smooth.resize(size, Image.Resampling.BICUBIC), np.float64) / 255


def _image(grey: Grey) -> Image.Image:
    """Return a picture in bytes, which Pillow's filters want."""
    return Image.fromarray(np.rint(255 * grey).astype(np.uint8))


def shrunk(photo: Picture, side_px: int) -> Picture:
    """Return a picture of at most this size, each of its pixels the mean of those it covers."""
    if max(photo.shape[:2]) <= side_px:
        return photo
    image = Image.fromarray(photo)
    image.thumbnail((side_px, side_px), Image.Resampling.BOX)
    return np.asarray(image)
