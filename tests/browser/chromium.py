"""Find a Chromium for the browser tests, or provide one: `python -m tests.browser.chromium`.

In this order: a Chromium or Chrome on this machine, Playwright's own, the system's package manager.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def find_chromium() -> Path | None:
    """Return the executable of an installed Chromium or Chrome, Playwright's own included."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for path in MAC_APPS:
        if path.exists():
            return path
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def install_chromium() -> None:
    """Try Playwright's download, then the system's package manager."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        attempts += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for command in attempts:
        print("+", " ".join(command), flush=True)
        subprocess.run(command, check=False)
        if find_chromium():
            return


def main() -> int:
    """Print the browser's path, and fail on CI if there is none."""
    if not find_chromium():
        install_chromium()
    if path := find_chromium():
        print(f"Browser tests use {path}")
        return 0
    print(
        "No Chromium found and none could be installed: browser tests cannot run. "
        "Install Chromium or Chrome and try again.",
        file=sys.stderr,
    )
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
