import re
from itertools import pairwise
from math import cos, radians, sin
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import OpenPath, draw, settle
from tests.pictures import BROKEN, KINDS, picture

Place = tuple[float, float]
Stroke = list[Place]


def arc(x: float, y: float, rx: float, ry: float, start: int, end: int) -> Stroke:
    """Part of an ellipse, from one angle to another; 0 is to the right, 90 is down."""
    steps = max(2, abs(end - start) // 15)
    angles = [radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + rx * cos(angle), y + ry * sin(angle)) for angle in angles]


RING = arc(0.5, 0.5, 0.2, 0.3, -90, 270)
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]
ONE = [(0.5, 0.2), (0.5, 0.8)]

# As people write them: where two ways are common, both.
WRITTEN: dict[str, tuple[int, list[Stroke]]] = {
    "0": (0, [RING]),
    "0 slashed": (0, [RING, [(0.63, 0.3), (0.37, 0.7)]]),
    "1": (1, [ONE]),
    "1 with a flag": (1, [[(0.38, 0.34), (0.52, 0.2), (0.52, 0.8)]]),
    "2": (2, [[*arc(0.5, 0.35, 0.17, 0.16, -170, 30), (0.33, 0.8), (0.7, 0.8)]]),
    "3": (3, [[*arc(0.47, 0.35, 0.17, 0.15, -150, 90), *arc(0.47, 0.65, 0.19, 0.15, -90, 150)]]),
    "4 open": (4, [[(0.35, 0.2), (0.33, 0.55), (0.7, 0.55)], [(0.6, 0.2), (0.6, 0.82)]]),
    "4 closed": (4, [[(0.58, 0.82), (0.58, 0.18), (0.3, 0.6), (0.72, 0.6)]]),
    "5": (
        5,
        [
            [(0.66, 0.2), (0.4, 0.2), (0.38, 0.45), *arc(0.48, 0.62, 0.19, 0.18, -110, 150)],
        ],
    ),
    "5 in two strokes": (
        5,
        [
            [(0.4, 0.2), (0.38, 0.46), *arc(0.48, 0.63, 0.19, 0.18, -110, 150)],
            [(0.4, 0.2), (0.68, 0.19)],
        ],
    ),
    "6": (6, [[(0.6, 0.18), (0.42, 0.4), (0.35, 0.65), *arc(0.5, 0.66, 0.15, 0.15, 180, 540)]]),
    "7": (7, [SEVEN]),
    "7 crossed": (7, [SEVEN, [(0.42, 0.5), (0.68, 0.5)]]),
    "8": (
        8,
        [[*arc(0.5, 0.35, 0.14, 0.15, 90, -270), *arc(0.5, 0.66, 0.17, 0.16, -90, 270)]],
    ),
    "9 straight": (9, [[*arc(0.5, 0.36, 0.15, 0.16, 0, -360), (0.64, 0.5), (0.6, 0.82)]]),
    "9 curled": (
        9,
        [[*arc(0.5, 0.36, 0.15, 0.16, 0, -360), (0.65, 0.6), *arc(0.49, 0.66, 0.16, 0.16, 0, 140)]],
    ),
}


def answer_is(page: Page, text: str) -> None:
    expect(page.locator(".st-key-answer")).to_have_text(text)


