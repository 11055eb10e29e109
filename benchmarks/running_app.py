"""The app, started on a free port, and a page of it in a real browser."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS

PROJECT = Path(__file__).parent.parent


@contextmanager
def running_page(path: str, viewport: ViewportSize | None = None) -> Iterator[Page]:
    """Start the app, open a path of it, and close both afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        await_health(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=CHROMIUM_FLAGS
            )
            page = browser.new_page(viewport=viewport)
            page.goto(f"http://127.0.0.1:{port}/{path}")
            yield page
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


def await_health(url: str) -> None:
    """Wait for the app to answer."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The app did not start.")
