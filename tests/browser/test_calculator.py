from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenElsewhere, OpenPath, reload, settle


def enter(page: Page, control: str, value: int) -> None:
    field = page.locator(f".st-key-{control} input")
    field.fill(str(value))
    field.press("Enter")
    settle(page)


def test_a_calculation_is_in_the_address_and_comes_back_from_it(open_path: OpenPath) -> None:
    page = open_path("calculator")
    answer = page.locator(".st-key-layer_answer")
    expect(answer).to_contain_text("28 → 14")

    enter(page, "layer_stride", 1)
    enter(page, "layer_kernel_size", 5)

    expect(answer).to_contain_text("28 → 26")
    page.wait_for_url("**layer_kernel_size=5**")
    assert parse_qs(urlsplit(page.url).query) == {
        "layer_stride": ["1"],
        "layer_kernel_size": ["5"],
    }
    reload(page)
    expect(answer).to_contain_text("28 → 26")


def test_an_impossible_layer_is_mended_by_a_click(open_path: OpenPath) -> None:
    page = open_path("calculator?layer_kernel_size=40")
    expect(page.get_by_role("alert")).to_contain_text("spans 40 pixels")

    page.get_by_role("button", name="Take that layer").click()

    expect(page.locator(".st-key-layer_answer")).to_contain_text("28 → 1")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_pytorch_gives_the_same_numbers(open_path: OpenPath) -> None:
    page = open_path("calculator")

    page.get_by_role("button", name="Check in PyTorch").click()

    expect(page.get_by_text("The same to the last digit")).to_be_visible()


def test_windows_and_dropped_pixels_are_drawn(open_path: OpenPath) -> None:
    page = open_path("calculator?layer_size=6&layer_padding=0&layer_stride=2")
    picture = page.locator(".layer")

    expect(picture.locator("figcaption")).to_have_text(["input 6 × 6", "output 2 × 2"])
    expect(picture.locator(".window")).to_have_count(3)
    expect(picture.locator(".dropped")).to_have_count(2)


def test_the_calculator_fits_a_phone(open_path: OpenPath, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_path("calculator")

    width = page.evaluate("document.documentElement.scrollWidth")

    assert width == 390
    expect(page.locator(".st-key-layer_answer")).to_contain_text("28 → 14")


def test_on_a_phone_the_answer_stays_in_sight_while_a_layer_is_changed(
    open_elsewhere: OpenElsewhere,
) -> None:
    page = open_elsewhere("calculator", viewport={"width": 390, "height": 844})
    answer = page.locator(".st-key-layer_answer")
    expect(answer).to_contain_text("28 → 14")

    page.locator(".st-key-layer_stride").scroll_into_view_if_needed()
    page.mouse.move(200, 600)
    page.mouse.wheel(0, 350)
    enter(page, "layer_stride", 1)

    expect(page.locator(".st-key-layer_stride input")).to_be_in_viewport()
    expect(answer).to_be_in_viewport(ratio=1)
    expect(answer).to_contain_text("28 → 28")
