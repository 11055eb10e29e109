"""One drawing through all pages and back, and another one from the last page to the first."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, draw, settle
from tests.browser.strokes import ONE, RING, answer_is, draw_on_pad

PHONE = {"width": 390, "height": 844}


def go_on(page: Page, name: str) -> None:
    """Choose a page in the menu, which the start page folds."""
    unfold = page.get_by_test_id("stExpandSidebarButton")
    if unfold.is_visible():
        unfold.click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
    settle(page)


def is_read_as(page: Page, text: str) -> None:
    """Wait for what the bar says of the digit."""
    expect(page.locator(".shared-digit")).to_have_text(f"Your digit is read as {text}")


def test_one_drawing_goes_through_all_pages_and_back(open_path: OpenPath) -> None:
    page = open_path("")
    expect(page.locator(".verdict output")).to_have_text("7")
    draw_on_pad(page, ONE)
    expect(page.locator(".verdict output")).to_have_text("1")

    for name in ("Convolution", "Calculator", "Training", "Inside"):
        go_on(page, name)
        is_read_as(page, "1")
    expect(page.locator(".bars .best span")).to_have_text("1")
    page.get_by_role("link", name="Draw for it").click()
    answer_is(page, "1")
    is_read_as(page, "1")

    page.get_by_role("button", name="Clear").click()
    answer_is(page, "–")
    draw(page, RING)
    answer_is(page, "0")
    is_read_as(page, "0")
    page.get_by_role("link", name="Look inside").click()
    expect(page.locator(".bars .best span")).to_have_text("0")
    page.get_by_role("link", name="Back to the lesson").click()
    expect(page.locator(".way a[aria-current]")).to_have_attribute("aria-label", "Stop 1: Pixels")
    go_on(page, "Start")
    expect(page.locator(".verdict output")).to_have_text("0")


def test_a_page_stands_still_when_torch_comes(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("convolution?window_picture=Your+drawing", viewport=PHONE)
    digit = page.locator(".shared-digit")
    tabs = page.get_by_role("tablist")
    expect(digit).to_contain_text("is read as")
    page.get_by_role("radio", name="Small grid").wait_for()
    settle(page)
    before = tabs.bounding_box()

    # As before torch has come, and while the page is drawn anew.
    page.locator(".st-key-shared_looks").evaluate("looks => looks.append('Has torch come?')")
    digit.evaluate("digit => digit.remove()")

    assert tabs.bounding_box() == before
