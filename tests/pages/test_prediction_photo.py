import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import PAGE, answer
from tests.pictures import BROKEN, KINDS, picture


def open_photo(open_page: OpenPage) -> AppTest:
    return open_page(PAGE, view="photo")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_each_kind_is_read(open_page: OpenPage, kind: str) -> None:
    page = open_photo(open_page)
    assert answer(page) == "–"

    page.file_uploader(key="picture").upload(f"five.{kind.lower()}", picture(5, kind)).run()

    assert not page.exception
    assert answer(page) == "5"


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_a_sentence(open_page: OpenPage, content: bytes) -> None:
    page = open_photo(open_page)

    page.file_uploader(key="picture").upload("five.png", content).run()

    assert not page.exception
    assert page.error[0].value.endswith((".", "file."))


def test_the_light_can_be_left_as_it_fell(open_page: OpenPage) -> None:
    page = open_photo(open_page)
    page.file_uploader(key="picture").upload("five.png", picture(5, "PNG")).run()

    page.toggle(key="photo_light").set_value(False).run()

    assert not page.exception
    assert answer(page) == "5"
