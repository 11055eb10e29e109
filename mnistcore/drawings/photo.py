"""A photo of something written, cleaned into a drawing: without form lines and specks, lit evenly.

What comes out is dark ink on white paper, for `preprocessing` to go on with. A picture that is lit
evenly already, a screenshot or a scan, keeps its colours. No torch.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.area_means import local_mean
from mnistcore.drawings.form_lines import form_lines
from mnistcore.drawings.ink import Grey, background_of, composite, drawn_ink, edge_of
from mnistcore.drawings.ink_parts import find_parts, split_off_specks
from mnistcore.drawings.paper import darkness, ink_is_bright, inner_part
from mnistcore.drawings.preprocessing import check_drawing

PhotoStep = Literal["form_lines", "light", "specks"]
PHOTO_STEPS: tuple[PhotoStep, ...] = get_args(PhotoStep)

Picture = npt.NDArray[np.uint8]  # (H, W, 4) RGBA

WORKING_SIDE_PX = 512  # a photo is shrunk to it before the light is looked at
LINES_SIDE_PX = 256  # lines of a form are looked for on so many pixels
FAINTEST_LINE = 0.08  # of the paper: a line of a form is darker than it by so much,
LINE_LEVELS = 4.0  # and by so many standard deviations of its noise: lines are long
REACH_PX = 8  # around a line: paper that is like the paper under it, if there is any
STRONGEST = 0.998  # the quantile that is the strongest ink
EVEN, EVEN_FRACTION = 0.03, 0.97  # of full scale; of the pixels along the edge
NOISE_LEVELS = 5.0  # ink is darker than the paper by so many standard deviations of its noise,
FAINTEST_STROKE = 0.3  # and by so much of what the darkest ink is
FAINTEST_PART = 0.6  # of the strongest ink, where a part is strongest


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
        without: Steps left out. `form_lines` puts paper where lines of a form, of a grid or a
            table's edge were; `light` divides by how bright the paper is at each place, and drops
            what the camera's noise explains; `specks` takes away dust, faint lines, and what the
            frame cuts off.

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
    if "form_lines" not in without:
        drawing = pictures["form_lines"] = remove_form_lines(drawing)
    if "light" not in without:
        drawing = pictures["light"] = even_light(drawing)
    if "specks" not in without:
        drawing = pictures["specks"] = remove_specks(drawing)
    return PhotoTrace(pictures, drawing)


def remove_form_lines(photo: Picture) -> Picture:
    """Return a photo with paper where lines of a form, a grid or a table's edge were.

    Args:
        photo: (H, W, 4) uint8 RGBA.
    """
    grey = composite(shrunk(photo, LINES_SIDE_PX)).mean(axis=2)  # (H, W, 3) -> (H, W)
    if ink_is_bright(grey):
        grey = 1 - grey
    darker, bare, noise = darkness(grey)
    strongest = float(np.quantile(inner_part(darker), STRONGEST)) - bare
    solid = darker > bare + max(LINE_LEVELS * noise, FAINTEST_LINE, FAINTEST_STROKE * strongest)
    lines = form_lines(solid)
    if not lines.any():
        return photo
    lines, ink = (_as_large(bits, photo) for bits in (lines, solid | lines))
    clean = photo.copy()
    clean[lines] = _bare_paper(photo, ink)[lines]
    return clean


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
    if ink_is_bright(grey):
        grey = 1 - grey
    darker, bare, noise = darkness(grey)
    darkest = float(np.quantile(darker, STRONGEST))
    threshold = max(NOISE_LEVELS * noise, FAINTEST_STROKE * darkest) + bare
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
    ink = drawn_ink(drawing)
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


def _as_large(bits: npt.NDArray[np.bool_], photo: Picture) -> npt.NDArray[np.bool_]:
    size = (photo.shape[1], photo.shape[0])
    return np.asarray(Image.fromarray(bits).resize(size, Image.Resampling.NEAREST), bool)


def _bare_paper(photo: Picture, ink: npt.NDArray[np.bool_]) -> Picture:
    """Return the mean of the nearest paper around each place, without the ink on it."""
    is_paper = (~ink).astype(np.float64)
    paper, is_open, reach = photo.copy(), ink.copy(), REACH_PX
    while is_open.any() and not ink.all():
        share = local_mean(is_paper, reach)
        found = is_open & (share > 0.5 / (2 * reach + 1) ** 2)
        for channel in range(photo.shape[2]):
            around = local_mean(photo[..., channel] * is_paper, reach)
            paper[..., channel][found] = np.rint(around[found] / share[found]).clip(0, 255)
        is_open &= ~found
        reach *= 2
    return paper


def _is_even(picture: Grey) -> bool:
    edge = edge_of(picture)
    return bool((abs(edge - np.median(edge, axis=0)).max(axis=1) < EVEN).mean() >= EVEN_FRACTION)


def shrunk(photo: Picture, side_px: int) -> Picture:
    """Return a picture of at most this size, each of its pixels the mean of those it covers."""
    if max(photo.shape[:2]) <= side_px:
        return photo
    image = Image.fromarray(photo)
    image.thumbnail((side_px, side_px), Image.Resampling.BOX)
    return np.asarray(image)
