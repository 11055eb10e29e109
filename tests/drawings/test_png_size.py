from io import BytesIO

import pytest
from PIL import Image

from mnistcore.drawings.png_size import png_size
from mnistcore.errors import InvalidInputError
from tests.pictures import png_of_two_sizes


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
