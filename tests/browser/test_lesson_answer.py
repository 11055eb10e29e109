"""The last stop: its pad keeps its place, and what is told is about what is drawn."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath
from tests.browser.lesson_steps import result, second_largest
from tests.browser.strokes import ONE, draw_on_pad


def test_the_sums_wait_for_the_pen_and_ink_on_ink_is_answered_too(open_path: OpenPath) -> None:
    page = open_path("lesson?stop=7")
    sums = page.locator(".outputs button")
    expect(sums.first).to_be_enabled()

    for _ in range(2):
        page.locator(".pad").scroll_into_view_if_needed()
        box = page.locator(".pad").bounding_box()
        assert box is not None
        x, y, height = box["x"] + box["width"] / 2, box["y"], box["height"]
        page.mouse.move(x, y + 0.2 * height)
        page.mouse.down()
        assert sums.evaluate_all("rows => rows.every((row) => row.disabled)")
        page.mouse.move(x, y + 0.8 * height, steps=8)
        page.mouse.up()
        expect(sums.first).to_be_enabled()
        expect(page.locator(".verdict output")).to_have_text("1")


def room_of_pad(page: Page) -> list[int]:
    """Return where the pad lies, in whole pixels."""
    box = page.locator(".pad").bounding_box()
    assert box is not None
    return [round(box[side]) for side in ("x", "y", "width", "height")]


def test_a_digit_of_two_strokes_finds_the_pad_where_it_was(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("lesson?stop=7", reduced_motion="reduce")
    sums = page.locator(".outputs button")
    expect(sums.first).to_be_enabled()
    place = room_of_pad(page)

    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".remark")).to_have_text("Nothing is drawn yet")
    assert room_of_pad(page) == place

    page.locator(".pad").hover()
    page.mouse.down()
    expect(page.locator(".remark")).to_have_text("")  # which was of what is no more
    page.mouse.up()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".remark")).to_have_text("Nothing is drawn yet")

    draw_on_pad(page, ONE)
    assert room_of_pad(page) == place
    expect(page.locator(".remark")).to_have_text("MyNet is more than 99.9% sure")
    assert room_of_pad(page) == place


def test_what_was_asked_goes_with_the_digit_it_was_asked_about(
    open_elsewhere: OpenElsewhere,
) -> None:
    page = open_elsewhere("lesson?stop=7", reduced_motion="reduce")
    sums = page.locator(".outputs button")
    expect(sums.first).to_be_enabled()
    sums.nth(second_largest(page)).click()
    expect(result(page)).to_contain_text("Yes")

    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".remark")).to_have_text("Nothing is drawn yet")
    expect(result(page)).to_have_text("")
    draw_on_pad(page, ONE)

    expect(page.locator(".verdict output")).to_have_text("1")
    expect(result(page)).to_have_text("")
    expect(sums.nth(1)).to_have_attribute("aria-pressed", "true")
