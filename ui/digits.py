"""Digits and other small pictures as HTML that follows the page's theme. No streamlit, no torch.

They travel inside the page. Ink is dark on white where the theme is light, and bright on black
where it is dark; `colours.css` sees to that.
"""

import base64
from io import BytesIO
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from ui.colours import MINUS, PLUS, rgb

Picture = npt.NDArray[np.uint8]  # (H, W) or (H, W, 4)
Digit = npt.NDArray[np.uint8]  # (H, W), bright ink on black
Signed = npt.NDArray[np.float64]  # (H, W)


class Drawn(Protocol):
    """How a picture is drawn: `ink` or `photo`."""

    def __call__(self, picture: Picture, /, *, side_px: int, label: str) -> str:
        """Return it as HTML, in a square."""


def answer(text: str, *, doubtful: bool = False) -> str:
    """Return the answer, large; smaller and paler if it is no more than a guess."""
    classes = "answer guess" if doubtful else "answer number" if len(text) > 1 else "answer"
    return f'<div class="{classes}" style="--length: {len(text)}">{text}</div>'


def photo(picture: Picture, *, side_px: int, label: str) -> str:
    """Return a picture in a square, in its own colours."""
    return _image(picture, (side_px, side_px), label, "pixels photo")


def ink(digit: Digit, *, side_px: int, label: str) -> str:
    """Return a digit in a square, every pixel a sharp one."""
    return f'<span class="ink">{_image(digit, (side_px, side_px), label, "pixels")}</span>'


def signed(
    values: Signed,
    *,
    side_px: int,
    label: str,
    largest: float | None = None,
    power: float = 1,
) -> str:
    """Return a picture of signed numbers: transparent at 0, blue above, orange below.

    Args:
        values: (H, W).
        side_px: Of the longer side.
        label: For those who do not see it.
        largest: The number with the full colour; the largest there is if None.
        power: Below 1, faint numbers show.

    >>> signed(np.eye(2), side_px=20, label="two dots").count("<img")
    1
    """
    values = np.atleast_2d(values)
    pixels = signed_pixels(values, largest=largest, power=power)
    height, width = (round(side_px / max(values.shape) * side) for side in values.shape)
    return _image(pixels, (width, height), label, "pixels signed")


def signed_pixels(values: Signed, *, largest: float | None = None, power: float = 1) -> Picture:
    """Return signed numbers as colours, (H, W, 4): blue above 0, orange below, stronger further.

    >>> signed_pixels(np.array([[2.0, -1.0]]))[0, :, 3].tolist()
    [255, 128]
    """
    top = float(np.abs(values).max()) if largest is None else largest
    pixels = np.empty((*values.shape, 4), np.uint8)
    pixels[..., :3] = np.where((values >= 0)[..., None], rgb(PLUS), rgb(MINUS))
    pixels[..., 3] = np.rint(255 * np.clip(np.abs(values) / (top or 1), 0, 1) ** power)
    return pixels


def shrunk(picture: Picture, side_px: int) -> Picture:
    """Return a picture of at most this size, each of its pixels the mean of those it covers.

    >>> shrunk(np.zeros((400, 200, 4), np.uint8), 100).shape
    (100, 50, 4)
    """
    small = Image.fromarray(picture)
    small.thumbnail((side_px, side_px), Image.Resampling.BOX)
    return np.asarray(small)


def data_uri(picture: Picture) -> str:
    """Return a picture as an address that holds the picture itself."""
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return png_uri(file.getvalue())


def png_uri(png: bytes) -> str:
    """Return a PNG as an address that holds it."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _image(picture: Picture, size: tuple[int, int], label: str, classes: str) -> str:
    width, height = size
    return (
        f'<img class="{classes}" decoding="sync" src="{data_uri(picture)}" alt="{label}" '
        f'width="{width}" height="{height}">'
    )
