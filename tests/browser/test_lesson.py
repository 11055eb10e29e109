"""The lesson walked by keyboard alone, by touch alone, and by a clicker before a class."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath
from tests.browser.lesson_steps import (
    STOPS,
    arrow_to,
    is_at_stop,
    is_solved,
    named,
    result,
    room,
    second_largest,
    tab_to,
)
from tests.browser.strokes import draw_by_keys

SOBEL_X = "Kernel 4, row by row: -1 0 1; -2 0 2; -1 0 1"
AT_REST_MS = 250  # in which nothing moves


def choose(page: Page, text: str) -> None:
    """Reach a button by Tab, and press it."""
    tab_to(page, named(text))
    page.keyboard.press("Enter")


def answer(page: Page, first: str, text: str) -> None:
    """Reach a row of answers by its first one, go on to another, and choose it."""
    tab_to(page, named(first))
    arrow_to(page, named(text))
    page.keyboard.press("Enter")


def test_all_seven_stops_are_walked_by_keyboard_alone(open_path: OpenPath) -> None:
    page = open_path("lesson")

    is_at_stop(page, 1)
    choose(page, SOBEL_X)
    expect(result(page)).to_contain_text("It is gone")
    is_solved(page, 1)
    page.keyboard.press("ArrowRight")

    is_at_stop(page, 2)
    answer(page, "36", "576")
    expect(result(page)).to_contain_text("16 kernels of 4 slices of 9 weights are 576")
    page.keyboard.press("PageDown")

    is_at_stop(page, 3)
    tab_to(page, named("Stride s"))
    page.keyboard.press("ArrowRight")
    expect(result(page)).to_contain_text("Now it is 2×2, as the article says")
    tab_to(page, named("what PyTorch says"))
    page.keyboard.press("ArrowRight")

    is_at_stop(page, 4)
    answer(page, "160", "160")
    expect(result(page)).to_contain_text("Still 160")
    page.keyboard.press("PageDown")

    is_at_stop(page, 5)
    answer(page, "Two layers", "Two layers")
    choose(page, "Measure")
    expect(result(page)).to_contain_text("times as long as one")
    if "The clock says the opposite" in result(page).inner_text():
        answer(page, "Two layers", "One layer")
    is_solved(page, 5)
    page.keyboard.press("PageDown")

    is_at_stop(page, 6)
    expect(page.locator(".wall li")).to_have_count(20)
    choose(page, "Train")
    expect(result(page)).to_contain_text("From now on, this network reads your digit")
    expect(page.get_by_text(re.compile("^Trained: it reads 9[5-9]"))).to_be_visible()
    is_solved(page, 6)
    page.keyboard.press("PageDown")

    is_at_stop(page, 7)
    expect(page.get_by_text(re.compile("^lesson-.*, the network you trained"))).to_be_visible()
    tab_to(page, named("The pad to draw"))
    page.keyboard.press("Delete")
    draw_by_keys(page, ["ArrowUp"] * 9, ["ArrowDown"] * 18)
    expect(page.locator(".verdict output")).to_have_text("1")
    expect(page.locator(".prediction")).to_have_text("1")
    expect(page.locator(".remark")).to_have_text(re.compile("^lesson-.* is .* sure$"))
    choose(page, f"{second_largest(page)}:")
    expect(result(page)).to_contain_text("has the second largest sum")
    for number in STOPS:
        is_solved(page, number)


def test_all_seven_stops_are_walked_by_touch_alone(open_elsewhere: OpenElsewhere) -> None:
    phone = {"width": 390, "height": 844}
    page = open_elsewhere("lesson", has_touch=True, is_mobile=True, viewport=phone)
    onward = page.locator(".way .next")

    is_at_stop(page, 1)
    page.get_by_role("button", name=SOBEL_X).tap()
    is_solved(page, 1)
    onward.tap()

    is_at_stop(page, 2)
    page.get_by_role("radio", name="576").tap()
    is_solved(page, 2)
    onward.tap()

    is_at_stop(page, 3)
    slide_to(page, "Stride s", 0.5)
    is_solved(page, 3)
    onward.tap()

    is_at_stop(page, 4)
    page.get_by_role("radio", name="160", exact=True).tap()
    is_solved(page, 4)
    onward.tap()

    is_at_stop(page, 5)
    page.get_by_role("radio", name="Two layers of 3×3").tap()
    page.get_by_role("button", name="Measure").tap()
    expect(result(page)).to_contain_text("times as long as one")
    if "The clock says the opposite" in result(page).inner_text():
        page.get_by_role("radio", name="One layer of 5×5").tap()
    is_solved(page, 5)
    onward.tap()

    is_at_stop(page, 6)
    page.get_by_role("button", name="Train", exact=True).tap()
    is_solved(page, 6)
    stop = page.get_by_role("button", name="Stop", exact=True)
    ended = page.get_by_text(re.compile("^Stopped|^Trained"))
    expect(stop.or_(ended).first).to_be_visible()
    if not ended.is_visible():  # it may have come to its end meanwhile
        stop.tap()
    expect(ended).to_be_visible()
    onward.tap()

    is_at_stop(page, 7)
    draw_by_finger(page, [(0.5, 0.2), (0.5, 0.8)])
    expect(page.locator(".verdict output")).to_have_text("1")
    expect(page.locator(".remark")).to_have_text(re.compile("^lesson-.* is .* sure$"))
    page.locator(".outputs button").nth(second_largest(page)).tap()
    is_solved(page, 7)


def slide_to(page: Page, name: str, share: float) -> None:
    """Tap a slider's track at a share of its length, once nothing above it pushes it on."""
    track = page.get_by_test_id("stSlider").filter(has_text=name)
    track.scroll_into_view_if_needed()
    box = before = None
    while box is None or box != before:
        before = box
        page.wait_for_timeout(AT_REST_MS)
        box = track.bounding_box()
    thumb = track.get_by_role("slider").bounding_box()
    assert box is not None
    assert thumb is not None
    page.touchscreen.tap(box["x"] + share * box["width"], thumb["y"] + thumb["height"] / 2)


def draw_by_finger(page: Page, stroke: list[tuple[float, float]]) -> None:
    """Draw on the pad with touches, which Playwright leaves to the browser's own protocol."""
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)
    (x, y), (to_x, to_y) = stroke
    for step in range(11):
        share = step / 10
        place = {
            "x": box["x"] + box["width"] * (x + (to_x - x) * share),
            "y": box["y"] + box["height"] * (y + (to_y - y) * share),
        }
        kind = "touchMove" if step else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_clicker_walks_the_lesson_before_a_class(open_path: OpenPath) -> None:
    page = open_path("lesson?stop=1&present")
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert float(size.removesuffix("px")) == pytest.approx(1.4 * 16, abs=0.1)

    for number in (2, 3, 4):
        page.keyboard.press("PageDown")
        is_at_stop(page, number)
        assert room(page)["scrolls"] <= 0
    page.keyboard.press("PageUp")
    is_at_stop(page, 3)

    assert "present" in page.url
    page.get_by_role("button", name="Leave").click()
    expect(page).to_have_url(re.compile(r"lesson\?stop=3$"))
