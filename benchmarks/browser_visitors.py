"""Visitors in Chromium: each draws with the mouse, and reads what the page then shows."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, async_playwright

from benchmarks.visitors import Answer, DrawnDigit
from mnistcore.drawings.preprocessing import drawing_to_image
from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS, PAINTED, PATIENCE_MS
from ui.digits import data_uri
from ui.drawing_canvas import CANVAS_SIDE_PX, as_pixels

POINTS_LEFT_OUT = 4  # of a stroke, of each that is drawn: the mouse has to be somewhere else, too

# Notes when the pen is lifted, and when the network is shown with which image from then on.
WATCH = """
() => {
  const shown = () => document.querySelector('img[alt="The drawing in 28x28 pixels"]')?.src;
  window.shown = shown;
  window.seen = {};
  addEventListener("mouseup", () => {
    window.lifted = performance.now();
    window.seen = {};
  }, true);
  const changes = { subtree: true, childList: true, attributes: true };
  new MutationObserver(() => { window.seen[shown()] ??= performance.now(); })
    .observe(document.body, changes);
}
"""

# What the pen is on lies over what has been drawn.
DRAWN = "pen => pen.parentElement.querySelector('canvas.lower-canvas').toDataURL()"


class BrowserVisitor:
    """One visitor in front of the page that draws and reads."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def open(self, address: str) -> None:
        """Open the page, and wait until it stands."""
        self._page.set_default_timeout(PATIENCE_MS)
        await self._page.goto(f"{address}/prediction")
        await self._page.locator(".bars .track").first.wait_for()
        await self._page.evaluate(WATCH)

    async def draw(self, digit: DrawnDigit) -> Answer:
        """Clear the canvas, draw a digit on it, and return what the page then shows."""
        blank = await self._page.evaluate("shown()")
        await self._page.get_by_role("button", name="Clear").click()
        if await self._page.locator(".answer", has_text="–").count() == 0:
            await self._page.wait_for_function("image => shown() !== image", arg=blank)
        for stroke in digit.strokes["objects"]:
            await self._draw_stroke([(x, y) for _, x, y in stroke["path"]])
        await self._page.evaluate(PAINTED)
        url = await self._page.locator("canvas.upper-canvas").evaluate(DRAWN)
        own = data_uri(drawing_to_image(as_pixels(base64.b64decode(url.partition(",")[2]))))
        await self._page.wait_for_function("image => shown() === image", arg=own)
        milliseconds = await self._page.evaluate("image => seen[image] - lifted", own)
        return Answer(is_own=True, seconds=milliseconds / 1000)

    async def _draw_stroke(self, points: list[tuple[float, float]]) -> None:
        box = await self._page.locator("canvas.upper-canvas").bounding_box()
        assert box is not None
        scale = box["height"] / CANVAS_SIDE_PX
        places = [
            (box["x"] + scale * x, box["y"] + scale * y)
            for x, y in [*points[::POINTS_LEFT_OUT], points[-1]]
        ]
        await self._page.mouse.move(*places[0])
        await self._page.mouse.down()
        for place in places[1:]:
            await self._page.mouse.move(*place)
        await self._page.mouse.up()


@asynccontextmanager
async def browser_visitors(address: str, number: int) -> AsyncIterator[list[BrowserVisitor]]:
    """Open the app in a Chromium for several visitors, who share nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(), args=CHROMIUM_FLAGS
        )
        visitors = []
        for _ in range(number):
            context = await browser.new_context(viewport={"width": 1280, "height": 900})
            visitors.append(BrowserVisitor(await context.new_page()))
            await visitors[-1].open(address)
        yield visitors
        await browser.close()
