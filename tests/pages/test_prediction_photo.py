from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from mnistcore.drawings.picture_files import read_picture
from tests.pages.conftest import OpenPage
from tests.pages.prediction_page import PAGE, answer
from tests.pictures import BROKEN, KINDS, picture
from tests.reading.test_page import NUMBERS, sheet
from tests.reading.test_photo import picture as sheet_picture


def open_photo(open_page: OpenPage) -> AppTest:
    return open_page(PAGE, view="photo")


def remarks(page: AppTest) -> str:
    return "\n".join(text.value for text in page.markdown)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_each_kind_is_read(open_page: OpenPage, kind: str) -> None:
    page = open_photo(open_page)
    assert answer(page) == "–"

    page.file_uploader(key="picture").upload(f"five.{kind.lower()}", picture(5, kind)).run()

    assert not page.exception
    assert answer(page) == "5"


def test_a_picture_is_decoded_once_and_another_one_anew(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[object] = []

    def read(file: BytesIO) -> object:
        decoded.append(file)
        return read_picture(file)

    monkeypatch.setattr("ui.prediction.photo.read_picture", read)
    page = open_photo(open_page)
    page.file_uploader(key="picture").upload("five.png", picture(5, "PNG")).run()
    page.toggle(key="photo_specks").set_value(False).run()
    assert (answer(page), len(decoded)) == ("5", 1)

    page.file_uploader(key="picture").upload("seven.png", picture(7, "PNG")).run()

    assert (answer(page), len(decoded)) == ("7", 2)


def test_a_picture_outlasts_a_look_at_another_page_until_it_is_removed(
    open_page: OpenPage,
) -> None:
    page = open_photo(open_page)
    page.file_uploader(key="picture").upload("five.png", picture(5, "PNG")).run()

    page.switch_page("pages/calculator.py").run()
    page.switch_page(PAGE).run()

    assert page.file_uploader(key="picture").value is None
    assert answer(page) == "5"
    page.button(key="photo_remove").click().run()
    assert answer(page) == "–"
    page.file_uploader(key="picture").upload("seven.png", picture(7, "PNG")).run()
    assert answer(page) == "7"


def test_a_picture_taken_out_of_its_place_is_gone(open_page: OpenPage) -> None:
    page = open_photo(open_page)
    page.file_uploader(key="picture").upload("five.png", picture(5, "PNG")).run()

    page.file_uploader(key="picture").set_value(None).run()

    assert answer(page) == "–"


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


def test_a_picture_on_which_nothing_is_written_is_told_so(open_page: OpenPage) -> None:
    file = BytesIO()
    Image.new("L", (90, 60), 200).save(file, "PNG")
    page = open_photo(open_page)
    assert "Choose a picture" in remarks(page)

    page.file_uploader(key="picture").upload("blank.png", file.getvalue()).run()

    assert answer(page) == "–"
    assert "Nothing is written here" in remarks(page)
    assert "Choose a picture" not in remarks(page)


def test_two_numbers_of_a_line_stand_apart(open_page: OpenPage) -> None:
    file, twice = BytesIO(), np.hstack([sheet(), sheet()])
    Image.fromarray(sheet_picture(twice)).save(file, "PNG")
    page = open_photo(open_page)

    page.file_uploader(key="picture").upload("sheet.png", file.getvalue()).run()

    assert answer(page) == f"{NUMBERS[0]} · {NUMBERS[0]}"
    assert page.dataframe[0].value["Number"].tolist() == [one for one in NUMBERS for _ in range(2)]


def test_a_sheet_is_read_line_by_line(open_page: OpenPage) -> None:
    file = BytesIO()
    Image.fromarray(sheet_picture(sheet())).save(file, "PNG")
    page = open_photo(open_page)

    page.file_uploader(key="picture").upload("sheet.png", file.getvalue()).run()

    assert not page.exception
    assert answer(page) == NUMBERS[0]
    assert page.dataframe[0].value["Number"].tolist() == list(NUMBERS)
    page.selectbox(key="photo_line").select_index(2).run()
    assert answer(page) == NUMBERS[2]
    assert not page.exception
