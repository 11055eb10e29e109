"""The calculator's tabs "A network" and "Compare" in a real browser."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, reload, settle

TAB = "calculator?calculation=A+network"


def enter(page: Page, control: str, text: str) -> None:
    field = page.locator(f".st-key-{control} input")
    field.fill(text)
    field.press("Enter")
    settle(page)


def choose(page: Page, control: str, option: str) -> None:
    box = page.locator(f".st-key-{control} input")
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_a_network_is_in_the_address_and_comes_back_from_it(open_path: OpenPath) -> None:
    page = open_path(TAB)
    answer = page.locator(".st-key-network_totals")
    expect(answer).to_contain_text("33,770")

    choose(page, "network_preset", "LeNet-5")
    expect(answer).to_contain_text("61,706")
    page.wait_for_url("**network=*")

    assert parse_qs(urlsplit(page.url).query)["network"][0].startswith("Conv2d(1, 6, 5, padding=2)")
    reload(page)
    expect(answer).to_contain_text("61,706")


def test_another_tab_keeps_the_network(open_path: OpenPath) -> None:
    page = open_path(TAB)
    choose(page, "network_preset", "LeNet-5")

    page.get_by_role("tab", name="Compare").click()
    settle(page)
    choose(page, "compare_a", "Your network")
    expect(page.get_by_role("cell", name="61,706")).to_be_visible()
    page.get_by_role("tab", name="A network").click()
    settle(page)

    expect(page.locator(".st-key-network_totals")).to_contain_text("61,706")


def test_a_click_on_a_row_selects_its_layer(open_path: OpenPath) -> None:
    page = open_path(TAB)
    table = page.locator(".st-key-network_table")
    # The grid is drawn on a canvas; its cells are in the page for screen readers only.
    expect(table.locator("td").first).to_be_attached()
    box = table.bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + 120, box["y"] + 35 + 17)  # the first row below the head
    settle(page)

    # The form of the layer left stands beside the new one until the script has run.
    expect(
        page.locator("[class*=st-key-network_argument_out_channels] [value='16']")
    ).to_be_visible()
    expect(page.locator(".seen .box")).to_have_count(2)


def test_an_impossible_layer_is_kept_and_mended_by_a_click(open_path: OpenPath) -> None:
    page = open_path(f"{TAB}&network=Conv2d(1,16,3)%0AMaxPool2d(40)")
    expect(page.get_by_role("alert")).to_contain_text("Line 2: MaxPool2d")
    expect(page.locator(".st-key-network_totals")).to_contain_text("16 × 26 × 26")

    page.get_by_role("button", name="Take that layer").click()

    expect(page.locator(".st-key-network_totals")).to_contain_text("16 × 1 × 1")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_downloaded_can_be_opened_again(open_path: OpenPath, tmp_path: Path) -> None:
    page = open_path(f"{TAB}&network=Conv2d(1,16,3)")
    page.get_by_text("Take it along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=False).first.click()
    file = tmp_path / "network.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["layers"][0]["kind"] == "Conv2d"

    open_path(TAB)
    page.get_by_text("Take it along").click()
    page.locator(".st-key-network_file input[type=file]").set_input_files(file)

    expect(page.locator(".st-key-network_totals")).to_contain_text("97,344")


def test_a_network_goes_to_the_training_page(open_path: OpenPath) -> None:
    page = open_path(TAB)

    page.get_by_role("link", name="Train this network").click()

    expect(page.get_by_role("heading", name="Train a network")).to_be_visible()
    page.wait_for_url("**/training?train=calculator*")
    settle(page)


def test_two_networks_are_timed(open_path: OpenPath) -> None:
    page = open_path("calculator?calculation=Compare")

    page.get_by_role("button", name="Measure").click()

    expect(page.get_by_text("By its multiply-adds it should take 0.72")).to_be_visible()


@pytest.mark.parametrize("tab", ["A+network", "Compare"])
def test_the_tabs_fit_a_phone(open_path: OpenPath, page: Page, tab: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_path(f"calculator?calculation={tab}")

    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_mistake_is_told_beside_the_text_that_has_it(open_path: OpenPath) -> None:
    page = open_path(TAB)
    page.get_by_text("The network as text").click()
    text = page.locator(".st-key-network textarea")
    text.fill("Conv2d(1, 16, 3)\nConf2d(16, 32, 3)\nReLU()\n")
    text.press("Control+Enter")

    alert = page.get_by_role("alert").filter(has_text="Line 2: Conf2d is no layer")
    expect(alert).to_be_in_viewport()
    settle(page)
    expect(alert).to_be_in_viewport()
    expect(text).to_be_in_viewport()
    chosen = page.locator(".st-key-network_row input")
    expect(chosen).to_have_value(re.compile("^2: Conf2d"))  # what has to be mended
