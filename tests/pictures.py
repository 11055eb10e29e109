"""Picture files as people have them, whole and broken."""

from io import BytesIO

from PIL import Image

from tests.drawings import DIGITS, drawing

KINDS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def picture(digit: int, kind: str) -> bytes:
    file = BytesIO()
    paper = drawing(DIGITS[digit], ink=(20, 30, 90, 255), paper=(235, 230, 225, 255))
    opaque = Image.fromarray(paper).convert("RGB")
    (opaque.quantize(16) if kind == "GIF" else opaque).save(file, kind)
    return file.getvalue()


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