@pytest.mark.parametrize(("digit", "strokes"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_digit_written_with_the_mouse_is_read(
    open_path: OpenPath, digit: int, strokes: list[Stroke]
) -> None:
    page = open_path("prediction")
    answer_is(page, "–")

    draw(page, *strokes)

    answer_is(page, str(digit))
    expect(page.locator(".bars .best").first).to_have_text(str(digit))
    expect(page.locator(".bars .track")).to_have_count(10)


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
    assert num_inked_pixels(page) > 3000


def test_the_eraser_takes_ink_away(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, *WRITTEN["7 crossed"][1])
    answer_is(page, "7")
    settle(page)
    inked = num_inked_pixels(page)

    page.locator(".st-key-eraser label").click()
    settle(page)
    draw(page, [(0.58, 0.5), (0.7, 0.5)])

    page.wait_for_function("before => true", arg=inked)
    settle(page)
    assert num_inked_pixels(page) < inked


def num_inked_pixels(page: Page) -> int:
    ink = "canvas => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
    ink += ".data].filter((value, i) => i % 4 == 0 && value > 200).length"
    count: int = page.locator("canvas.dc-canvas.lower-canvas").evaluate(ink)
    return count


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
    expect(page.locator(".tile")).to_have_count(60)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Training").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train a network")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Prediction").click()
    page.get_by_role("tab", name="Draw").click()

    answer_is(page, "7")
    draw(page, [(0.1, 0.1), (0.12, 0.12)])  # the strokes are there to be gone on with
    settle(page)
    assert num_inked_pixels(page) > 3000


def test_a_sample_is_read_and_can_be_drawn_upon(open_path: OpenPath) -> None:
    page = open_path("prediction")

    page.get_by_role("button", name="Test digit 1, a 2").click()

    answer_is(page, "2")
    settle(page)
    before = num_inked_pixels(page)
    assert before > 3000
    draw(page, [(0.05, 0.05), (0.1, 0.05)])
    settle(page)
    assert num_inked_pixels(page) > before


def test_a_step_switched_off_moves_the_bars(open_path: OpenPath) -> None:
    page = open_path("prediction")
    draw(page, [(0.05 + 0.3 * x, 0.05 + 0.3 * y) for x, y in SEVEN])
    answer_is(page, "7")
    share = page.locator(".bars .share").nth(7)
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
    page.reload()
    settle(page)
    answer_is(page, "–")
    page.get_by_role("button", name="Load", exact=True).click()
    page.locator("input[type=file]").set_input_files(tmp_path / "drawings.json")
    expect(page.get_by_text("Drawings kept here: 1, 1 of them")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Meant as 7, read as 7").click()

    answer_is(page, "7")
    with Image.open(picture.value.path()) as saved_picture:
        assert saved_picture.size == (336, 336)


def test_a_finger_draws_and_nothing_scrolls_away(server: str, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{server}/prediction")
    settle(page)
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
    context.close()


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_uploaded_and_read(open_path: OpenPath, kind: str) -> None:
    page = open_path("prediction?view=Photo")

    upload(page, f"five.{kind.lower()}", picture(5, kind))

    answer_is(page, "5")
    expect(page.get_by_text("What the network sees")).to_be_visible()


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_picture_is_answered_by_a_sentence(open_path: OpenPath, content: bytes) -> None:
    page = open_path("prediction?view=Photo")

    upload(page, "five.png", content)

    expect(page.get_by_test_id("stAlert")).to_contain_text(re.compile("picture.*\\."))
    settle(page)


def upload(page: Page, name: str, content: bytes) -> None:
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.locator("input[type=file]").set_input_files(file)


def test_the_gallery_turns_its_pages_and_filters(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    expect(page.locator(".tile")).to_have_count(60)
    first = page.locator(".tile").first.get_attribute("aria-label")

    page.get_by_role("button", name="Page 2").click()
    expect(page.locator(".tile").first).not_to_have_attribute("aria-label", first or "")
    page.get_by_text("Only mistakes").click()

    expect(page.locator(".tile.right")).to_have_count(0)
    expect(page.locator(".tile.wrong").first).to_contain_text("✗")
    expect(page).to_have_url(re.compile("only_mistakes=true"))
    expect(page).not_to_have_url(re.compile("page=2"))


def test_a_cell_of_the_confusion_matrix_filters_the_gallery(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    cell = page.locator("td button.wrong").first
    count, label, said = re.findall(r"\d+", cell.get_attribute("aria-label") or "")

    cell.click()

    expect(page.locator(".tile")).to_have_count(int(count))
    expect(page.locator(".tile").first).to_have_attribute(
        "aria-label", re.compile(f": {label}, read as {said}, wrong")
    )
    expect(page).to_have_url(re.compile(f"shows={label}&read_as={said}"))
    expect(page.locator("td button[aria-pressed=true]")).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".tile")).to_have_count(60)


def test_the_matrix_and_the_gallery_go_by_keyboard(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    page.locator("td button").first.focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("td button:focus")).to_have_attribute(
        "aria-label", re.compile("1 read as 1")
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("shows=1&read_as=1"))
    page.locator(".tile").first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator(".tile").nth(1).get_attribute("aria-label") or ""
    page.keyboard.press("Enter")

    index = re.findall(r"Test digit ([\d,]+)", second)[0].replace(",", "")
    expect(page).to_have_url(re.compile(f"digit={index}(&|$)"))
    expect(page.get_by_role("dialog")).to_contain_text("is labelled 1 and read as 1")


def test_a_digit_opens_walks_on_and_goes_to_the_canvas(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Test+set")
    page.locator(".tile").nth(2).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Test digit 2 is labelled 1")
    expect(dialog.locator(".bars .best").first).to_have_text("1")

    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("Test digit 3 is labelled 0")
    expect(page).to_have_url(re.compile("digit=3"))
    dialog.get_by_role("button", name="Send to the canvas").click()

    expect(dialog).to_have_count(0)
    answer_is(page, "0")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()


def test_the_slideshow_steps_stops_and_goes_back(open_path: OpenPath) -> None:
    page = open_path("prediction?view=Slideshow&seconds=0.5+s")
    caption = page.get_by_text(re.compile(r"of 10,000"))
    seen = caption.inner_text()

    expect(caption).not_to_have_text(seen)
    page.get_by_text("Play", exact=True).click()
    settle(page)
    seen = caption.inner_text()
    page.wait_for_timeout(1500)  # three slides long
    expect(caption).to_have_text(seen)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(caption).not_to_have_text(seen)
    page.get_by_role("button", name="Back", exact=True).click()

    expect(caption).to_have_text(seen)


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
