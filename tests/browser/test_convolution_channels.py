"""Channels and shared weights in a real browser: parts that add up, lines that belong together."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPath
from tests.browser.convolution_steps import number


def test_the_parts_of_the_channels_add_up_exactly(open_path: OpenPath) -> None:
    page = open_path("convolution?window_part=Channels")
    page.locator(".result canvas").hover()

    parts, made = page.locator(".equation").inner_text().replace("bias", "").split("=")

    assert sum(number(part) for part in parts.split("+")) == number(made)


def test_another_kernel_of_the_gallery_makes_another_map(open_path: OpenPath) -> None:
    page = open_path("convolution?window_part=Channels")
    before = page.locator(".equation").inner_text()

    page.get_by_role("button", name="Strokes", exact=True).click()

    expect(page.get_by_role("button", name="Strokes", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.locator(".equation")).not_to_have_text(before)


def test_lines_with_the_same_weight_light_up_together(open_path: OpenPath) -> None:
    page = open_path("convolution?window_part=Shared+weights")
    dashes = (
        page.locator("figure")
        .first.locator("line.wire")
        .evaluate_all("lines => lines.map((line) => line.style.strokeDasharray)")
    )
    assert len({*dashes}) == 3  # colours alone would not do for all eyes

    page.locator("figure").first.locator("line.touch").first.dispatch_event("pointerenter")

    expect(page.locator(".says")).to_contain_text("this weight is used 3 times")
    expect(page.locator("line.wire.same")).to_have_count(3)
