"""One kernel in a real browser: what the visitor steps, points at, paints and types."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from mnistcore.convolution.kernels import KERNELS
from mnistcore.convolution.sliding_window import slide
from mnistcore.mnist.idx import ARCHIVES, read_idx
from tests.browser.conftest import PAINTED, OpenPath, reload, settle
from tests.browser.convolution_steps import SMALL, place, point_at, written_sum


@pytest.mark.parametrize("kernel", ["Blur", "Sobel+x", "Emboss", "Trained+first+layer"])
def test_the_written_products_add_up_exactly(open_path: OpenPath, kernel: str) -> None:
    page = open_path(f"convolution?window_kernel={kernel}&window_padding=1&window_at=12,14")
    expect(place(page)).to_contain_text("Row 13, column 15 of the output")

    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "Home", "End"):
        page.locator(".output canvas").press(key)
        made, said = written_sum(page)
        assert made == said


def test_the_number_shown_is_the_librarys(open_path: OpenPath) -> None:
    page = open_path(
        "convolution?window_digit=3&window_kernel=Laplacian&window_stride=2&window_at=5,7"
    )
    expect(place(page)).to_contain_text("Row 6, column 8 of the output")

    digit = (read_idx(ARCHIVES / "t10k-images-idx3-ubyte.gz")[3] / 255).round(2)
    made = slide(digit[None], KERNELS["Laplacian"](3)[None], stride=2)
    assert float(written_sum(page)[1]) == pytest.approx(made[5, 7])
    assert np.abs(made[5, 7]) > 0


def test_keys_buttons_and_slider_move_the_window(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_at=1,1")
    output = page.locator(".output canvas")
    expect(place(page)).to_contain_text("Row 2, column 2 of the output")

    output.press("ArrowRight")
    output.press("ArrowDown")
    expect(place(page)).to_contain_text("Row 3, column 3 of the output, number 11 of 16")
    output.press("ArrowLeft")
    output.press("ArrowUp")
    expect(place(page)).to_contain_text("Row 2, column 2 of the output")
    page.get_by_role("button", name="Last position").click()
    expect(place(page)).to_contain_text("Row 4, column 4 of the output")
    page.get_by_role("button", name="One step back").click()
    expect(place(page)).to_contain_text("Row 4, column 3 of the output")
    page.get_by_role("slider", name="Position of the window").fill("4")
    expect(place(page)).to_contain_text("Row 2, column 1 of the output, number 5 of 16")


@pytest.mark.parametrize("screen", [(1280, 720), (1920, 1080)])
def test_the_button_that_plays_and_the_sum_are_in_sight(
    open_path: OpenPath, page: Page, screen: tuple[int, int]
) -> None:
    width, height = screen
    page.set_viewport_size({"width": width, "height": height})
    open_path("convolution")

    for part in (".play", ".total output", ".input canvas", ".output canvas", ".kernel canvas"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_play_runs_to_the_end_and_stops(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_at=3,1")
    page.locator(".stepper select").select_option("fast")

    page.get_by_role("button", name="Play (space bar)").click()

    expect(place(page)).to_contain_text("Row 4, column 4 of the output, number 16 of 16")
    expect(page.locator(".play")).to_have_text("Play")


def test_the_space_bar_plays_and_pauses(open_path: OpenPath) -> None:
    page = open_path("convolution?window_at=0,0")
    output = page.locator(".output canvas")

    output.press(" ")
    expect(page.locator(".play")).to_have_text("Pause")
    expect(place(page)).not_to_contain_text("number 1 of")
    output.press(" ")
    expect(page.locator(".play")).to_have_text("Play")


def test_nothing_plays_fast_for_who_asked_for_less_motion(open_path: OpenPath, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_path("convolution")

    expect(page.locator(".stepper select")).to_have_value("2")


def test_pointing_shows_a_cell_and_clicking_stays_there(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_at=0,0")
    expect(place(page)).to_contain_text("Row 1, column 1 of the output")

    page.mouse.move(*point_at(page, ".output canvas", 0.6, 0.9))
    expect(place(page)).to_contain_text("Row 3, column 4 of the output")
    page.mouse.move(0, 0)
    expect(place(page)).to_contain_text("Row 1, column 1 of the output")
    page.mouse.click(*point_at(page, ".input canvas", 0.6, 0.4))
    page.mouse.move(0, 0)
    expect(place(page)).to_contain_text("Row 3, column 2 of the output")


def test_the_address_follows_and_opens_the_same_place(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_at=0,0")
    page.locator(".output canvas").press("End")
    expect(page).to_have_url(re.compile(r"window_at=3%2C3"))

    reload(page)

    expect(place(page)).to_contain_text("Row 4, column 4 of the output")


def test_a_change_of_stride_is_seen_at_once_at_the_same_place_of_the_picture(
    open_path: OpenPath,
) -> None:
    page = open_path("convolution?window_padding=1&window_at=14,14")
    expect(place(page)).to_contain_text("Row 15, column 15 of the output, number 407 of 784")

    page.get_by_label("Stride").fill("2")
    page.get_by_label("Stride").press("Enter")

    expect(page.locator(".output figcaption")).to_contain_text("14×14")
    expect(place(page)).to_contain_text("Row 8, column 8 of the output, number 106 of 196")


def test_a_painted_digit_makes_its_map_at_once_and_the_library_agrees(open_path: OpenPath) -> None:
    page = open_path("convolution?window_picture=Your+drawing")
    expect(page.get_by_text("Draw here")).to_be_visible()

    page.mouse.move(*point_at(page, ".input canvas", 0.2, 0.5))
    page.mouse.down()
    page.mouse.move(*point_at(page, ".input canvas", 0.8, 0.5), steps=10)
    page.mouse.move(*point_at(page, ".input canvas", 0.5, 0.4), steps=10)
    expect(page.get_by_text("Draw here")).to_be_hidden()
    page.evaluate(PAINTED)
    made_by_the_browser = written_sum(page)
    page.mouse.up()
    expect(page).to_have_url(re.compile("window_at=25%2C25"))
    settle(page)
    page.mouse.move(*point_at(page, ".output canvas", 0.5, 0.39))
    page.mouse.move(*point_at(page, ".input canvas", 0.5, 0.4))

    assert made_by_the_browser[0] == made_by_the_browser[1] != 0
    assert written_sum(page) == made_by_the_browser
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Draw here")).to_be_visible()


def test_a_typed_weight_changes_the_sum_and_the_address(open_path: OpenPath) -> None:
    page = open_path(f"{SMALL}&window_kernel=Your+own+numbers&window_weights=0,0,0;0,1,0;0,0,0")
    middle = page.get_by_label("row 2, column 2")

    middle.fill("-2.5")
    middle.press("Tab")

    expect(page).to_have_url(re.compile("window_weights=0%2C0%2C0%3B0%2C-2.5%2C0"))
    expect(page.locator(".terms")).to_contain_text("·(−2.5)")
    for refused in ("two", "1001", ""):
        middle.fill(refused)
        expect(middle).to_have_attribute("aria-invalid", "true")


def test_a_trained_kernel_is_chosen_from_the_gallery(open_path: OpenPath) -> None:
    page = open_path("convolution?window_kernel=Trained+first+layer")
    expect(page.get_by_role("button", name="1", exact=True)).to_be_visible()

    page.get_by_role("button", name="12", exact=True).click()

    expect(page.get_by_label("Which of the 16")).to_have_value("12")
    expect(page).to_have_url(re.compile("window_trained=12"))


def test_code_is_laid_out_when_it_is_opened_and_not_before(open_path: OpenPath) -> None:
    page = open_path("convolution")
    expect(place(page)).to_be_visible()
    highlighter = """() => performance.getEntriesByType("resource")
        .some((entry) => entry.name.includes("SyntaxHighlighter"))"""
    assert not page.evaluate(highlighter)

    page.get_by_text("The same in PyTorch, to copy").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("torch.nn.functional.conv2d")
    assert page.evaluate(highlighter)  # or the name is another one by now
    page.get_by_text("The function behind these numbers").click()
    expect(page.get_by_test_id("stCode").last).to_contain_text("def channel_maps")
