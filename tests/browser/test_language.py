"""Another language is chosen: digit, network, place and settings stand as they stood."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, draw, settle
from tests.browser.strokes import ONE, SEVEN, answer_is, await_ink, num_inked_pixels
from tests.browser.test_one_digit import go_on


def test_changing_the_language_keeps_the_digit_the_place_and_the_settings(
    open_elsewhere: OpenElsewhere,
) -> None:
    page = open_elsewhere("convolution?window_part=channels&window_picture=article")
    expect(page.get_by_role("tab", name="Channels")).to_have_attribute("aria-selected", "true")

    page.get_by_role("radio", name="中文").click()

    expect(page.get_by_role("tab", name="通道")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("radio", name="6×6 示例")).to_be_checked()
    expect(page).to_have_url(re.compile("lang=zh"))
    assert "window_part=channels" in page.url
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("tab", name="Channels")).to_have_attribute("aria-selected", "true")
    assert "lang=" not in page.url


def test_a_drawing_and_a_network_survive_another_language(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction?network=~mynet")
    draw(page, SEVEN)
    answer_is(page, "7")
    inked = num_inked_pixels(page)

    page.get_by_role("radio", name="中文").click()

    expect(page.get_by_role("tab", name="手写")).to_be_visible()
    await_ink(page, f"=== {inked}")
    answer_is(page, "7")
    expect(page.get_by_role("combobox", name="网络")).to_have_value("MyNet")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("tab", name="Draw")).to_be_visible()
    await_ink(page, f"=== {inked}")


# What a page stands at, whatever it says: its address, its tab or stop, every control, the digit.
_STATE = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const each = (selector, said) => [...main.querySelectorAll(selector)].map(said);
    const asked = new URL(location.href);
    asked.searchParams.delete("lang");
    return {
        address: asked.pathname + asked.search,
        tabs: each("[role=tab]", (one) => one.ariaSelected),
        checked: each("input:is([type=radio], [type=checkbox])", (one) => one.checked),
        pressed: each("button[aria-checked]", (one) => one.ariaChecked),
        numbers: each("input[type=number]", (one) => one.value),
        sliders: each("[role=slider]", (one) => one.ariaValueNow),
        network: each(".st-key-shared_network_choice input", (one) => one.value),
        digit: each(".shared-digit b", (one) => one.textContent),
    };
}"""


def _change_lesson(page: Page) -> None:
    for number in (2, 3):
        page.locator(".way .next").click()
        spoken = re.compile(f"^Stop {number}:")
        expect(page.locator(".way a[aria-current]")).to_have_attribute("aria-label", spoken)
        settle(page)
    page.get_by_role("slider", name="Stride s").press("ArrowRight")


def _change_convolution(page: Page) -> None:
    page.get_by_role("tab", name="Shared weights").click()
    page.get_by_role("slider", name="Kernels").press("ArrowRight")


def _change_calculator(page: Page) -> None:
    page.get_by_role("spinbutton", name="Kernel size").first.fill("5")
    page.get_by_role("spinbutton", name="Kernel size").first.press("Enter")
    settle(page)
    page.get_by_role("tab", name="Compare").click()


def _change_training(page: Page) -> None:
    page.get_by_text("More settings").click()
    page.get_by_role("spinbutton", name="Seed").fill("7")
    page.get_by_role("spinbutton", name="Seed").press("Enter")


def _change_prediction(page: Page) -> None:
    page.get_by_role("tab", name="Test set").click()
    page.get_by_text("Only mistakes").click()


def _change_inside(page: Page) -> None:
    page.get_by_role("tab", name="Which pixels mattered").click()


CHANGES: dict[str, Callable[[Page], None]] = {
    "Lesson": _change_lesson,
    "Convolution": _change_convolution,
    "Calculator": _change_calculator,
    "Training": _change_training,
    "Prediction": _change_prediction,
    "Inside": _change_inside,
}


def _choose_language(page: Page, name: str, spoken: str) -> None:
    """Choose a language in the menu, which some pages fold, and wait until the page speaks it."""
    unfold = page.get_by_test_id("stExpandSidebarButton")
    if unfold.is_visible():
        unfold.click()
    page.get_by_role("radio", name=name).click()
    expect(page.locator("html")).to_have_attribute("lang", spoken)
    settle(page)


def test_every_page_stands_in_another_language_as_it_stood(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction?network=~mynet")
    draw(page, ONE)
    answer_is(page, "1")

    for name, change in CHANGES.items():
        go_on(page, name)
        first = page.evaluate(_STATE)
        change(page)
        settle(page)
        stood = page.evaluate(_STATE)
        assert stood != first, name
        assert name == "Lesson" or name == "Calculator" or stood["digit"] == ["1"], name

        _choose_language(page, "中文", "zh")
        assert page.evaluate(_STATE) == stood, name
        _choose_language(page, "English", "en")
        assert page.evaluate(_STATE) == stood, name
