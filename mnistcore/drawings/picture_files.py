"""Picture files, as people have them or as somebody made them to do harm, to drawings.

A file is asked for its size before it is decoded, one is decoded at a time, and only by decoders
named here: of the others that Pillow knows, some run programs or take what memory a file asks for.
"""

import threading
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from mnistcore.errors import InvalidInputError, shortened

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
MAX_FILE_BYTES = 120_000_000
MAX_SIDE_PX = 20_000
MAX_PIXELS = 28_000_000  # at eight bytes each while it is shrunk
MAX_KEYED_PIXELS = 18_000_000  # of three colours, of which one is transparent: at twelve bytes each
MAX_WEBP_PIXELS = 16_000_000  # its decoder holds each three times
MAX_PHOTO_PIXELS = 110_000_000  # of a JPEG in one scan, which is made smaller as it is decoded
MAX_SCANNED_PIXELS = 300_000_000  # of a JPEG in several: each goes over the whole picture
MOST_PARTS, BYTES_TO_A_PART = 2_000, 4_096  # of a file, and one more for so many bytes
WORKING_SIDE_PX = 1024  # a digit is 20 pixels in the end: larger pictures are shrunk first

_one_at_a_time = threading.Lock()


def read_picture(
    source: Path | BinaryIO, formats: tuple[str, ...] = FORMATS
) -> npt.NDArray[np.uint8]:
    """Read a PNG, JPEG, WebP, BMP or GIF file, of any colour mode.

    Args:
        source: A path, or a file opened for reading bytes.
        formats: Of these, by Pillow's names.

    Returns:
        (H, W, 4) uint8 RGBA, upright, at most 1,024 pixels on its longer side.

    Raises:
        InvalidInputError: There is no such file, it is no picture, broken, or too large.

    >>> file = BytesIO()
    >>> Image.new("L", (300, 200)).save(file, "PNG")
    >>> read_picture(file).shape
    (200, 300, 4)
    """
    content = _content(source)
    _check_parts(content)
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limits are below
            with Image.open(BytesIO(content), formats=formats) as picture:
                _check_size(picture, content)
                return _decoded(picture)
    except InvalidInputError:
        raise
    except Image.DecompressionBombError:
        raise InvalidInputError(
            "The picture has far more pixels than the limit is, {max_pixels:,} in all. Choose a "
            "smaller one.",
            max_pixels=MAX_PIXELS,
        ) from None
    except UnidentifiedImageError:
        raise InvalidInputError(
            "The file is not a picture that can be read. Use PNG, JPEG, WebP, BMP or GIF."
        ) from None
    except Exception as error:  # decoders stumble over a broken file in every way there is
        raise InvalidInputError(
            "The picture is damaged ({error}). Save or export it again and try that file.",
            error=shortened(str(error) or type(error).__name__),
        ) from error


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
    _check_parts(png)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(png), formats=("PNG",)) as picture:
                return picture.size
    except Image.DecompressionBombError as error:
        raise InvalidInputError("its picture has far more pixels than are decoded") from error
    except Exception as error:  # decoders stumble over a broken file in every way there is
        raise InvalidInputError("its picture is no PNG") from error


def _content(source: Path | BinaryIO) -> bytes:
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        else:
            source.seek(0)
            content = source.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise InvalidInputError(
            "There is no file at {source}. Check the path.", source=shortened(str(source))
        ) from None
    except OSError as error:
        raise InvalidInputError(
            "The picture cannot be read: {error}. Check the path.", error=error
        ) from None
    if len(content) > MAX_FILE_BYTES:
        raise InvalidInputError(
            "The picture's file is longer than {max_file_bytes:,} bytes. Choose a smaller one.",
            max_file_bytes=MAX_FILE_BYTES,
        )
    return content


def _check_parts(content: bytes) -> None:
    """Refuse a file of a great many parts before Pillow goes through them one by one, in Python."""
    most = MOST_PARTS + len(content) // BYTES_TO_A_PART
    for beginning, parts in _PARTS.items():
        if (
            content.startswith(beginning)
            and sum(1 for _ in islice(parts(content), most + 1)) > most
        ):
            raise InvalidInputError(
                "The picture's file has more than {most:,} parts, which no camera and no program "
                "makes. Save it again as PNG.",
                most=most,
            )


