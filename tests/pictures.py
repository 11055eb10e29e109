"""Picture files as people have them, whole and broken."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from tests.ascii_drawings import DIGITS, drawing

KINDS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def picture(digit: int, kind: str) -> bytes:
    file = BytesIO()
    paper = drawing(DIGITS[digit], ink=(20, 30, 90, 255), paper=(235, 230, 225, 255))
    opaque = Image.fromarray(paper).convert("RGB")
    (opaque.quantize(16) if kind == "GIF" else opaque).save(file, kind)
    return file.getvalue()


def photo_in_uneven_light(digit: int) -> bytes:
    """A digit in pencil on white paper, at whose right end a quarter of the light is left."""
    paper = drawing(DIGITS[digit], ink=(120, 120, 120, 255), paper=(250, 250, 250, 255))
    light = np.linspace(1, 0.25, paper.shape[1])[:, None]
    file = BytesIO()
    Image.fromarray((paper[..., :3] * light).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def png_of_two_sizes(first: tuple[int, int], second: tuple[int, int], rows: int) -> bytes:
    """A PNG of black that says a size and then another; only so many rows are in it."""
    line = bytes(1 + (second[0] + 7) // 8)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", *first, 1, 0, 0, 0, 0)),
        (b"IHDR", struct.pack(">IIBBBBB", *second, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(line * rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


def announce(content: bytearray, file_format: str, size: tuple[int, int]) -> None:
    """Write another size into a header, each format in its own way."""
    width, height = size
    match file_format:
        case "PNG":
            content[16:24] = struct.pack(">II", width, height)
            content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
        case "GIF":  # of the screen, and of the first picture on it
            place = content.index(b"\x2c", 13)
            content[6:10] = content[place + 5 : place + 9] = struct.pack("<HH", width, height)
        case "BMP":
            content[18:26] = struct.pack("<ii", width, height)
        case "WEBP":  # VP8L: 14 bits each, less one
            content[21:25] = struct.pack("<I", (width - 1) | (height - 1) << 14)


BROKEN = {
    "empty": b"",
    "a text": b"not a picture at all",
    "half a JPEG": picture(5, "JPEG")[:400],
    "half a PNG": picture(5, "PNG")[:200],
    "a PNG's header alone": picture(5, "PNG")[:8],
    "half a GIF": picture(5, "GIF")[:100],
    "half a WebP": picture(5, "WEBP")[:60],
    "half a BMP": picture(5, "BMP")[:60],
    "a page": b"<html><body>7</body></html>",
    "a vector picture": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "an archive": b"PK\x03\x04" + bytes(100),
    "a PNG with its middle gone": picture(5, "PNG")[:300] + b"\xff" * 900,
}
