"""Digits as mouse strokes: places are fractions of the canvas, (0, 0) at the top left."""

from itertools import pairwise
from math import ceil, cos, dist, radians, sin

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.conftest import PAINTED, PEN_STEP_PX, draw

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
    """Wait for the answer."""
    expect(page.locator(".st-key-answer")).to_have_text(text)


def narrow(digit: str, left: float, width: float = 0.32) -> list[Stroke]:
    """Return a digit of `WRITTEN` squeezed into part of the canvas's width."""
    strokes = WRITTEN[digit][1]
    first, last = (pick(x for stroke in strokes for x, _ in stroke) for pick in (min, max))
    scale = width / max(last - first, 0.3)
    return [[(left + (x - first) * scale, y) for x, y in stroke] for stroke in strokes]


def lifts_and_clicks(page: Page, stroke: Stroke, target: Locator) -> None:
    """Draw a stroke, and click somewhere else as soon as a hand can be there: ten frames later."""
    box = target.bounding_box()
    assert box is not None
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    draw(page, stroke)
    page.mouse.move(*place, steps=10)
    page.mouse.click(*place)


def draw_on_pad(page: Page, *strokes: Stroke) -> None:
    """Draw with the mouse on the pad of the start page or of the lesson."""
    pad = page.locator(".pad")
    pad.evaluate("pad => pad.scrollIntoView({block: 'center'})")
    box = pad.bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for here, there in pairwise(places):
            page.mouse.move(*there, steps=ceil(dist(here, there) / PEN_STEP_PX))
        page.mouse.up()


def draw_by_touch(pad: Locator, *strokes: Stroke) -> None:
    """Draw with a finger on a pad that lies within the window."""
    box = pad.bounding_box()
    assert box is not None
    finger = pad.page.context.new_cdp_session(pad.page)
    for stroke in strokes:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        touch(finger, "touchStart", points[0])
        for here, there in pairwise(points):
            steps = ceil(dist(here, there) / PEN_STEP_PX)
            for step in range(1, steps + 1):
                x, y = (a + step / steps * (b - a) for a, b in zip(here, there, strict=True))
                touch(finger, "touchMove", (x, y))
        touch(finger, "touchEnd")


def touch(finger: CDPSession, kind: str, *places: Place) -> None:
    """Let a finger begin, move or end."""
    points = [{"x": x, "y": y} for x, y in places]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def draw_by_keys(page: Page, way: list[str], stroke: list[str]) -> None:
    """Lead the pad's pen with arrow keys: first lifted, then on the paper."""
    for key in [*way, "Space", *stroke, "Space"]:
        page.keyboard.press(key)


# The canvas is the component's own affair, in a tree of its own.
NUM_INKED_PIXELS = """() => {
    const trees = [...document.querySelectorAll("*")].map((one) => one.shadowRoot);
    const canvas = trees.map((tree) => tree?.querySelector("canvas.dc-canvas.lower-canvas"));
    const found = canvas.find(Boolean);
    if (!found) return -1;
    const pixels = found.getContext("2d").getImageData(0, 0, found.width, found.height).data;
    return pixels.filter((value, i) => i % 4 == 0 && value > 200).length;
}"""


def num_inked_pixels(page: Page) -> int:
    """Return how much is drawn on the canvas, once it has painted what it was told."""
    page.evaluate(PAINTED)
    count: int = page.evaluate(NUM_INKED_PIXELS)
    return count


def await_ink(page: Page, much: str) -> None:
    """Wait until as much is drawn on the canvas: it loads a drawing in its own time."""
    page.wait_for_function(f"() => ({NUM_INKED_PIXELS})() {much}")
