"""The prediction page in Chromium: its first picture, and the gallery after a filter's change.

The server is warm: somebody has opened the page before. A new visitor's browser has yet to load
Streamlit itself; one who comes again has it in the browser's cache.
"""

import argparse
import time

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.changed_element import milliseconds, report, watch
from benchmarks.running_app import running_page
from tests.browser.conftest import settle

# The canvas and the ten bars, which lie in the shadow root of a component.
NOTE_FIRST_PICTURE = """
() => {
  const has = (root, selector) => root.querySelector(selector) ||
    [...root.querySelectorAll("*")].some((e) => e.shadowRoot && has(e.shadowRoot, selector));
  const look = () => {
    if (document.body && has(document, "canvas.upper-canvas") && has(document, ".bars .track"))
      window.firstPicture = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}
"""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visits", type=int, default=20, help="by new visitors (%(default)s)")
    parser.add_argument("--filters", type=int, default=30, help="changes of one (%(default)s)")


def run(options: argparse.Namespace) -> None:
    with running_page("prediction") as page:
        page.locator(".bars .track").first.wait_for(timeout=60_000)
        settle(page)
        browser, address = page.context.browser, page.url
        assert browser is not None
        known = browser.new_context()
        time_visit(browser, address, known)
        for who, context in (("new visitor", None), ("one who comes again", known)):
            visits = [time_visit(browser, address, context) for _ in range(options.visits)]
            first_paints, pictures = zip(*visits, strict=True)
            report(f"{who}, to the first paint", list(first_paints))
            report(f"{who}, to canvas and bars", list(pictures))
        page.goto(f"{address.split('?')[0]}?view=Test+set")
        page.locator(".tiles .tile").nth(59).wait_for(timeout=120_000)
        settle(page)
        time.sleep(1)
        watch(page, ".tiles", after="pointerup")
        report(
            "filter's change to the gallery's first screen",
            [time_filter(page, number) for number in range(options.filters)],
        )


def time_visit(browser: Browser, address: str, known: BrowserContext | None) -> tuple[float, float]:
    """Open the page in a browser that knows it or in a new one.

    Returns:
        The milliseconds to the first paint with something in it, and to canvas and bars.
    """
    context = known or browser.new_context()
    page = context.new_page()
    page.add_init_script(f"({NOTE_FIRST_PICTURE})()")
    page.goto(address)
    page.wait_for_function("window.firstPicture", timeout=60_000)
    picture = float(page.evaluate("window.firstPicture"))
    paint = float(page.evaluate(FIRST_PAINT))
    settle(page)
    page.close()
    if not known:
        context.close()
    time.sleep(0.5)
    return paint, picture


def time_filter(page: Page, number: int) -> float:
    """Have the gallery show another digit; return the milliseconds until it does."""
    page.get_by_role("combobox", name="Shows").click()
    page.get_by_role("option", name=str(number % 10), exact=True).click()
    seconds = milliseconds(page)
    settle(page)
    time.sleep(0.3)
    return seconds
