import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, settle
from tests.browser.strokes import answer_is


def test_the_gallery_turns_its_pages_and_filters(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    expect(page.locator(".tile")).to_have_count(60)
    first = page.locator(".tile").first.get_attribute("aria-label")

    page.get_by_role("button", name="Page 2").click()
    expect(page.locator(".tile").first).not_to_have_attribute("aria-label", first or "")
    page.get_by_text("Only mistakes").click()

    expect(page.locator(".tile.right")).to_have_count(0)
    expect(page.locator(".tile.wrong").first).to_contain_text("✗")
    expect(page).to_have_url(re.compile("only_mistakes=true"))
    expect(page).not_to_have_url(re.compile("page=2"))


def test_a_cell_of_the_confusion_matrix_filters_the_gallery(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    cell = page.locator("td button.wrong").first
    count, label, said = re.findall(r"\d+", cell.get_attribute("aria-label") or "")

    cell.click()

    expect(page.locator(".tile")).to_have_count(int(count))
    expect(page.locator(".tile").first).to_have_attribute(
        "aria-label", re.compile(f": {label}, read as {said}, wrong")
    )
    expect(page).to_have_url(re.compile(f"shows={label}&read_as={said}"))
    expect(page.locator("td button[aria-pressed=true]")).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".tile")).to_have_count(60)


def test_the_matrix_and_the_gallery_go_by_keyboard(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    page.locator("td button").first.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("td button:focus")).to_have_attribute(
        "aria-label", re.compile("1 read as 1")
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("shows=1&read_as=1"))
    page.locator(".tile").first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator(".tile").nth(1).get_attribute("aria-label") or ""
    page.keyboard.press("Enter")

    index = re.findall(r"Test digit ([\d,]+)", second)[0].replace(",", "")
    expect(page).to_have_url(re.compile(f"digit={index}(&|$)"))
    expect(page.get_by_role("dialog")).to_contain_text("is labelled 1 and read as 1")


def test_a_digit_opens_walks_on_and_goes_to_the_canvas(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    page.locator(".tile").nth(2).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Test digit 2 is labelled 1")
    expect(dialog.locator(".bars .best").first).to_have_text("1")

    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("Test digit 3 is labelled 0")
    expect(page).to_have_url(re.compile("digit=3"))
    dialog.get_by_role("button", name="Send to the canvas").click()

    expect(dialog).to_have_count(0)
    answer_is(page, "0")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()


def test_what_a_slide_is_read_as_is_in_sight(open_path: OpenPath, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_path("prediction?view=slideshow")

    expect(page.locator(".st-key-slide_tile .said")).to_be_in_viewport(ratio=1)


def test_the_slideshow_steps_stops_and_goes_back(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Slideshow&seconds=0.5+s")
    caption = page.get_by_text(re.compile(r"of 10,000"))
    seen = caption.inner_text()
    page.get_by_text("Play", exact=True).click()

    expect(caption).not_to_have_text(seen)
    page.get_by_text("Play", exact=True).click()
    settle(page)
    seen = caption.inner_text()
    page.evaluate("() => new Promise(done => setTimeout(done, 1500))")  # three slides long
    settle(page)
    expect(caption).to_have_text(seen)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(caption).not_to_have_text(seen)
    page.get_by_role("button", name="Back", exact=True).click()

    expect(caption).to_have_text(seen)
