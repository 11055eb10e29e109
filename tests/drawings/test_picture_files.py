from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnistcore.drawings import picture_files
from mnistcore.drawings.picture_files import read_picture
from mnistcore.errors import InvalidInputError


def picture(mode: str = "L", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A dark stroke at the left edge of light paper."""
    paper = Image.new("L", size, 255)
    paper.paste(0, (5, 5, 10, 35))
    return paper.convert(mode)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
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
    picture(mode).save(file, "PNG")

    drawing = read_picture(file)

    assert drawing[20, 30, 0] > drawing[20, 7, 0]


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


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"no file at .*seven\.png"):
        read_picture(tmp_path / "seven.png")


def test_transparency_is_kept() -> None:
    file = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")

    assert np.array_equal(read_picture(file), np.zeros((4, 4, 4), np.uint8))
