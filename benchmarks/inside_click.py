"""From a click on a value of a map to its explanation, in Chromium, on the page inside."""

import argparse
import time
from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks.running_app import running_page
from tests.browser.conftest import settle


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clicks", type=int, default=40, help="on a map (%(default)s)")


def run(options: argparse.Namespace) -> None:
    with running_page("network") as page:
        page.locator('figure[data-block="2"] canvas').wait_for(timeout=60_000)
        settle(page)
        seconds = [time_of_click(page, number % 20) for number in range(options.clicks)]
    print(
        f"{options.clicks} clicks, milliseconds to the explained value: median "
        f"{1000 * median(seconds):.0f}, 95 % {1000 * quantiles(seconds, n=20)[-1]:.0f}"
    )


def time_of_click(page: Page, place: int) -> float:
    """Click another value, and return the seconds until the page names it."""
    canvas = page.locator('figure[data-block="2"] canvas')
    heading = page.get_by_test_id("stHeading").get_by_role("heading", level=2)
    before = heading.first.inner_text()
    canvas.evaluate(
        """(canvas, place) => {
            const box = canvas.getBoundingClientRect();
            const at = {clientX: box.left + 3 + 6 * place, clientY: box.top + 3 + 5 * place};
            window.clickedAt = performance.now();
            canvas.dispatchEvent(new MouseEvent("click", {...at, bubbles: true}));
        }""",
        place,
    )
    start = time.perf_counter()
    page.wait_for_function(
        """before => [...document.querySelectorAll("h2")].some(
            heading => / row /.test(heading.innerText)) &&
            ![...document.querySelectorAll("h2")].some(heading => heading.innerText === before)""",
        arg=before,
        polling="raf",
    )
    seconds = time.perf_counter() - start
    settle(page)
    return seconds
