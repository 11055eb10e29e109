"""How bright a picture's paper is at each place, how noisy, and which way ink stands out of it.

No torch.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from mnistcore.drawings.ink import Grey

LIGHT_SIDE_PX = 96  # light changes slowly: it is estimated on so few pixels
WIDEST_STROKE = 11  # of these; wider ink would be taken for a shadow
POLARITY_SIDE_PX, POLARITY_REACH, LEAST_REACH_PX = 256, 0.12, 3  # what a place is compared with
BORDER = 0.16  # of the picture: a frame or a table there says nothing of the ink

Kind = TypeVar("Kind", bound=np.generic)


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


def darkness(grey: Grey) -> tuple[Grey, float, float]:
    """Return by what share each place is darker than its paper; what bare paper is, its noise.

    Args:
        grey: (H, W) in [0, 1], ink dark.
    """
    paper = np.maximum(paper_of(grey), 0.02)
    darker = np.clip(1 - grey / paper, 0, 1)
    bare = float(np.median(darker))
    noise = 1.4826 * float(np.median(abs(darker - bare)))  # of a normal distribution
    return darker, bare, noise


def ink_is_bright(grey: Grey) -> bool:
    """Tell chalk on slate from pencil on paper: what stands out locally stands out one way.

    Args:
        grey: (H, W) in [0, 1].
    """
    small = _image(grey)
    small.thumbnail((POLARITY_SIDE_PX, POLARITY_SIDE_PX), Image.Resampling.BOX)
    inner = Image.fromarray(inner_part(np.asarray(small)))
    reach = max(LEAST_REACH_PX, round(POLARITY_REACH * max(inner.size)))
    detail = np.asarray(inner, np.float64) - np.asarray(inner.filter(ImageFilter.BoxBlur(reach)))
    return bool((detail**3).mean() > 0)


def inner_part(values: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """Return what lies away from the border, where a frame or a table may be."""
    down, across = (round(BORDER * side) for side in values.shape)
    return values[down : len(values) - down, across : values.shape[1] - across]


def _image(grey: Grey) -> Image.Image:
    """Return a picture in bytes, which Pillow's filters want."""
    return Image.fromarray(np.rint(255 * grey).astype(np.uint8))
