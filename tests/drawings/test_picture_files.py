import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings import picture_files
from mnistcore.drawings.picture_files import png_size, read_picture
from mnistcore.errors import InvalidInputError
from tests.bounds import within_bounds
from tests.pictures import announce, png_of_two_sizes


def picture(mode: str = "L", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A dark stroke at the left edge of light paper."""
    paper = Image.new("L", size, 255)
    paper.paste(0, (5, 5, 10, 35))
    return paper.convert(mode)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
def test_every_common_format_is_read(file_format: str) -> None:
    file = BytesIO()
    picture("RGB").save(file, file_format)

    drawing = read_picture(file)

    assert drawing.shape == (40, 60, 4)
    assert drawing[20, 7, 0] < 30
    assert drawing[20, 30, 0] > 225
    assert (drawing[..., 3] == 255).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_mode_is_read(mode: str) -> None:
    file = BytesIO()
    image = picture("L" if mode == "I;16" else mode)
    if mode == "I;16":  # as scanners have it, nothing of it below 255
        image = Image.fromarray(np.asarray(image, np.uint16) * 200 + 9000)
    image.save(file, "PNG")

    drawing = read_picture(file)

    assert drawing[20, 30, 0] > drawing[20, 7, 0] + 150


def test_a_photo_is_turned_the_way_the_camera_says() -> None:
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: the top of the scene is at the right
    picture().save(file, "JPEG", exif=exif)

    drawing = read_picture(file)

    assert drawing.shape == (60, 40, 4)
    assert drawing[7, 20, 0] < 30


def test_a_large_picture_is_shrunk() -> None:
    file = BytesIO()
    picture(size=(4000, 3000)).save(file, "PNG")

    assert read_picture(file).shape == (768, 1024, 4)


def test_a_picture_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_files, "MAX_PIXELS", 1000)
    file = BytesIO()
    picture().save(file, "PNG")

    with pytest.raises(InvalidInputError, match="60 x 40 pixels, the limit is 1,000"):
        read_picture(file)


@pytest.mark.parametrize("content", [b"", b"seven", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInputError, match=r"not a picture that can be read|damaged"):
        read_picture(BytesIO(content))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "BMP"])
def test_a_torn_picture_is_refused(file_format: str) -> None:
    file = BytesIO()
    Image.effect_noise((200, 200), 50).save(file, file_format)

    with pytest.raises(InvalidInputError, match="damaged"):
        read_picture(BytesIO(file.getvalue()[: len(file.getvalue()) // 2]))


@pytest.mark.parametrize("file_format", ["TIFF", "EPS", "ICO", "PPM", "AVIF", "TGA", "PCX", "PDF"])
def test_only_the_formats_named_are_opened(file_format: str) -> None:
    file = BytesIO()
    picture("RGB").save(file, file_format)

    with pytest.raises(InvalidInputError, match="not a picture that can be read"):
        read_picture(file)


@pytest.mark.parametrize(
    ("size", "file_format", "limit"),
    [
        ((1, 49_999_999), "PNG", "is 20,000 on each side"),
        ((20_001, 1), "BMP", "is 20,000 on each side"),
        ((10_000, 10_000), "PNG", "is 28,000,000 in all"),
        ((19_000, 19_000), "GIF", "is, 28,000,000 in all"),
        ((5000, 4000), "WEBP", "is 16,000,000 in all"),
    ],
)
def test_a_picture_that_would_take_too_much_is_refused_for_little(
    size: tuple[int, int], file_format: str, limit: str
) -> None:
    file = BytesIO()
    picture("L", size=(100, 100)).save(file, file_format, lossless=True)
    content = bytearray(file.getvalue())
    announce(content, file_format, size)

    with within_bounds(), pytest.raises(InvalidInputError, match=f"the limit {limit}"):
        read_picture(BytesIO(content))


@pytest.mark.parametrize("place", [b"IDAT", b"IEND"])
def test_of_a_picture_with_one_transparent_colour_fewer_pixels_are_taken(place: bytes) -> None:
    file = BytesIO()
    Image.new("RGB", (5000, 4000)).save(file, "PNG")
    at = file.getvalue().rindex(place) - 4 if place == b"IEND" else file.getvalue().index(place) - 4
    chunk = b"tRNS" + bytes([0, 1, 0, 1, 0, 1])
    keyed = struct.pack(">I", 6) + chunk + struct.pack(">I", zlib.crc32(chunk))
    content = file.getvalue()[:at] + keyed + file.getvalue()[at:]

    if place == b"IDAT":
        with pytest.raises(InvalidInputError, match="the limit is 18,000,000 in all"):
            read_picture(BytesIO(content))
    else:  # behind the pixels it means nothing
        with within_bounds():
            assert read_picture(BytesIO(content))[0, 0].tolist() == [0, 0, 0, 255]


JPEG, GIF, PNG = b"\xff\xd8", b"GIF89a" + bytes(7), b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("beginning", "part"),
    [
        *((JPEG, part) for part in (b"\xff\xfe\x00\x02", b"\xff", b"\xff\xe1\x00\x08Exif\x00\x00")),
        *((GIF, part) for part in (b"!\xfe\x01a\x00", b"!\xfe" + b"\x01a" * 9, b"junk")),
        *((PNG, bytes(4) + name + bytes(4)) for name in (b"tEXt", b"IDAT", b"abCd")),
    ],
)
def test_a_picture_of_a_million_parts_is_refused_for_little(beginning: bytes, part: bytes) -> None:
    with within_bounds(), pytest.raises(InvalidInputError, match=r"more than [\d,]+ parts"):
        read_picture(BytesIO(beginning + part * 1_000_000))


def test_what_follows_a_picture_is_no_part_of_it() -> None:
    for file_format in ("PNG", "JPEG", "GIF"):
        file = BytesIO()
        picture("RGB").save(file, file_format)

        assert read_picture(BytesIO(file.getvalue() + bytes(100_000))).shape == (40, 60, 4)


def test_a_jpeg_of_many_scans_is_refused_for_little() -> None:
    file = BytesIO()
    picture("RGB", size=(3000, 2000)).save(file, "JPEG", progressive=True)
    content = file.getvalue()
    assert read_picture(BytesIO(content)).shape == (683, 1024, 4)
    last = content.rindex(b"\xff\xda")
    content = content[:-2] + content[last:-2] * 2000 + content[-2:]

    with within_bounds(), pytest.raises(InvalidInputError, match="scans of 6,000,000 pixels"):
        read_picture(BytesIO(content))


def test_a_large_photo_is_made_smaller_as_it_is_decoded() -> None:
    file = BytesIO()
    picture("L", size=(10_000, 7000)).save(file, "JPEG")

    with within_bounds():
        drawing = read_picture(file)

    assert drawing.shape == (717, 1024, 4)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
def test_hundreds_of_damaged_pictures_are_read_or_refused(file_format: str) -> None:
    chance, file = random.Random(17), BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a description"
    picture("RGB").save(file, file_format, **({} if file_format == "BMP" else {"exif": exif}))
    for _ in range(150):
        content = bytearray(file.getvalue())
        for _ in range(chance.choice((1, 1, 3, 20))):
            place = chance.randrange(min(len(content), chance.choice((60, 10_000))))
            content[place] = chance.choice((0, 255, chance.randrange(256)))
        cut = chance.choice((None, None, chance.randrange(len(content))))
        with within_bounds(), suppress(InvalidInputError):
            assert read_picture(BytesIO(content[:cut])).dtype == np.uint8


def test_a_bitmap_packed_by_run_lengths_is_refused_before_it_is_decoded() -> None:
    side, palette = 5200, bytes(1024)
    runs = b"\x01\x07" * 4_000_000  # a pixel each, which Pillow takes one by one
    header = struct.pack("<IHHI", 54 + 1024 + len(runs), 0, 0, 54 + 1024)
    described = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 8, 1, len(runs), 0, 0, 256, 0)
    bitmap = b"BM" + header + described + palette + runs

    with within_bounds(), pytest.raises(InvalidInputError, match="Save it as PNG"):
        read_picture(BytesIO(bitmap))


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="cannot be read"):
        read_picture(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"no file at .*seven\.png"):
        read_picture(tmp_path / "seven.png")


def test_transparency_is_kept() -> None:
    file = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")

    assert np.array_equal(read_picture(file), np.zeros((4, 4, 4), np.uint8))


def test_the_second_of_two_sizes_is_the_one_that_is_decoded() -> None:
    png = png_of_two_sizes((16, 16), (1300, 1200), rows=1200)

    with Image.open(BytesIO(png)) as picture:
        picture.load()
        assert picture.size == (1300, 1200) == png_size(png)


def test_an_endless_picture_is_measured_or_refused_and_never_decoded() -> None:
    with pytest.raises(InvalidInputError):
        png_size(png_of_two_sizes((16, 16), (2**20, 2**20), rows=1))


@pytest.mark.parametrize("png", [b"", b"GIF89a" + bytes(50), b"\x89PNG\r\n\x1a\n", bytes(100)])
def test_what_is_no_png_has_no_size(png: bytes) -> None:
    with pytest.raises(InvalidInputError, match="no PNG"):
        png_size(png)
