import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, draw, settle
from tests.browser.strokes import WRITTEN, answer_is, narrow


def take_a_thin_pen(page: Page) -> None:
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    page.get_by_role("slider", name="Pen width").press("Home")
    page.keyboard.press("Escape")
    settle(page)


def test_two_digits_are_a_number_with_a_box_and_bars_for_each(open_path: OpenPath) -> None:
    page = open_path("prediction")
    take_a_thin_pen(page)

    draw(page, *narrow("2", 0.08), *narrow("6", 0.6))

    answer_is(page, "26")
    boxes = page.locator(".number button")
    expect(boxes).to_have_count(2)
    expect(page.locator(".bars .best").first).to_have_text("2")
    boxes.nth(1).click()
    expect(boxes.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bars .best").first).to_have_text("6")
    boxes.nth(1).press("ArrowLeft")
    expect(page.locator(".bars .best").first).to_have_text("2")
    places = [box.bounding_box() for box in boxes.all()]
    picture = page.locator(".number img").bounding_box()
    assert picture is not None
    assert all(place is not None and place["x"] >= picture["x"] for place in places)
    page.get_by_role("button", name="Clear").click()
    answer_is(page, "–")
    expect(boxes).to_have_count(0)


def test_a_wide_canvas_keeps_the_drawing_and_has_room_for_more(open_path: OpenPath) -> None:
    page = open_path("prediction")
    take_a_thin_pen(page)
    draw(page, *narrow("4 closed", 0.08), *narrow("0", 0.6))
    answer_is(page, "40")
    canvas = page.locator("canvas.upper-canvas")

    page.locator(".st-key-wide label").click()
    expect(canvas).to_have_css("width", "672px")
    settle(page)
    answer_is(page, "40")
    draw(page, *narrow("7", 0.62, 0.14))  # one stroke: of two, each could be undone
    answer_is(page, "407")
    page.locator(".st-key-undo").get_by_role("button").click()
    answer_is(page, "40")
    page.locator(".st-key-wide label").click()

    expect(canvas).to_have_css("width", "336px")
    answer_is(page, "40")


def test_a_scribble_is_refused_with_a_best_guess(open_path: OpenPath) -> None:
    page = open_path("prediction")
    take_a_thin_pen(page)
    zigzag = [(0.15 + 0.7 * (n % 2), 0.15 + 0.023 * n) for n in range(30)]

    draw(page, zigzag, [(y, x) for x, y in zigzag])

    expect(page.get_by_text(re.compile("not look like a digit"))).to_be_visible()
    expect(page.locator(".answer.guess")).to_have_text(re.compile(r"^\d$"))
    expect(page.locator(".number button")).to_have_count(0)


def test_the_sample_of_a_number_is_read(open_path: OpenPath) -> None:
    page = open_path("prediction")

    page.get_by_role("button", name="The number 42").click()

    answer_is(page, "42")


@pytest.mark.parametrize("path", ["prediction", "network?inside_kind=drawing"])
def test_the_canvas_shows_no_second_toolbar_under_the_mouse(open_path: OpenPath, path: str) -> None:
    page = open_path(path)
    draw(page, *WRITTEN["1"][1])
    settle(page)
    page.locator("canvas.upper-canvas").hover()
    toolbar = page.locator(".dc-toolbar").bounding_box()
    assert toolbar is not None

    above = "([x, y]) => !document.elementFromPoint(x, y).closest('.st-key-drawing-canvas')"

    middle = [toolbar["x"] + toolbar["width"] / 2, toolbar["y"] + toolbar["height"] / 2]
    assert page.evaluate(above, middle)
