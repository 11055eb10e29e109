import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, WebSocketRoute, expect

from mnistcore.models.checkpoint import Checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.runs import all_runs
from mnistcore.training.recipes import RECIPES
from tests.browser.conftest import OpenElsewhere, OpenPath, draw, reload, settle
from tests.browser.strokes import (
    ONE,
    SEVEN,
    WRITTEN,
    Place,
    Stroke,
    answer_is,
    await_ink,
    lifts_and_clicks,
    num_inked_pixels,
)


def test_digits_written_with_the_mouse_are_read_one_after_the_other(open_path: OpenPath) -> None:
    page = open_path("prediction")
    for digit, strokes in WRITTEN.values():
        answer_is(page, "–")

        draw(page, *strokes)

        answer_is(page, str(digit))
        expect(page.locator(".bars .best").first).to_have_text(str(digit))
        expect(page.locator(".bars .track")).to_have_count(10)
        page.get_by_role("button", name="Clear").click()


def test_a_small_digit_in_a_corner_is_read(open_path: OpenPath) -> None:
    page = open_path("prediction")
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    page.get_by_role("slider", name="Pen width").press("Home")
    page.keyboard.press("Escape")

    draw(page, [(0.05 + 0.2 * x, 0.05 + 0.2 * y) for x, y in SEVEN])

    answer_is(page, "7")


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


def test_the_canvas_is_whole_on_the_narrowest_phone(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere("prediction", viewport={"width": 320, "height": 640})
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320

    draw(page, [(0.85, 0.2), (0.85, 0.8)])

    answer_is(page, "1")
    left, right = page.locator(LOWER_CANVAS).evaluate(FIRST_AND_LAST_INKED_COLUMN)
    assert (left + right) / 2 == pytest.approx(0.85, abs=0.02)  # under the pen


def test_a_network_that_is_gone_is_a_sentence_at_the_next_stroke(
    open_path: OpenPath, runs_of_server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNISTCORE_RUNS", str(runs_of_server))
    run = all_runs.create_run("somebodys", network="mynet", recipe=RECIPES["article"])
    weights = build_network("mynet", seed=1).state_dict()
    save_checkpoint(run.checkpoint, Checkpoint("mynet", weights))
    page = open_path("prediction?network=somebodys")
    expect(page.locator(".st-key-answer")).to_have_text("–")

    all_runs.delete_run(run)
    draw(page, ONE)

    expect(page.get_by_test_id("stAlert")).to_contain_text("There is no run 'somebodys'")
    settle(page)


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


LOWER_CANVAS = "canvas.dc-canvas.lower-canvas"
FIRST_AND_LAST_INKED_COLUMN = """canvas => {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const columns = [...Array(width).keys()].filter((x) =>
        data.some((value, i) => i % 4 == 0 && value > 200 && (i / 4) % width == x));
    return [columns[0] / width, columns.at(-1) / width];
}"""


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


def test_a_sample_is_read_and_can_be_drawn_upon(open_path: OpenPath) -> None:
    page = open_path("prediction")

    page.get_by_role("button", name="Test digit 1, a 2").click()

    answer_is(page, "2")
    await_ink(page, "> 3000")
    before = num_inked_pixels(page)
    draw(page, [(0.05, 0.05), (0.1, 0.05)])
    await_ink(page, f"> {before}")


def test_a_step_switched_off_moves_the_bars(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, [(0.05 + 0.3 * x, 0.05 + 0.3 * y) for x, y in SEVEN])
    answer_is(page, "7")
    share = page.locator(".bars .share").nth(7)
    expect(share).not_to_have_text("0.0%")  # the bars may come after the answer
    whole = share.inner_text()

    page.locator(".st-key-drawing_crop label").click()

    expect(share).not_to_have_text(whole)
    expect(page.locator(".track u").first).to_be_visible()
    page.locator(".st-key-drawing_crop label").click()
    expect(share).to_have_text(whole)


def test_a_correction_is_kept_saved_and_loaded(open_path: OpenPath, tmp_path: Path) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")

    page.get_by_role("radio", name="7", exact=True).click()
    expect(page.get_by_text("Drawings kept here: 1, 1 of them")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON of all kept").click()
    saved.value.save_as(tmp_path / "drawings.json")
    with page.expect_download() as picture:
        page.get_by_role("button", name="PNG of the canvas").click()
    reload(page)
    answer_is(page, "–")
    page.get_by_role("button", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "drawings.json")
    expect(page.get_by_text("Drawings kept here: 1, 1 of them")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Meant as 7, read as 7").click()

    answer_is(page, "7")
    with Image.open(picture.value.path()) as saved_picture:
        assert saved_picture.size == (336, 336)


def test_a_finger_draws_and_nothing_scrolls_away(open_elsewhere: OpenElsewhere) -> None:
    page = open_elsewhere(
        "prediction",
        **{"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    )
    for part in (page.locator("canvas.upper-canvas"), page.locator(".st-key-answer")):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    touch(page, SEVEN)

    answer_is(page, "7")
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop + scrollY"
    assert page.evaluate(scrolled) == 0
    page.locator(".st-key-undo").get_by_role("button").tap()
    answer_is(page, "–")
    touch(page, ONE)
    answer_is(page, "1")
    page.get_by_role("button", name="Clear").tap()
    answer_is(page, "–")


def touch(page: Page, stroke: Stroke) -> None:
    """Draw with a finger, by the browser's own touch events."""
    box = page.locator("canvas.upper-canvas").bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)

    def send(kind: str, *places: Place) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    send("touchStart", places[0])
    for (x0, y0), (x1, y1) in pairwise(places):
        for part in range(1, 11):
            send("touchMove", (x0 + (x1 - x0) * part / 10, y0 + (y1 - y0) * part / 10))
    send("touchEnd")


def test_why_shows_which_pixels_spoke_when_it_is_asked(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, SEVEN)
    answer_is(page, "7")
    reasons = page.get_by_role("img", name=re.compile("Pixels for and against a 7"))
    expect(reasons).to_have_count(0)

    page.get_by_text("Why a 7?").click()
    expect(reasons).to_be_visible()
    page.get_by_role("radio", name="1", exact=True).first.click()

    expect(page.get_by_role("img", name="Pixels for and against a 1")).to_be_visible()
    answer_is(page, "7")
