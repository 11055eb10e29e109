"""The bars that follow the pen, and what is left of it where the canvas is built otherwise."""

from itertools import pairwise

from playwright.sync_api import FloatRect, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import OpenPath, draw, settle
from tests.browser.strokes import SEVEN, Place, answer_is

HIDE_THE_CANVAS = """
  const matches = Element.prototype.matches;
  Element.prototype.matches = function (selector) {
    return selector !== "canvas.upper-canvas" && matches.call(this, selector);
  };
"""

NOTE_LISTENERS = """
  window.followers = new Set();
  const { addEventListener, removeEventListener } = window;
  window.addEventListener = (name, listener, ...rest) => {
    if (name === "mousemove") followers.add(listener);
    addEventListener.call(window, name, listener, ...rest);
  };
  window.removeEventListener = (name, listener, ...rest) => {
    followers.delete(listener);
    removeEventListener.call(window, name, listener, ...rest);
  };
"""


def pen_down(page: Page, first: Place) -> FloatRect:
    """Put the pen on the canvas; return where that is."""
    settle(page)
    canvas = page.locator("canvas.upper-canvas")
    canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + first[0] * box["width"], box["y"] + first[1] * box["height"])
    page.mouse.down()
    return box


def move(page: Page, box: FloatRect, places: list[Place]) -> None:
    for x, y in places:
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=10)


def pictures_in(frame: bytes | str) -> set[str]:
    """Return the pictures of a stroke that a message to the app holds; it repeats the last."""
    if not isinstance(frame, bytes):
        return set()
    widgets = BackMsg.FromString(frame).rerun_script.widget_states.widgets
    return {widget.json_value for widget in widgets if '"number"' in widget.json_value}


def test_the_answer_follows_while_the_pen_is_down(open_path: OpenPath) -> None:
    page = open_path("prediction")
    box = pen_down(page, SEVEN[0])

    move(page, box, SEVEN[1:])

    answer_is(page, "7")
    expect(page.locator(".bars .best").first).to_have_text("7")
    expect(page.locator(".st-key-undo").get_by_role("button")).to_be_disabled()  # no stroke yet
    page.mouse.up()
    expect(page.locator(".st-key-undo").get_by_role("button")).to_be_enabled()
    answer_is(page, "7")
    page.locator(".st-key-undo").get_by_role("button").click()
    answer_is(page, "–")


def test_no_picture_is_told_before_the_last_was_answered(open_path: OpenPath, page: Page) -> None:
    events: list[str] = []
    known: set[str] = set()

    def sent(content: bytes | str) -> None:
        if not pictures_in(content) <= known:
            known.update(pictures_in(content))
            events.append("told")

    def received(content: bytes | str) -> None:
        if isinstance(content, bytes):
            message = ForwardMsg.FromString(content)
            if message.HasField("script_finished"):
                events.append("answered")

    page.on("websocket", lambda socket: socket.on("framesent", sent))
    page.on("websocket", lambda socket: socket.on("framereceived", received))
    open_path("prediction")
    box = pen_down(page, SEVEN[0])
    events.clear()

    for _ in range(100):
        if events.count("told") > 3:
            break
        move(page, box, SEVEN[1:])
        page.wait_for_timeout(100)
    page.mouse.up()
    settle(page)

    assert events.count("told") > 3
    assert ("told", "told") not in set(pairwise(events))


def test_the_pen_is_followed_once_however_much_is_drawn(open_path: OpenPath, page: Page) -> None:
    page.add_init_script(NOTE_LISTENERS)
    open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")
    before = page.evaluate("followers.size")

    for _ in range(3):
        page.locator(".st-key-undo").get_by_role("button").click()
        answer_is(page, "–")
        draw(page, SEVEN)
        answer_is(page, "7")

    assert page.evaluate("followers.size") == before


def test_without_a_pen_to_follow_the_canvas_reports_by_itself(
    open_path: OpenPath, page: Page
) -> None:
    page.add_init_script(HIDE_THE_CANVAS)
    frames: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    open_path("prediction")

    draw(page, SEVEN)

    answer_is(page, "7")
    assert frames
    assert not set().union(*map(pictures_in, frames))
