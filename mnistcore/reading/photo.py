"""A picture file to what is written on it, line by line."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from mnistcore.drawings.photo import clean_photo
from mnistcore.drawings.picture_files import read_picture
from mnistcore.reading.classifier import Classifier, load_classifier
from mnistcore.reading.number import NumberReading, read_number


@dataclass(frozen=True)
class PhotoReading:
    """What is written on a picture.

    Attributes:
        lines: From top to bottom; one for now, and that with no digits where the picture is blank.
    """

    lines: tuple[NumberReading, ...]


def read_photo(file: Path | str | BinaryIO, classifier: Classifier | None = None) -> PhotoReading:
    """Read the digit or number on a photo or picture, cleaned of its light and specks first.

    Args:
        file: A PNG, JPEG, WebP, BMP or GIF file: its path, or opened for reading bytes.
        classifier: Whom to ask; the shipped one if not given, loaded once.

    Raises:
        InvalidInputError: There is no such file, it is no picture, broken, or too large.

    >>> from io import BytesIO
    >>> from PIL import Image, ImageDraw
    >>> picture, file = Image.new("L", (200, 100), "white"), BytesIO()
    >>> ImageDraw.Draw(picture).line([(100, 20), (96, 80)], fill="black", width=6)
    >>> picture.save(file, "PNG")
    >>> [line.text for line in read_photo(file).lines]
    ['1']
    """
    source = Path(file) if isinstance(file, str) else file
    drawing = clean_photo(read_picture(source)).drawing
    return PhotoReading((read_number(classifier or _shipped_classifier(), drawing),))


@cache
def _shipped_classifier() -> Classifier:
    return load_classifier()
