"""From opening a page to its first result, in Chromium, on a server that has served it before."""

import argparse
import time

from playwright.sync_api import Page

from benchmarks import versions
from benchmarks.running_app import running_pages
from tests.browser.conftest import settle

# What a visitor came for, on each page.
FIRST_RESULTS = {
    "calculator": "[data-testid=stMetricValue]",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--page", choices=FIRST_RESULTS, help="one of them only")
    parser.add_argument("--times", type=int, default=20, help="each is opened (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    for path in [options.page] if options.page else FIRST_RESULTS:
        with running_pages(path, versions.projects(options)) as pages:
            times: dict[str, list[float]] = {name: [] for name in pages}
            for number in range(options.times + 1):
                for name, page in pages.items():
                    took = time_of_opening(page, path)
                    if number:  # the first wakes the server
                        times[name].append(took)
        versions.report(f"{path}, opened to its first result", times)


def time_of_opening(page: Page, path: str) -> float:
    """Open a page anew, and return the milliseconds until its first result is to be seen."""
    settle(page)
    address = page.url
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(FIRST_RESULTS[path]).first.wait_for(timeout=60_000)
    return 1000 * (time.perf_counter() - start)
