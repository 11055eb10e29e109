"""A digit drawn on a phone is seen on the screen whose code was typed, and nowhere else."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, draw, settle
from tests.browser.strokes import ONE, RING, SEVEN, answer_is, draw_by_touch, draw_on_pad
from tests.browser.test_one_digit import go_on

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


def ask_for_code(page: Page) -> str:
    """Have a page show what phones draw; return its code."""
    page.get_by_role("button", name="On a phone").click()
    page.get_by_role("button", name="Show here what phones draw").click()
    code = page.locator(".st-key-phone_strip strong").inner_text().replace(" ", "")
    page.keyboard.press("Escape")
    return code


def type_code(phone: Page, code: str) -> None:
    """Type a code on a phone's start page."""
    phone.get_by_role("button", name="On a phone").tap()
    phone.get_by_label("Send what is drawn here to a screen: its code").fill(code)
    phone.get_by_role("button", name="Send it there").tap()
    settle(phone)


def draw_with_a_finger(phone: Page, *strokes: list[tuple[float, float]]) -> None:
    settle(phone)
    pad = phone.locator(".pad")
    pad.evaluate("pad => pad.scrollIntoView({block: 'center'})")
    draw_by_touch(pad, *strokes)


@pytest.fixture
def screen(open_path: OpenPath) -> Page:
    page = open_path("")
    expect(page.locator(".verdict output")).to_have_text("7")
    return page


def test_a_digit_drawn_on_a_phone_is_read_on_the_screen(
    screen: Page, open_elsewhere: OpenElsewhere
) -> None:
    code = ask_for_code(screen)
    phone, stranger = open_elsewhere("", **PHONE), open_elsewhere("")
    type_code(phone, code.lower())
    expect(phone.locator(".st-key-phone_strip")).to_contain_text(
        f"Your drawings go to {code[:4]} {code[4:]}"
    )
    phone.keyboard.press("Escape")

    draw_with_a_finger(phone, ONE)

    expect(phone.locator(".verdict output")).to_have_text("1")
    expect(screen.locator(".verdict output")).to_have_text("1")
    expect(screen.locator(".st-key-phone_strip")).to_contain_text("Drawn on a phone")
    expect(stranger.locator(".verdict output")).to_have_text("7")

    draw_on_pad(screen, [(0.2, 0.1), (0.8, 0.1)])  # the screen's own pen goes on over it
    expect(screen.locator(".st-key-phone_strip")).not_to_contain_text("Drawn on a phone")
    phone.locator(".clear").tap()
    draw_with_a_finger(phone, RING)
    expect(screen.locator(".verdict output")).to_have_text("0")


def test_the_link_leads_to_the_screen_whatever_page_it_is_on(
    screen: Page, open_elsewhere: OpenElsewhere
) -> None:
    code = ask_for_code(screen)
    go_on(screen, "Prediction")
    phone = open_elsewhere(f"?to={code}", **PHONE)
    go_on(phone, "Prediction")

    draw(phone, RING)

    answer_is(screen, "0")
    expect(screen.locator(".st-key-phone_strip")).to_contain_text("Drawn on a phone")
    expect(phone).to_have_url(re.compile(f"to={code}"))


def test_a_wrong_code_and_one_that_is_over_are_told_of(
    screen: Page, open_elsewhere: OpenElsewhere
) -> None:
    phone = open_elsewhere("?to=AAAAA", **PHONE)
    expect(phone.locator(".st-key-phone_strip")).to_contain_text("No screen shows the code 'AAAAA'")
    code = ask_for_code(screen)
    type_code(phone, code)
    screen.locator(".st-key-phone_stop").get_by_role("button").click()

    expect(phone.locator(".st-key-phone_strip")).to_contain_text(f"The code {code} is over.")
    expect(screen.locator(".st-key-phone_strip")).to_have_count(0)
    phone.keyboard.press("Escape")
    draw_with_a_finger(phone, SEVEN)
    expect(phone.locator(".verdict output")).to_have_text("7")
