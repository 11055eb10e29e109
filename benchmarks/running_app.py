"""A page of the app, started on a free port, in a real browser."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.conftest import CHROMIUM_FLAGS, PATIENCE_MS
from tests.browser.server import PROJECT, running_server


@contextmanager
def running_pages(path: str, projects: Mapping[str, Path]) -> Iterator[dict[str, Page]]:
    """Start several checkouts' apps, open a path of each in one browser, and close all afterwards.

    Args:
        path: Of the page.
        projects: The checkouts, by their names.
    """
    with ExitStack() as opened, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        pages = {}
        for name, project in projects.items():
            folder = Path(opened.enter_context(TemporaryDirectory()))
            address = opened.enter_context(running_server(folder / "log.txt", project=project))
            pages[name] = browser.new_page()
            pages[name].set_default_timeout(PATIENCE_MS)
            pages[name].goto(f"{address}/{path}")
        yield pages
        browser.close()


@contextmanager
def running_page(
    path: str, viewport: ViewportSize | None = None, project: Path = PROJECT, **environment: str
) -> Iterator[Page]:
    """Start the app, open a path of it, and close both afterwards."""
    with (
        TemporaryDirectory() as folder,
        running_server(Path(folder) / "log.txt", project=project, **environment) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport=viewport)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{address}/{path}")
        yield page
        browser.close()
