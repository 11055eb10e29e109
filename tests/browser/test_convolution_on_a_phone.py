"""The convolution page on a phone: nothing lies beside the screen, a finger moves and paints."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, settle
from tests.browser.convolution_steps import PHONE, SMALL, place, point_at, written_sum

TOUCHED: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def test_a_phone_shows_every_part_without_scrolling_sideways(
    open_path: OpenPath, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    open_path("convolution")
    parts = page.get_by_test_id("stMain").get_by_role("tab")
    expect(parts).to_have_count(4)

    for number in range(4):
        parts.nth(number).click()
        settle(page)
        expect(page.locator("figure canvas, figure svg").first).to_be_visible()
        overflow = page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main.scrollWidth - main.clientWidth; }"
        )

        assert overflow <= 0, parts.nth(number).text_content()


def test_a_finger_moves_the_window(open_elsewhere: OpenElsewhere) -> None:
    phone = open_elsewhere(f"{SMALL}&window_at=0,0", **TOUCHED)
    expect(place(phone)).to_contain_text("Row 1, column 1 of the output")

    phone.touchscreen.tap(*point_at(phone, ".output canvas", 0.9, 0.9))

    expect(place(phone)).to_contain_text("Row 4, column 4 of the output")


def test_a_finger_paints_without_scrolling_the_page(open_elsewhere: OpenElsewhere) -> None:
    phone = open_elsewhere("convolution?window_picture=Your+drawing", **TOUCHED)
    expect(phone.get_by_text("Draw here")).to_be_visible()
    finger = phone.context.new_cdp_session(phone)
    start, end = (point_at(phone, ".input canvas", down, 0.5) for down in (0.7, 0.2))

    for kind, places in (("Start", [start]), ("Move", [end]), ("End", [])):
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    expect(phone.get_by_text("Draw here")).to_be_hidden()
    expect(phone).to_have_url(re.compile("window_at=25%2C25"))
    assert point_at(phone, ".input canvas", 0.2, 0.5) == end
    made, said = written_sum(phone)
    assert made == said
