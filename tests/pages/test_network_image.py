"""What goes into the network: a drawing, one digit of a number, a file, changed on demand."""

import numpy as np
import pytest

from tests.ascii_drawings import DIGITS, drawing
from tests.pages.conftest import OpenPage, component_data
from tests.pages.network_page import PAGE, html, opened
from tests.pages.prediction_page import CANVAS, as_the_canvas_sends_it
from tests.pictures import photo_in_uneven_light
from ui.networks import READER


def test_the_drawing_of_the_prediction_page_goes_in(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    page.session_state[CANVAS] = as_the_canvas_sends_it(drawing(DIGITS[5], side_px=336))
    page.run()

    page.switch_page(PAGE)
    page.query_params["inside_at"] = "10.7"
    page.query_params["inside_kind"] = "drawing"
    page.run()

    assert not page.exception
    assert "<tr class=result><td>5</td>" in html(page)


def test_of_a_drawn_number_one_digit_goes_in(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    both = np.hstack([drawing(DIGITS[digit], side_px=336)[:, 60:276] for digit in (5, 7)])
    page.session_state[CANVAS] = as_the_canvas_sends_it(both)
    page.run()

    page.switch_page(PAGE)
    page.query_params["inside_at"] = "10.7"
    page.query_params["inside_kind"] = "drawing"
    page.run()
    choice = next(box for box in page.selectbox if box.label == "Which digit of 57")

    assert choice.options == ["5, 1 of 2", "7, 2 of 2"]
    assert "<tr class=result><td>5</td>" in html(page)
    choice.select_index(1).run()
    assert not page.exception
    assert "<tr class=result><td>7</td>" in html(page)


def test_what_says_that_there_is_no_digit_may_be_the_answer(open_page: OpenPage) -> None:
    page = open_page("pages/prediction.py")
    cross = np.zeros((336, 336, 4), np.uint8)
    cross[160:176, 40:296] = cross[40:296, 160:176] = 255
    page.session_state[CANVAS] = as_the_canvas_sends_it(cross)
    page.run()

    page.switch_page(PAGE)
    page.query_params["inside_network"] = READER.address
    page.query_params["inside_kind"] = "drawing"
    page.run()

    answer = component_data(page, "stage_row")["blocks"][-1]["layers"][-1]
    assert answer["names"][answer["best"]] == "–"


@pytest.mark.parametrize("tab", ["pixels", "learning"])
def test_no_file_yet_is_no_error(open_page: OpenPage, tab: str) -> None:
    page = opened(open_page, kind="file", view=tab)

    assert "an empty picture goes in" in page.caption[0].value


def test_before_anything_is_drawn_the_seven_of_all_pages_goes_in(open_page: OpenPage) -> None:
    page = opened(open_page, kind="drawing", at="10.7")

    assert "an empty picture" not in page.caption[0].value
    assert "A 7 to begin with is read as <b>7</b>" in html(page)


def test_a_file_that_is_no_picture_is_a_sentence(open_page: OpenPage) -> None:
    page = opened(open_page, kind="file")

    page.file_uploader[0].upload("digit.png", b"no picture", "image/png").run()

    assert not page.exception
    assert "not a picture that can be read" in page.error[0].value


def test_a_photo_in_uneven_light_is_cleaned_first(open_page: OpenPage) -> None:
    page = opened(open_page, kind="file", at="10.7")

    page.file_uploader[0].upload("seven.png", photo_in_uneven_light(7), "image/png").run()

    assert "<tr class=result><td>7</td>" in html(page)


def test_a_changed_digit_changes_what_is_seen(open_page: OpenPage) -> None:
    page = opened(open_page, at="0.3.5.6")
    before = page.header[0].value

    page.slider(key="inside_turn").set_value(45.0).run()
    assert page.header[0].value != before

    next(button for button in page.button if button.label == "As it was").click().run()
    assert page.header[0].value == before
