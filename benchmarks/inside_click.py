"""From a click on a value of a map to its explanation, in Chromium, on the page inside."""

import argparse
import time

from playwright.sync_api import Page

from benchmarks import versions
from benchmarks.running_app import running_pages
from tests.browser.conftest import settle

# The headings that name a value, by its map, row and column; older versions had them as h3.
VALUES = """[...document.querySelectorAll("h2, h3")]
    .map((heading) => heading.innerText).filter((text) => / row /.test(text))"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clicks", type=int, default=40, help="on a map (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    with running_pages("network", versions.projects(options)) as pages:
        for page in pages.values():
            page.locator('figure[data-block="2"] canvas').wait_for(timeout=60_000)
            settle(page)
        times: dict[str, list[float]] = {name: [] for name in pages}
        for number in range(options.clicks):
            for name, page in pages.items():
                times[name].append(time_of_click(page, number % 20))
    versions.report("a click to the explained value", times)


def time_of_click(page: Page, place: int) -> float:
    """Click another value, and return the milliseconds until the page names it."""
    canvas = page.locator('figure[data-block="2"] canvas')
    before = page.evaluate(VALUES)
    canvas.evaluate(
        """(canvas, place) => {
            const box = canvas.getBoundingClientRect();
            const at = {clientX: box.left + 3 + 6 * place, clientY: box.top + 3 + 5 * place};
            canvas.dispatchEvent(new MouseEvent("click", {...at, bubbles: true}));
        }""",
        place,
    )
    start = time.perf_counter()
    page.wait_for_function(
        f"before => {{ const now = {VALUES}; return now.length && now[0] !== before[0]; }}",
        arg=before,
        polling="raf",
    )
    milliseconds = 1000 * (time.perf_counter() - start)
    settle(page)
    return milliseconds
