"""From `streamlit run` to what a visitor came for, on a server that nobody has opened a page of.

A browser stands ready, and opens the page as soon as the server answers. The times start with the
server's process.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks import versions
from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS, PATIENCE_MS
from tests.browser.server import running_server

ONE = ((0.5, 0.2), (0.5, 0.8))


def await_metric(page: Page) -> None:
    page.locator("[data-testid=stMetricValue]").first.wait_for(timeout=PATIENCE_MS)


def await_tiles(page: Page) -> None:
    page.locator(".tiles .tile").nth(59).wait_for(timeout=PATIENCE_MS)


def draw_and_await_answer(page: Page) -> None:
    """Draw a 1 as soon as there is a canvas, without waiting for anything else."""
    canvas = page.locator("canvas.upper-canvas")
    canvas.wait_for(timeout=PATIENCE_MS)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in ONE]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=10)
    page.mouse.up()
    expect(page.locator(".st-key-answer")).to_have_text("1", timeout=PATIENCE_MS)


# What is opened, and what is waited for.
VISITS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "calculator, first result": ("calculator", await_metric),
    "stroke drawn, answer": ("prediction", draw_and_await_answer),
    "test set, first tiles": ("prediction?view=test-set", await_tiles),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each visit (%(default)s)")
    parser.add_argument("--only", choices=list(VISITS), help="one of them only")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for title in [options.only] if options.only else VISITS:
            path, come = VISITS[title]
            measure = partial(time_visit, browser, path, come)
            versions.report(title, versions.in_turn(options, options.rounds, measure))
        browser.close()


def time_visit(browser: Browser, path: str, come: Callable[[Page], None], project: Path) -> float:
    """Start the app and open a page; return the milliseconds until what was waited for is there."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    with TemporaryDirectory() as folder:
        begun = time.perf_counter()
        runs = str(Path(folder) / "runs")
        with running_server(
            Path(folder) / "log.txt", project=project, MNISTCORE_RUNS=runs
        ) as address:
            page.goto(f"{address}/{path}", wait_until="commit")
            come(page)
            milliseconds = 1000 * (time.perf_counter() - begun)
            page.close()
    return milliseconds