def _parts_of_png(content: bytes) -> Iterator[int]:
    """Go through the places of a PNG's chunks, up to its end behind pixels."""
    place, has_pixels = 8, False
    while place < len(content):
        yield place
        name = content[place + 4 : place + 8]
        if name == b"IEND" and has_pixels:
            return
        has_pixels = has_pixels or name == b"IDAT"
        place += 12 + int.from_bytes(content[place : place + 4], "big")


def _parts_of_jpeg(content: bytes) -> Iterator[int]:
    """Go through the places of a JPEG's segments, and of what is between them, up to its pixels."""
    place = 2
    while place < len(content):
        yield place
        marker = content[place : place + 2]
        if marker == b"\xff\xda":
            return
        if marker[:1] != b"\xff" or marker[1:] in (b"\xff", b"\x00"):
            place += 1
        elif b"\xd0" <= marker[1:] <= b"\xd9":
            place += 2
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")


def _parts_of_gif(content: bytes) -> Iterator[int]:
    """Go through the places of a GIF's blocks and their parts, up to its first picture."""
    palette = content[10] if len(content) > 10 else 0
    place = 13 + (3 << ((palette & 7) + 1) if palette & 128 else 0)
    while place < len(content) and content[place] != ord(","):
        yield place
        is_block = content[place] == ord("!")
        place += 2 if is_block else 1
        while is_block and place < len(content):
            yield place
            is_block, place = content[place] > 0, place + 1 + content[place]


_PARTS: dict[bytes, Callable[[bytes], Iterator[int]]] = {
    b"\x89PNG": _parts_of_png,
    b"\xff\xd8": _parts_of_jpeg,
    b"GIF8": _parts_of_gif,
}


def _check_size(picture: ImageFile.ImageFile, content: bytes) -> None:
    """Refuse a picture for what its file announces, before memory is set aside for it."""
    if any(tile[0] in Image.DECODERS for tile in picture.tile):  # those that Pillow has in Python
        raise InvalidInputError(
            "The picture is a {format} of a kind that takes minutes to decode, packed by run "
            "lengths. Save it as PNG.",
            format=picture.format,
        )
    size = {"width": picture.width, "height": picture.height}
    if max(picture.size) > MAX_SIDE_PX:
        raise InvalidInputError(
            "The picture has {width:,} x {height:,} pixels, the limit is {most:,} on each side. "
            "Choose a smaller one.",
            most=MAX_SIDE_PX,
            **size,
        )
    num_pixels = picture.width * picture.height
    most = MAX_WEBP_PIXELS if picture.format == "WEBP" else MAX_PIXELS
    if picture.mode == "RGB" and "transparency" in picture.info:
        most = min(most, MAX_KEYED_PIXELS)
    if picture.format in ("JPEG", "MPO"):
        num_scans = content.count(b"\xff\xda")
        if num_scans * num_pixels > MAX_SCANNED_PIXELS and num_scans > 1:
            raise InvalidInputError(
                "The picture has {num_scans:,} scans of {num_pixels:,} pixels, the limit is "
                "{max_scanned_pixels:,} in all. Save it as an ordinary JPEG.",
                num_scans=num_scans,
                num_pixels=num_pixels,
                max_scanned_pixels=MAX_SCANNED_PIXELS,
            )
        if num_scans == 1 and "progressive" not in picture.info:
            most = MAX_PHOTO_PIXELS
    if num_pixels > most:
        raise InvalidInputError(
            "The picture has {width:,} x {height:,} pixels, the limit is {most:,} in all. Choose a "
            "smaller one.",
            most=most,
            **size,
        )


def _decoded(picture: Image.Image) -> npt.NDArray[np.uint8]:
    working_size = (WORKING_SIDE_PX, WORKING_SIDE_PX)
    picture.draft(None, working_size)  # a JPEG is decoded at an eighth, a quarter or half its size
    known = dict(picture.info)
    picture.load()
    if picture.mode.startswith("I"):  # 16 bits for each pixel, which Pillow would cut off at 255
        picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    if "transparency" not in known:  # said behind the pixels, where PNG does not allow it
        picture.info.pop("transparency", None)
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("L", "LA", "RGB", "RGBA", "CMYK"):
        picture = picture.convert("L" if len(picture.getbands()) == 1 else "RGB")
    picture.thumbnail(working_size)
    return np.asarray(ImageOps.exif_transpose(picture).convert("RGBA"))
