"""The picture that a browser reports of its canvas: checked, since anybody can report anything."""

import base64
import binascii

from mnistcore.drawings.picture_files import png_size
from mnistcore.errors import InvalidInputError

BEGINS = "data:image/png;base64,"
BYTES_A_PIXEL = 5  # RGBA takes four, where nothing can be packed; the rest is what is around it


def picture_in(url: str, most_wide_px: int, most_high_px: int) -> bytes:
    """Return the PNG that an address holds, whose pixels are yet to be decoded.

    Args:
        url: As `canvas.toDataURL()` gives it.
        most_wide_px: Of the canvas at its widest.
        most_high_px: The same for its height.

    Raises:
        InvalidInputError: It is no PNG, or is larger than the canvas.

    >>> picture_in("data:image/png;base64,AAAA", 336, 336)
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The canvas reported no PNG. Draw the stroke again.
    """
    most_characters = len(BEGINS) + BYTES_A_PIXEL * most_wide_px * most_high_px * 4 // 3
    if len(url) > most_characters:
        raise InvalidInputError(
            "The canvas reported {length:,} characters, and its picture has at most {most:,}. "
            "Draw the stroke again.",
            length=len(url),
            most=most_characters,
        )
    try:
        png = base64.b64decode(url.removeprefix(BEGINS), validate=True)
        width, height = png_size(png)
    except (binascii.Error, InvalidInputError):
        raise InvalidInputError("The canvas reported no PNG. Draw the stroke again.") from None
    if not (0 < width <= most_wide_px and 0 < height <= most_high_px):
        raise InvalidInputError(
            "The canvas reported a picture of {width:,} × {height:,} pixels, and has at most "
            "{most_wide} × {most_high}. Draw the stroke again.",
            width=width,
            height=height,
            most_wide=most_wide_px,
            most_high=most_high_px,
        )
    return png
