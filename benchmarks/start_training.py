"""From Start to the first point on a training's curve, on a page that has been open for a while."""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks import versions
from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS, PATIENCE_MS, settle, stop_runs
from tests.browser.server import running_server

FIRST_POINT = "[class*='st-key-loss-'] canvas"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="of each version (%(default)s)")
    parser.add_argument("--open", type=float, default=5, help="seconds before Start (%(default)s)")
    versions.add_arguments(parser)


def run(options: argparse.Namespace) -> None:
    figures = versions.in_turn(
        options, options.rounds, lambda project: time_start(project, options)
    )
    versions.report("Start to the first point", figures)


def time_start(project: Path, options: argparse.Namespace) -> float:
    """Start the app, wait on its training page, press Start; return the milliseconds it took."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        runs = Path(folder) / "runs"
        environment = {"MNISTCORE_RUNS": str(runs), "MNISTCORE_STANDBY_SECONDS": "600"}
        with running_server(Path(folder) / "log.txt", project=project, **environment) as address:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=CHROMIUM_FLAGS
            )
            page = browser.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(f"{address}/training")
            button = page.get_by_role("button", name="Start", exact=True)
            button.wait_for(timeout=120_000)
            settle(page)
            time.sleep(options.open)
            begun = time.perf_counter()
            button.click()
            page.locator(FIRST_POINT).first.wait_for(timeout=120_000)
            milliseconds = 1000 * (time.perf_counter() - begun)
            browser.close()
            stop_runs(runs)
    return milliseconds
