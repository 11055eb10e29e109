"""The running app in a real browser: one server for all journeys, one page for each."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import find_chromium

PROJECT = Path(__file__).parent.parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
OpenPath = Callable[[str], Page]

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no Chromium for the browser tests. Try: make browser")
        pytest.skip("There is no Chromium. Try: make browser")
    return {**browser_type_launch_args, "executable_path": str(path), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def runs_of_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the runs that the app knows."""
    return tmp_path_factory.mktemp("server") / "runs"


@pytest.fixture(scope="session")
def server(runs_of_server: Path) -> Iterator[str]:
    """Start the app as the README says, on a free port, with runs of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = runs_of_server.parent / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "app.py"),
                *("--server.address=127.0.0.1", f"--server.port={port}"),
                "--server.headless=true",
            ],
            cwd=PROJECT,
            env={**os.environ, "MNISTCORE_RUNS": str(runs_of_server)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        await_health(f"{address}/_stcore/health", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text(), log.read_text()


def await_health(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The app did not start:\n{log.read_text()}")


@pytest.fixture
def open_path(server: str, page: Page) -> Iterator[OpenPath]:
    """Open an address of the app and wait until its script has run; no page error is let pass."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def opened(path: str) -> Page:
        page.goto(f"{server}/{path}")
        settle(page)
        return page

    yield opened
    assert not errors


def settle(page: Page) -> None:
    """Wait until the script has run and no exception is on the page."""
    page.locator(SETTLED).wait_for(timeout=60_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def draw(page: Page, *strokes: list[tuple[float, float]]) -> None:
    """Draw strokes with the mouse; places are fractions of the canvas, (0, 0) at the top left."""
    canvas = page.locator("canvas.upper-canvas")
    # To the middle: at the top of the window Streamlit's own bar would take what is drawn.
    canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    box = canvas.bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=10)
        page.mouse.up()
