"""From pen lift to the whole row of stages, in Chromium, on the page inside.

The canvas component's own wait before it reports a stroke, about 0.21 s, is within it.
"""

import argparse
import time

from benchmarks.changed_element import milliseconds, report, watch
from benchmarks.pen_lift import STROKES
from benchmarks.running_app import running_page
from tests.browser.conftest import draw, settle

NETWORKS = ("~mynet", "~drawing-net")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drawings", type=int, default=30, help="per network (%(default)s)")


def run(options: argparse.Namespace) -> None:
    for network in NETWORKS:
        address = f"network?inside_kind=drawing&inside_network={network}"
        with running_page(address) as page:
            page.locator('figure[data-block="2"] canvas').wait_for(timeout=60_000)
            settle(page)
            time.sleep(1)
            watch(page, ".row", after="mouseup")
            values = []
            for number in range(options.drawings):
                if number % len(STROKES) == 0:
                    page.get_by_role("button", name="Clear").click()
                    settle(page)
                    time.sleep(1)
                draw(page, STROKES[number % len(STROKES)])
                values.append(milliseconds(page))
                settle(page)
                time.sleep(0.3)
        report(f"{network}: pen lift to the row of stages", values)
