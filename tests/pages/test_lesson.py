"""The lesson as its visitor meets it: seven stops, what they say and draw, their address."""

import pytest

from tests.pages.conftest import OpenPage, component_data
from tests.pages.lesson_page import ONE, PAGE, done, way
from ui.drawing_canvas import _Memory
from ui.lesson.stops import STOPS
from ui.sketches import BLANK


@pytest.mark.parametrize("number", STOPS)
def test_every_stop_says_its_sentence_and_asks_its_task(open_page: OpenPage, number: int) -> None:
    page = open_page(PAGE, stop=str(number))

    assert page.title[0].value == STOPS[number].title
    assert STOPS[number].sentence in [text.value for text in page.markdown]
    assert any(text.value.startswith("**Your turn.**") for text in page.markdown)
    assert way(page)["current"] == number
    assert done(page) == []


def test_the_eleven_points_of_the_article_are_said_in_its_order() -> None:
    points = [
        "fuses neighbouring pixels into a feature",
        "1×1 kernel fuses the channels",
        "as deep as its input",
        "as many kernels as maps come out",
        "⌊(w − k + 2p) / s⌋ + 1",
        "weight sharing saves parameters",
        "H′·W′·K²·N·M",
        "two layers of 3×3 see as far as one of 5×5",
        "three strided convolutions with batch norm and ReLU, and one linear layer",
        "of MNIST's digits Adam moves every one of them a little",
        "argmax takes the largest: that prediction is written on the picture of the digit",
    ]

    lesson = " ".join(stop.sentence for stop in STOPS.values()).replace("\u00a0", " ")

    places = [lesson.index(point) for point in points]
    assert places == sorted(places)
    assert "cross entropy" in lesson[places[9] :]


@pytest.mark.parametrize("number", STOPS)
def test_what_is_folded_is_drawn_when_it_is_unfolded(open_page: OpenPage, number: int) -> None:
    page = open_page(PAGE, stop=str(number))
    assert not page.code

    page.session_state[f"lesson_fold_{number}"] = True
    page.run()

    assert not page.exception
    assert page.code or page.dataframe


@pytest.mark.parametrize("stop", ["1", "2", "7"])
def test_what_is_drawn_is_the_digit_of_the_lesson(open_page: OpenPage, stop: str) -> None:
    name = {"1": "stepper", "2": "channel_sum", "7": "live_network"}[stop]
    page = open_page(PAGE, stop=stop)
    example = component_data(page, name)

    page.session_state["drawing_memory"] = _Memory(history=[BLANK, ONE], place=1)
    page.run()

    assert component_data(page, name) != example
    page.query_params["stop"] = "7"
    page.run()
    assert component_data(page, "live_network")["verdict"]["text"] == "1"


def test_the_lesson_goes_on_where_it_was_left(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="4")

    page.switch_page("app.py").run()
    page.query_params.clear()
    page.switch_page(PAGE).run()

    assert page.title[0].value == STOPS[4].title


@pytest.mark.parametrize("stop", ["0", "8", "x", "99999999999"])
def test_a_stop_that_is_not_there_is_the_first(open_page: OpenPage, stop: str) -> None:
    assert open_page(PAGE, stop=stop).title[0].value == STOPS[1].title


def test_a_teacher_hides_stops_by_the_address(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="3", only="2,4")

    assert [stop["number"] for stop in way(page)["stops"]] == [2, 4]
    assert page.title[0].value == STOPS[2].title
    assert way(page)["stops"][1]["href"] == "?stop=4&only=2,4"


def test_for_a_class_the_menu_goes_and_the_type_grows(open_page: OpenPage) -> None:
    page = open_page(PAGE, stop="2", present="")

    styles = "".join(html.proto.body for html in page.get("html"))
    assert "calc(1.4 *" in styles
    assert way(page)["presents"]
    plain = open_page(PAGE, stop="2")
    assert "calc(1.4 *" not in "".join(html.proto.body for html in plain.get("html"))
