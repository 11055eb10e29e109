import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, draw, settle

SEVEN = [(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]
ONE = [(0.5, 0.2), (0.5, 0.8)]


def answer(page: Page) -> str:
    return page.locator(".st-key-answer").inner_text().strip()


def test_a_digit_drawn_with_the_mouse_is_read(open_path: OpenPath) -> None:
    page = open_path("prediction")
    expect(page.locator(".st-key-answer")).to_have_text("–")

    draw(page, SEVEN)

    expect(page.locator(".st-key-answer")).to_have_text("7")
    expect(page.locator(".bars .best").first).to_have_text("7")
    expect(page.locator(".bars .track")).to_have_count(10)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".st-key-answer")).to_have_text("–")
    draw(page, ONE)
    expect(page.locator(".st-key-answer")).to_have_text("1")


def test_a_drawing_survives_a_setting_and_a_visit_to_another_page(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    expect(page.locator(".st-key-answer")).to_have_text("7")

    page.get_by_role("slider").press("ArrowRight")
    settle(page)
    expect(page.locator(".st-key-answer")).to_have_text("7")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Prediction").click()

    expect(page.locator(".st-key-answer")).to_have_text("7")
    draw(page, [(0.1, 0.1), (0.12, 0.12)])  # the strokes are there to be gone on with
    settle(page)
    ink = "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
    ink += ".data].filter((value, i) => i % 4 == 0 && value > 200).length"
    assert page.locator("canvas.dc-canvas.lower-canvas").evaluate(ink) > 3000


def test_the_gallery_turns_its_pages_and_filters(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    expect(page.locator(".tile")).to_have_count(60)
    first = page.locator(".tile img").first.get_attribute("src")

    page.get_by_role("button", name="Page 2").click()
    expect(page.locator(".tile img").first).not_to_have_attribute("src", first or "")
    page.get_by_text("Only mistakes").click()

    expect(page.locator(".tile.right")).to_have_count(0)
    expect(page.locator(".tile.wrong").first).to_contain_text("✗")
    expect(page).to_have_url(re.compile("only_mistakes=true"))


def test_the_slideshow_steps_and_stops(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Slideshow")
    caption = page.get_by_text(re.compile(r"of 10,000"))
    seen = caption.inner_text()

    expect(caption).not_to_have_text(seen)
    page.get_by_text("Play", exact=True).click()
    settle(page)
    seen = caption.inner_text()
    page.wait_for_timeout(2500)  # two slides long

    expect(caption).to_have_text(seen)
