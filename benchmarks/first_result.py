"""From opening a page to its first result, in Chromium, on a server that has served it before."""

import argparse
import time
from statistics import median, quantiles

from playwright.sync_api import Page

from benchmarks.running_app import running_page
from tests.browser.conftest import settle

# What a visitor came for, on each page.
FIRST_RESULTS = {
    "calculator": "[data-testid=stMetricValue]",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--page", choices=FIRST_RESULTS, help="one of them only")
    parser.add_argument("--times", type=int, default=20, help="each is opened (%(default)s)")


def run(options: argparse.Namespace) -> None:
    for path in [options.page] if options.page else FIRST_RESULTS:
        with running_page(path) as page:
            seconds = [time_of_opening(page, path) for _ in range(options.times + 1)]
        warm = seconds[1:]  # the first wakes the server
        print(
            f"{path}, opened {len(warm)} times, milliseconds to the first result: median "
            f"{1000 * median(warm):.0f}, 95 % {1000 * quantiles(warm, n=20)[-1]:.0f}"
        )


def time_of_opening(page: Page, path: str) -> float:
    """Open a page anew, and return the seconds until its first result is to be seen."""
    settle(page)
    address = page.url
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(FIRST_RESULTS[path]).first.wait_for(timeout=60_000)
    return time.perf_counter() - start
