"""The browser's way back on the convolution page: what stood in the address stands there again."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPath, settle
from tests.browser.convolution_steps import SMALL, place


def test_the_window_goes_back_to_where_it_was(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_at=1,1")
    for key, at in {"Home": "0%2C0", "End": "3%2C3"}.items():
        page.locator(".output canvas").press(key)
        expect(page).to_have_url(re.compile(f"window_at={at}$"))
        settle(page)

    for at in ("Row 1, column 1", "Row 2, column 2"):
        page.go_back()
        expect(place(page)).to_contain_text(f"{at} of the output")
        settle(page)

    page.go_forward()
    expect(place(page)).to_contain_text("Row 1, column 1 of the output")
    page.wait_for_timeout(600)  # what is reported is so half a second after the window's last step
    settle(page)
    expect(page).to_have_url(re.compile("window_at=0%2C0$"))


def test_a_map_of_another_size_moves_nothing_in_the_address(open_path: OpenPath) -> None:
    page = open_path("convolution?window_padding=1&window_at=13,15")
    stride = page.get_by_label("Stride")

    for size, at in {"3": "Row 6, column 6", "2": "Row 8, column 9"}.items():
        stride.fill(size)
        stride.press("Enter")
        expect(place(page)).to_contain_text(f"{at} of the output")
        page.wait_for_timeout(600)
        settle(page)
        expect(page).to_have_url(re.compile("window_at=13(,|%2C)15"))

    stride.fill("1")
    stride.press("Enter")
    expect(place(page)).to_contain_text("Row 14, column 16 of the output")


def test_play_goes_on_when_the_page_runs(open_path: OpenPath) -> None:
    page = open_path("convolution?window_at=0,0")
    page.locator(".stepper select").select_option("slow")
    page.get_by_role("button", name="Play (space bar)").click()

    page.get_by_label("Bias").fill("1")
    page.get_by_label("Bias").press("Enter")
    expect(page).to_have_url(re.compile("window_bias=1"))
    settle(page)
    before = place(page).inner_text()

    expect(place(page)).not_to_have_text(before)
    expect(page.locator(".play")).to_have_text("Pause")


def test_a_grids_cut_rows_come_back(open_path: OpenPath) -> None:
    page = open_path("convolution?window_picture=grid")
    page.get_by_text("Change the picture's numbers").click()
    size = page.get_by_test_id("stSlider").get_by_role("slider")
    fields = page.locator(".grid input")
    expect(fields).to_have_count(64)
    fields.nth(7).fill("7")
    fields.nth(7).press("Tab")
    expect(page).to_have_url(re.compile("0%2C7%3B"))
    settle(page)

    size.press("ArrowLeft")
    expect(fields).to_have_count(49)
    expect(page).not_to_have_url(re.compile("0%2C7%3B"))
    settle(page)
    page.go_back()

    expect(fields).to_have_count(64)
    expect(fields.nth(7)).to_have_value("7")
    settle(page)
    expect(page).to_have_url(re.compile("0%2C7%3B"))
    expect(size).to_have_value("8")
