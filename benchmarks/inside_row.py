"""From pen lift to the whole row of stages, in Chromium, on the page inside.

The canvas component by itself waits about 0.21 s before it reports a stroke; a version that has it
report at once is without that.
"""

import argparse
import time

from playwright.sync_api import Page

from benchmarks import versions
from benchmarks.changed_element import milliseconds, watch
from benchmarks.pen_lift import STROKES
from benchmarks.running_app import running_pages
from tests.browser.conftest import draw, settle

# Addresses of old, which every version knows.
NETWORKS = {"MyNet": "MyNet,+as+shipped", "DrawingNet": "DrawingNet,+as+shipped"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drawings", type=int, default=30, help="per network (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    for title, network in NETWORKS.items():
        address = f"network?inside_kind=Your+drawing&inside_network={network}"
        with running_pages(address, versions.projects(options)) as pages:
            for page in pages.values():
                page.locator('figure[data-block="2"] canvas').wait_for(timeout=60_000)
                settle(page)
                time.sleep(1)
                watch(page, ".row", after="mouseup")
            times: dict[str, list[float]] = {name: [] for name in pages}
            for number in range(options.drawings):
                for name, page in pages.items():
                    times[name].append(time_of_row(page, number))
        versions.report(f"{title}: pen lift to the row of stages", times)


def time_of_row(page: Page, number: int) -> float:
    """Draw one more stroke; return the milliseconds to the changed row."""
    if number % len(STROKES) == 0:
        page.get_by_role("button", name="Clear").click()
        settle(page)
        time.sleep(1)
    draw(page, STROKES[number % len(STROKES)])
    value = milliseconds(page)
    settle(page)
    time.sleep(0.3)
    return value
