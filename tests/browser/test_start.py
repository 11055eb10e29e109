import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, reload
from tests.browser.strokes import ONE, answer_is, draw_by_keys, draw_on_pad
from ui.menu import PAGES

# Whether the pad has ink, and all of it in the colour of the page's text.
INK_IS_THE_TEXTS = """() => {
    const trees = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
    const pad = trees.map((tree) => tree?.querySelector(".pad")).find(Boolean);
    const style = getComputedStyle(pad.getRootNode().host);
    const probe = new OffscreenCanvas(1, 1).getContext("2d");
    probe.fillStyle = style.getPropertyValue("--st-text-color").trim();
    probe.fillRect(0, 0, 1, 1);
    const ink = probe.getImageData(0, 0, 1, 1).data;
    const pixels = pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data;
    const full = [...pixels.keys()].filter((at) => at % 4 == 3 && pixels[at] > 250);
    const isOwn = (at) => [1, 2, 3].every((by) => Math.abs(pixels[at - by] - ink[3 - by]) < 4);
    return full.length > 100 && full.every(isOwn);
}"""

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desk": {"width": 1280, "height": 900},
}


@pytest.mark.parametrize("file", PAGES)
def test_every_page_opens_by_its_own_address(open_path: OpenPath, page: Page, file: str) -> None:
    path = "" if file == "app.py" else file.removeprefix("pages/").removesuffix(".py")

    for screen in SCREENS.values():
        page.set_viewport_size(screen)
        open_path(path)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page).to_have_title(f"{PAGES[file][0]} · Convolution, digit by digit")
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0


def test_a_digit_drawn_over_the_seven_is_read_when_the_pen_lifts(open_path: OpenPath) -> None:
    page = open_path("")
    expect(page.locator(".verdict output")).to_have_text("7")

    draw_on_pad(page, ONE)

    expect(page.locator(".verdict output")).to_have_text("1")
    page.get_by_test_id("stMain").get_by_role("link", name="Prediction").click()
    answer_is(page, "1")


def test_the_digit_takes_the_ink_of_the_other_theme(open_path: OpenPath) -> None:
    page = open_path("")
    page.emulate_media(color_scheme="light")

    for theme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", theme)
        page.wait_for_function(INK_IS_THE_TEXTS)


def test_the_pad_is_cleared_and_drawn_on_by_keys_alone(open_path: OpenPath) -> None:
    page = open_path("")
    expect(page.locator(".verdict output")).to_have_text("7")
    page.locator(".pad").focus()

    page.keyboard.press("Delete")
    expect(page.locator(".verdict output")).to_have_text("–")
    draw_by_keys(page, ["ArrowUp"] * 9, ["ArrowDown"] * 18)

    expect(page.locator(".verdict output")).to_have_text("1")


def test_the_primary_button_leads_into_the_lesson_and_the_menu_to_the_pages(
    open_path: OpenPath,
) -> None:
    page = open_path("")

    page.get_by_role("button", name="See how it did that").click()
    expect(page).to_have_url(re.compile("/lesson[?]stop=1$"))
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")


def test_a_phones_menu_folds_up_behind_a_choice(open_elsewhere: OpenElsewhere) -> None:
    phone = {"width": 390, "height": 844}
    page = open_elsewhere("calculator", has_touch=True, is_mobile=True, viewport=phone)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTop = 600")

    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training", exact=True).tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")
    for again in (False, True):
        if again:
            reload(page)
        expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
