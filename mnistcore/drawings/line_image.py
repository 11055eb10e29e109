"""A strip of a picture as the line reader takes it: 40 pixels high, polarity and contrast evened.

Nothing is thresholded: grey stays grey, and the reader learns what ink is.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from mnistcore.drawings.area_means import local_mean
from mnistcore.drawings.ink import Grey

LINE_HEIGHT_PX = 40
NEIGHBOURHOOD_PX = 12  # on each side: what "locally" means, a third of a digit's height
LEAST_SPREAD, LEAST_LOCAL_SPREAD = 0.02, 0.06  # of full scale: what is flat stays flat
INK_QUANTILE = 0.97
MOST = 3.0

LineImage = npt.NDArray[np.float32]  # (2, 40, W)


def to_line_image(grey: Grey, *, width: int | None = None) -> LineImage:
    """Return a strip for the line reader, its two channels evened as a whole and locally.

    The first is how far each pixel is from the median, to the side where the ink is, as a share of
    how far the ink is (its 97th percentile); the second how far it is from the mean of its
    neighbourhood, in standard deviations of that.

    Args:
        grey: (H, W) in [0, 1], dark or bright ink.
        width: Of the result in pixels; as the strip's proportions have it if not given.

    Returns:
        (2, 40, W) float32, most of it in [-1, 3]; ink is positive.

    >>> strip = np.full((80, 200), 0.9)
    >>> strip[20:60, 100:110] = 0.2
    >>> image = to_line_image(strip)
    >>> image.shape, bool(image[0, 20, 52] > 0.9), float(abs(image[0, 20, 10]))
    ((2, 40, 100), True, 0.0)
    """
    height, own_width = grey.shape
    width = width or max(4, round(own_width * LINE_HEIGHT_PX / height))
    if (height, own_width) != (LINE_HEIGHT_PX, width):
        picture = Image.fromarray(grey.astype(np.float32))
        grey = np.asarray(picture.resize((width, LINE_HEIGHT_PX), Image.Resampling.BILINEAR))
    return normalised(grey.astype(np.float32))


def normalised(grey: npt.NDArray[np.float32]) -> LineImage:
    """Return the two channels of a strip that has the right size already.

    Args:
        grey: (40, W) float32 in [0, 1].
    """
    low, median, high = np.quantile(grey, [1 - INK_QUANTILE, 0.5, INK_QUANTILE])
    least, most = float(grey.min()), float(grey.max())
    # Thin ink on a wide strip is beyond the quantile: what stands out furthest counts as well.
    dark = float(median - low) + 0.5 * float(low - least)
    bright = float(high - median) + 0.5 * (most - float(high))
    sign, spread = (1.0, bright) if bright > dark else (-1.0, dark)
    ink = sign * (grey - np.float32(median))
    whole = np.clip(ink / max(spread, LEAST_SPREAD), -1, MOST)
    mean = local_mean(ink, NEIGHBOURHOOD_PX)
    deviation = np.sqrt(np.maximum(local_mean(ink * ink, NEIGHBOURHOOD_PX) - mean * mean, 0))
    local = np.clip((ink - mean) / np.maximum(deviation, LEAST_LOCAL_SPREAD), -MOST, MOST)
    return np.stack([whole, local]).astype(np.float32)
