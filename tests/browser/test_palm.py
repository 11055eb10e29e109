"""A palm, or another finger, that touches what is drawn on: the stroke goes on without it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from mnistcore.exported.web_page import write_web_page
from mnistcore.reading.classifier import MYNET, load_classifier
from tests.browser.conftest import PAINTED, OpenElsewhere, settle
from tests.browser.strokes import Place

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
FINGERS = {"pen": 0, "palm": 1}
ACROSS = [(0.2 + step / 20, 0.3) for step in range(13)]


def stroke(canvas: Locator, *, palm: bool) -> None:
    """Draw across with a finger, alone or while a palm comes down, moves and lifts beside it."""
    box = canvas.bounding_box()
    assert box is not None
    hand = canvas.page.context.new_cdp_session(canvas.page)

    def touch(kind: str, **places: Place) -> None:
        points = [point(box, FINGERS[name], place) for name, place in places.items()]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", pen=ACROSS[0])
    for step, place in enumerate(ACROSS[1:], 1):
        beside = {"palm": (0.1, 0.9 - step / 50)} if palm and 4 <= step <= 8 else {}
        if step == 4 and palm:
            touch("touchStart", pen=ACROSS[3], **beside)
        touch("touchMove", pen=place, **beside)
        if step == 8 and palm:
            touch("touchEnd", **beside)  # the palm alone lifts
    touch("touchEnd", pen=ACROSS[-1])


def point(box: FloatRect, number: int, place: Place) -> dict[str, float]:
    x, y = place
    return {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"], "id": number}


def shown_on(canvas: Locator) -> str:
    canvas.page.evaluate(PAINTED)
    picture: str = canvas.evaluate("canvas => canvas.toDataURL()")
    return picture


def middle(page: Page, canvas: str) -> Locator:
    """Return a canvas, in the middle of the screen."""
    settle(page)
    found = page.locator(canvas)
    found.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    return found


def compare(page: Page, canvas: str, clear: str) -> None:
    """Find the stroke the same without a palm and with one."""
    stroke(middle(page, canvas), palm=False)
    settle(page)
    alone = shown_on(page.locator(canvas))
    page.locator(clear).click()
    settle(page)
    assert shown_on(page.locator(canvas)) != alone

    stroke(middle(page, canvas), palm=True)

    settle(page)
    assert shown_on(page.locator(canvas)) == alone


@pytest.mark.parametrize(
    ("path", "canvas"),
    [("", ".pad"), ("convolution?window_picture=Your+drawing", ".input canvas")],
)
def test_a_palm_leaves_the_stroke_on_a_pad_whole(
    open_elsewhere: OpenElsewhere, path: str, canvas: str
) -> None:
    compare(open_elsewhere(path, **PHONE), canvas, ".clear")


def test_a_palm_switches_nothing_off_in_a_map(open_elsewhere: OpenElsewhere) -> None:
    phone = open_elsewhere("network?inside_view=One+map&inside_at=5.24.2.3", **PHONE)

    stroke(middle(phone, "canvas[aria-label*='paint on it']"), palm=True)

    expect(phone.get_by_text("Switched off: ReLU 2 map 25, 5 of its values")).to_be_visible()


def test_a_palm_leaves_the_stroke_on_a_page_taken_home_whole(
    browser: Browser, tmp_path: Path
) -> None:
    write_web_page(tmp_path / "page.html", load_classifier(MYNET), "The network")
    page = browser.new_page(**PHONE)
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("#bars li")).to_have_count(10)

    stroke(page.locator("#pad"), palm=False)
    alone = shown_on(page.locator("#pad"))
    page.locator("#clear").click()
    stroke(page.locator("#pad"), palm=True)

    assert shown_on(page.locator("#pad")) == alone
    page.close()
