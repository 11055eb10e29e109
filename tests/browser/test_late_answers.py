"""Who works faster than the page answers: an older answer takes back nothing done since."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPath, settle
from tests.browser.convolution_steps import number

DELAY_MS = 400
# What the page says reaches the app late, as over a slow line.
SLOW_LINE = f"""
  window.onTheWay = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {{
    window.onTheWay += 1;
    setTimeout(() => {{
      send.call(this, message);
      window.onTheWay -= 1;
    }}, {DELAY_MS});
  }};
"""
# The share of a picture that is ink.
INK = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return data.filter((value, at) => at % 4 === 0 && value < 128).length / (width * height);
}"""


@pytest.fixture
def slow_page(page: Page) -> Iterator[Page]:
    page.add_init_script(SLOW_LINE)
    yield page


def come_to_rest(page: Page) -> None:
    """Wait until all that the page said has arrived and is answered."""
    page.wait_for_timeout(600)  # the stepper holds back where its window came to rest
    page.wait_for_function("onTheWay === 0")
    settle(page)


def stroke(page: Page, canvas: Locator, row: float) -> None:
    """Paint across a canvas at a share of its height."""
    box = canvas.bounding_box()
    assert box is not None
    y = box["y"] + row * box["height"]
    page.mouse.move(box["x"] + 0.15 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.85 * box["width"], y, steps=4)
    page.mouse.up()


def test_strokes_that_follow_fast_are_all_kept(open_path: OpenPath, slow_page: Page) -> None:
    page = open_path("convolution?window_picture=drawing")
    canvas = page.locator(".input canvas")
    canvas.scroll_into_view_if_needed()

    for row in range(6):
        stroke(page, canvas, (2 + 4 * row) / 28)
        page.wait_for_timeout(250)
    painted = canvas.evaluate(INK)
    come_to_rest(page)

    assert painted > 0.2
    assert canvas.evaluate(INK) == pytest.approx(painted, abs=0.02)  # a stroke is 0.07


def test_numbers_that_are_typed_fast_are_all_kept(open_path: OpenPath, slow_page: Page) -> None:
    page = open_path("convolution?window_kernel=own&window_weights=0,0,0;0,0,0;0,0,0")
    fields = page.locator(".grid input")

    fields.first.focus()
    for typed in range(1, 10):
        page.keyboard.press("Control+a")
        page.keyboard.type(str(typed))
        page.keyboard.press("Tab")
        page.wait_for_timeout(250)
    come_to_rest(page)

    assert [number(field.input_value()) for field in fields.all()] == [*range(1, 10)]
    assert page.url.endswith("window_weights=1%2C2%2C3%3B4%2C5%2C6%3B7%2C8%2C9")


@pytest.mark.parametrize(
    "canvas", ['figure[data-block="1"] canvas', "canvas[aria-label$='Arrow keys choose one.']"]
)
def test_arrow_keys_that_follow_fast_are_all_taken(
    open_path: OpenPath, slow_page: Page, canvas: str
) -> None:
    page = open_path("network?inside_at=2.3.2.2")

    page.locator(canvas).focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(120)
    come_to_rest(page)

    expect(page).to_have_url(re.compile(r"inside_at=2\.3\.2\.10$"))
    expect(page.locator(".place")).to_contain_text("map 4, row 3, column 11")


def test_a_brush_goes_on_while_an_older_stroke_is_answered(
    open_path: OpenPath, slow_page: Page
) -> None:
    page = open_path("network?inside_view=map&inside_at=2.3.2.2&inside_off=2.5")
    canvas = page.locator("canvas[aria-label*='paint on it']")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    cell = box["width"] / 14

    stroke(page, canvas, 1.5 / 14)
    page.mouse.move(box["x"] + 1.5 * cell, box["y"] + 6.5 * cell)
    page.mouse.down()
    for column in range(1, 12):
        page.mouse.move(box["x"] + (column + 0.5) * cell, box["y"] + 6.5 * cell)
        page.wait_for_timeout(120)
    page.mouse.up()
    come_to_rest(page)

    expect(page.get_by_text("ReLU 1 map 4, 21 of its values")).to_be_visible()
