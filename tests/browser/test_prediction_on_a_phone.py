"""The prediction page on a phone: whole on its screen, and drawn on with a finger."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenElsewhere, draw
from tests.browser.strokes import ONE, SEVEN, Place, Stroke, answer_is

LOWER_CANVAS = "canvas.dc-canvas.lower-canvas"
FIRST_AND_LAST_INKED_COLUMN = """canvas => {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const columns = [...Array(width).keys()].filter((x) =>
        data.some((value, i) => i % 4 == 0 && value > 200 && (i / 4) % width == x));
    return [columns[0] / width, columns.at(-1) / width];
}"""


def test_the_canvas_is_whole_on_the_narrowest_phone(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction", viewport={"width": 320, "height": 640})
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320

    draw(page, [(0.85, 0.2), (0.85, 0.8)])

    answer_is(page, "1")
    left, right = page.locator(LOWER_CANVAS).evaluate(FIRST_AND_LAST_INKED_COLUMN)
    assert (left + right) / 2 == pytest.approx(0.85, abs=0.02)  # under the pen


def test_a_finger_draws_and_nothing_scrolls_away(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere(
        "prediction",
        **{"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    )
    for part in (page.locator("canvas.upper-canvas"), page.locator(".st-key-answer")):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    touch(page, SEVEN)

    answer_is(page, "7")
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop + scrollY"
    assert page.evaluate(scrolled) == 0
    page.locator(".st-key-undo").get_by_role("button").tap()
    answer_is(page, "–")
    touch(page, ONE)
    answer_is(page, "1")
    page.get_by_role("button", name="Clear").tap()
    answer_is(page, "–")


def touch(page: Page, stroke: Stroke) -> None:
    """Draw with a finger, by the browser's own touch events."""
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)

    def send(kind: str, *places: Place) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    send("touchStart", places[0])
    for (x0, y0), (x1, y1) in pairwise(places):
        for part in range(1, 11):
            send("touchMove", (x0 + (x1 - x0) * part / 10, y0 + (y1 - y0) * part / 10))
    send("touchEnd")
