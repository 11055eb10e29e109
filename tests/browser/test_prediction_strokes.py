"""Strokes on the prediction page: taken back, erased, and kept by whoever goes elsewhere."""

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPath, draw, settle
from tests.browser.strokes import (
    ONE,
    SEVEN,
    WRITTEN,
    answer_is,
    await_ink,
    lifts_and_clicks,
    num_inked_pixels,
)


def test_strokes_are_undone_redone_and_cleared(open_path: OpenPath) -> None:
    page = open_path("prediction")
    undo = page.locator(".st-key-undo").get_by_role("button")
    redo = page.locator(".st-key-redo").get_by_role("button")
    expect(undo).to_be_disabled()
    draw(page, ONE)
    answer_is(page, "1")
    draw(page, [(0.5, 0.2), (0.25, 0.55), (0.75, 0.55)])
    answer_is(page, "4")

    undo.click()
    answer_is(page, "1")
    undo.click()
    answer_is(page, "–")
    redo.click()
    answer_is(page, "1")
    redo.click()
    answer_is(page, "4")
    page.get_by_role("button", name="Clear").click()
    answer_is(page, "–")
    draw(page, SEVEN)
    answer_is(page, "7")
    undo.click()
    answer_is(page, "–")
    undo.click()

    answer_is(page, "4")
    await_ink(page, "> 3000")


def test_undo_right_after_a_stroke_takes_that_stroke_alone(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, ONE)
    answer_is(page, "1")
    inked = num_inked_pixels(page)

    lifts_and_clicks(page, [(0.2, 0.2), (0.8, 0.2)], page.locator(".st-key-undo button").first)

    settle(page)
    await_ink(page, f"== {inked}")
    answer_is(page, "1")
    redo = page.locator(".st-key-redo").get_by_role("button")
    redo.click()
    await_ink(page, f"> {inked}")


def test_the_eraser_takes_ink_away(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, *WRITTEN["7 crossed"][1])
    answer_is(page, "7")
    settle(page)
    inked = num_inked_pixels(page)

    page.locator(".st-key-eraser label").click()
    settle(page)
    draw(page, [(0.58, 0.5), (0.7, 0.5)])

    await_ink(page, f"< {inked}")


def test_leaving_right_after_a_stroke_keeps_it(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, ONE)
    answer_is(page, "1")
    inked = num_inked_pixels(page)
    menu = page.get_by_test_id("stSidebar")

    lifts_and_clicks(page, [(0.2, 0.2), (0.8, 0.2)], menu.get_by_role("link", name="Convolution"))

    expect(page.get_by_role("heading", level=1)).to_have_text("What a convolution does")
    menu.get_by_role("link", name="Prediction").click()
    await_ink(page, f"> {inked}")


def test_a_stroke_and_a_link_that_come_at_once_keep_the_stroke(
    open_path: OpenPath, page: Page
) -> None:
    held: list[bytes | str] = []
    holds = [False]

    def hold(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: bytes | str) -> None:
            held.append(message)
            if not holds[0]:
                for one in held:
                    server.send(one)
                held.clear()

        socket.on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", hold)
    open_path("prediction")
    draw(page, ONE)
    answer_is(page, "1")
    inked = num_inked_pixels(page)
    menu = page.get_by_test_id("stSidebar")

    holds[0] = True
    draw(page, [(0.2, 0.2), (0.8, 0.2)])
    page.wait_for_timeout(400)  # the pen has told all it will tell
    holds[0] = False
    menu.get_by_role("link", name="Convolution").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What a convolution does")
    menu.get_by_role("link", name="Prediction").click()
    await_ink(page, f"> {inked}")


def test_a_drawing_survives_a_setting_and_a_visit_to_another_page(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")

    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    page.get_by_role("slider", name="Pen width").press("ArrowRight")
    settle(page)
    answer_is(page, "7")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Test set").click()
    expect(page.locator(".tile")).to_have_count(60)  # once 10,000 digits are read
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Prediction").click()
    page.get_by_role("tab", name="Draw").click()

    answer_is(page, "7")
    draw(page, [(0.1, 0.1), (0.12, 0.12)])  # the strokes are there to be gone on with
    await_ink(page, "> 3000")
