"""How large a PNG is, asked of the decoder that would decode it."""

import warnings
from io import BytesIO

from PIL import Image

from mnistcore.errors import InvalidInputError


def png_size(png: bytes) -> tuple[int, int]:
    """Return a PNG's width and height in pixels; nothing is decoded, no memory set aside.

    A file can say two sizes, one after the other: what counts is the one that Pillow obeys.

    Raises:
        InvalidInputError: It is no PNG, its beginning is broken, or it is far too large.

    >>> file = BytesIO()
    >>> Image.new("L", (300, 200)).save(file, "PNG")
    >>> png_size(file.getvalue())
    (300, 200)
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(png), formats=("PNG",)) as picture:
                return picture.size
    except Image.DecompressionBombError as error:
        raise InvalidInputError("its picture has far more pixels than are decoded") from error
    except Exception as error:  # decoders stumble over a broken file in every way there is
        raise InvalidInputError("its picture is no PNG") from error
