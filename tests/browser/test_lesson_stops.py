"""The lesson's stops: their room on every screen and on paper, their address, what lights up."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.conftest import OpenElsewhere, OpenPath
from tests.browser.lesson_steps import STOPS, is_at_stop, room

SCREENS = {"phone": (390, 844), "desk": (1280, 720), "projector": (1920, 1080)}


@pytest.mark.parametrize(
    ("screen", "address"),
    [
        ("phone", ""),
        ("desk", ""),
        ("projector", ""),
        ("desk", "&present"),
        ("projector", "&present"),
    ],
)
def test_nothing_that_a_sentence_speaks_of_lies_below_the_fold(
    open_path: OpenPath, screen: str, address: str
) -> None:
    width, height = SCREENS[screen]
    page = open_path(f"lesson?stop=1{address}")
    page.set_viewport_size({"width": width, "height": height})

    for number in STOPS:
        go_to_stop(page, number)
        measures = room(page)

        assert measures["wide"] <= 0, (number, measures)
        if screen == "phone":
            # The sentence, and most of the picture below it.
            seen = min(measures["bottom"], height) - measures["top"]
            assert seen > 0.45 * height, (number, measures)
        else:
            assert measures["scrolls"] <= 0, (number, measures)
            assert measures["below"] <= measures["window"], (number, measures)
            assert measures["overhang"] <= 1, (number, measures)
            least = 0.28 if address else 0.45  # before a class the words are what is large
            assert measures["bottom"] - measures["top"] > least * height, (number, measures)


def go_to_stop(page: Page, number: int) -> None:
    page.locator(f'.way ol a[href^="?stop={number}"]').click()
    is_at_stop(page, number)
    expect(
        page.locator(".st-key-lesson_picture canvas, .st-key-lesson_picture svg").first
    ).to_be_visible()


def test_a_stop_prints_on_one_page(open_path: OpenPath) -> None:
    page = open_path("lesson")

    for number in STOPS:
        go_to_stop(page, number)
        sheet = page.pdf(format="A4", landscape=True)

        assert re.findall(rb"/Count (\d+)", sheet) == [b"1"], number


def test_a_page_that_was_taken_back_goes_where_its_address_says(open_path: OpenPath) -> None:
    page = open_path("lesson?stop=1")
    is_at_stop(page, 1)

    page.evaluate("history.replaceState(null, '', '?stop=3')")

    is_at_stop(page, 3)


def test_a_click_that_was_lost_on_its_way_is_asked_again(server: str, page: Page) -> None:
    lost: list[str | bytes] = []
    is_torn = False

    def relay(route: WebSocketRoute) -> None:
        app = route.connect_to_server()
        route.on_message(lambda told: lost.append(told) if is_torn else app.send(told))

    page.route_web_socket(re.compile("_stcore/stream"), relay)
    page.goto(f"{server}/lesson?stop=1")
    is_at_stop(page, 1)

    is_torn = True
    page.locator(".way .next").click()
    page.wait_for_timeout(500)
    is_torn = False

    assert lost
    is_at_stop(page, 2)


def test_the_picture_of_the_first_stop_plays_without_having_the_page_drawn_anew(
    open_path: OpenPath, page: Page
) -> None:
    asked: list[BackMsg] = []

    def note(told: bytes | str) -> None:
        assert isinstance(told, bytes)
        asked.append(BackMsg.FromString(told))

    page.on("websocket", lambda socket: socket.on("framesent", note))
    open_path("lesson?stop=1")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider", name="Position of the window").press("ArrowRight")
    page.wait_for_timeout(1000)  # longer than a picture waits before it reports

    whole = [one.rerun_script for one in asked if one.HasField("rerun_script")]
    assert [one.widget_states.widgets for one in whole if not one.fragment_id] == [[]]


def test_whoever_wants_no_motion_gets_the_end_at_once(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("lesson?stop=1", reduced_motion="reduce")

    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".total output")).not_to_have_text("0")


def test_a_term_of_the_formula_and_its_place_light_up_together(open_path: OpenPath) -> None:
    page = open_path("lesson?stop=3")
    term = page.locator(".letters .term[data-term=k]")
    place = page.locator(".mark[data-term=k]")

    term.hover()
    expect(place).to_have_class(re.compile("lit"))
    expect(page.locator(".says")).to_contain_text("the kernel's width: 3 pixels")
    place.hover()

    expect(term).to_have_class(re.compile("lit"))
