"""Picture files, as people have them, to drawings."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from mnistcore.errors import InvalidInputError

MAX_PIXELS = 50_000_000  # a phone's largest photo; what is above is more likely a trap
WORKING_SIDE_PX = 1024  # a digit is 20 pixels in the end: larger pictures are shrunk first


def read_picture(source: Path | BinaryIO) -> npt.NDArray[np.uint8]:
    """Read a PNG, JPEG, WebP, BMP, GIF or TIFF file, of any size and colour mode.

    Args:
        source: A path, or a file opened for reading bytes.

    Returns:
        (H, W, 4) uint8 RGBA, upright, at most 1,024 pixels on its longer side.

    Raises:
        InvalidInputError: There is no such file, it is no picture, broken, or too large.

    >>> from io import BytesIO
    >>> file = BytesIO()
    >>> Image.new("L", (300, 200)).save(file, "PNG")
    >>> read_picture(file).shape
    (200, 300, 4)
    """
    try:
        with Image.open(source) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise InvalidInputError(
                    f"The picture has {picture.width:,} x {picture.height:,} pixels, the limit is "
                    f"{MAX_PIXELS:,} in all. Choose a smaller one."
                )
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except FileNotFoundError:
        raise InvalidInputError(f"There is no file at {source}. Check the path.") from None
    except UnidentifiedImageError:
        raise InvalidInputError(
            "The file is not a picture that can be read. Use PNG, JPEG, WebP, BMP or GIF."
        ) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError(
            f"The picture is damaged ({error}). Save or export it again and try that file."
        ) from error
    upright.thumbnail((WORKING_SIDE_PX, WORKING_SIDE_PX))
    return np.asarray(upright)
