"""Who works faster than the page answers: an older answer takes back nothing done since."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, settle
from tests.browser.convolution_steps import number, point_at

# What the page says waits until it is passed on, as over a slow line.
HELD_LINE = """
  const { send } = WebSocket.prototype;
  const waiting = [];
  let first = [];
  let isHeld = false;
  WebSocket.prototype.send = function (message) {
    if (isHeld) waiting.push(() => send.call(this, message));
    else send.call(this, message);
  };
  window.line = {
    hold: () => { isHeld = true; },
    isWaiting: () => waiting.length > 0,
    countAsFirst: () => { first = waiting.splice(0); },
    passFirstOn: () => first.splice(0).forEach(go => go()),
    release: () => { isHeld = false; waiting.splice(0).forEach(go => go()); },
  };
"""
# The share of a picture that is ink.
INK = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return data.filter((value, at) => at % 4 === 0 && value < 128).length / (width * height);
}"""
Act = Callable[[], None]


def do_before_the_answer(page: Page, first: Act, later: Act) -> None:
    """Do one thing, and another while it is under way; then it is answered, the other unsaid."""
    settle(page)
    page.evaluate("line.hold()")
    first()
    page.wait_for_function("line.isWaiting()")
    page.evaluate("line.countAsFirst()")
    later()
    page.evaluate("line.passFirstOn()")
    settle(page)


def say_the_rest(page: Page) -> None:
    page.evaluate("line.release()")
    settle(page)


def stroke(page: Page, canvas: str, row: float) -> None:
    """Paint across a canvas at a share of its height."""
    page.mouse.move(*point_at(page, canvas, row, 0.15))
    page.mouse.down()
    page.mouse.move(*point_at(page, canvas, row, 0.85), steps=4)
    page.mouse.up()


def test_strokes_are_kept_that_follow_before_the_answer(open_path: OpenPath, page: Page) -> None:
    page.add_init_script(HELD_LINE)
    open_path("convolution?window_picture=drawing")
    canvas = page.locator(".input canvas")

    def paint(*rows: float) -> None:
        for row in rows:
            stroke(page, ".input canvas", row)

    do_before_the_answer(page, lambda: paint(0.2), lambda: paint(0.4, 0.6, 0.8))
    painted = canvas.evaluate(INK)
    say_the_rest(page)

    assert painted > 0.2  # one stroke is 0.07
    assert canvas.evaluate(INK) == pytest.approx(painted, abs=0.02)


def test_numbers_are_kept_that_are_typed_before_the_answer(open_path: OpenPath, page: Page) -> None:
    page.add_init_script(HELD_LINE)
    open_path("convolution?window_kernel=own&window_weights=0,0,0;0,0,0;0,0,0")
    fields = page.locator(".grid input")
    fields.first.focus()

    def type_numbers(*typed: int) -> None:
        for one in typed:
            page.keyboard.press("Control+a")
            page.keyboard.type(str(one))
            page.keyboard.press("Tab")

    do_before_the_answer(page, lambda: type_numbers(1), lambda: type_numbers(*range(2, 10)))
    say_the_rest(page)

    expect(page).to_have_url(re.compile("window_weights=1%2C2%2C3%3B4%2C5%2C6%3B7%2C8%2C9$"))
    assert [number(field.input_value()) for field in fields.all()] == [*range(1, 10)]


@pytest.mark.parametrize(
    "canvas", ['figure[data-block="1"] canvas', "canvas[aria-label$='Arrow keys choose one.']"]
)
def test_arrow_keys_are_taken_that_follow_before_the_answer(
    open_path: OpenPath, page: Page, canvas: str
) -> None:
    page.add_init_script(HELD_LINE)
    open_path("network?inside_at=2.3.2.2")
    page.locator(canvas).focus()

    def walk(steps: int) -> None:
        for _ in range(steps):
            page.keyboard.press("ArrowRight")

    do_before_the_answer(page, lambda: walk(1), lambda: walk(2))
    walk(1)  # from where it is, not from where the answer says
    say_the_rest(page)

    expect(page).to_have_url(re.compile(r"inside_at=2\.3\.2\.6$"))
    expect(page.locator(".network .place")).to_contain_text("map 4, row 3, column 7")


def test_a_brush_goes_on_when_an_older_stroke_is_answered(open_path: OpenPath, page: Page) -> None:
    page.add_init_script(HELD_LINE)
    open_path("network?inside_view=map&inside_at=2.3.2.2&inside_off=2.3.x1")
    canvas = "canvas[aria-label*='paint on it']"

    def begin() -> None:
        stroke(page, canvas, 6.5 / 14)
        page.mouse.move(*point_at(page, canvas, 10.5 / 14, 0.15))
        page.mouse.down()

    do_before_the_answer(page, lambda: stroke(page, canvas, 2.5 / 14), begin)
    page.mouse.move(*point_at(page, canvas, 10.5 / 14, 0.85), steps=4)
    page.mouse.up()
    say_the_rest(page)

    expect(page.get_by_text("ReLU 1 map 4, 31 of its values")).to_be_visible()
