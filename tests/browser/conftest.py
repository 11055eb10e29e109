"""The running app in a real browser: one server for all journeys, one page for each."""

import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil, dist
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mnistcore.runs.all_runs import delete_run
from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, status
from tests.browser.chromium import find_chromium
from tests.browser.contexts import Contexts
from tests.browser.conversation import await_answer, follow
from tests.browser.server import running_server
from tests.damaged_runs import whole_run
from tests.waiting import wait_until

# What Playwright switches off itself, since only the last such list counts, and the boxes that a
# window of Chromium 156 keeps ready for its address bar: two more pages for each that is opened.
SWITCHED_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
CHROMIUM_FLAGS = [
    f"--disable-features={','.join(SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a camera that shows a moving picture
    "--use-fake-ui-for-media-stream",
]
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
PEN_STEP_PX = 20  # from one report of the mouse to the next, in a quick hand
PATIENCE_MS = 120_000  # of everything that waits for the page: the machine may be busy
# What the browser does when it is about to paint may be late: a stroke, a sum under the pointer.
PAINTED = """
() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))
"""
OpenPath = Callable[[str], Page]

expect.set_options(timeout=PATIENCE_MS)


class OpenElsewhere(Protocol):
    """Open an address as another visitor, whose device is described as Playwright has it."""

    def __call__(self, path: str, **device: Any) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))  # told at the end of the report


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
    """Start the app with runs of its own."""
    log = runs_of_server.parent / "log.txt"
    # One thread, since the browser and the other tests compute beside it.
    with running_server(log, MNISTCORE_RUNS=str(runs_of_server), OMP_NUM_THREADS="1") as address:
        yield address
    stop_runs(runs_of_server)
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture
def finished_run(runs_of_server: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Keep a finished run, with every file that one can have, while a test lasts."""
    monkeypatch.setenv("MNISTCORE_RUNS", str(runs_of_server))
    run = whole_run("told")
    yield run
    delete_run(run)


def stop_runs(folder: Path) -> None:
    """Let no training outlive its test."""
    for config in folder.glob("*/config.json"):
        run = Run(config.parent)
        if status(run) in ACTIVE:
            request_stop(run)
            wait_until(lambda run=run: status(run) not in ACTIVE)  # type: ignore[misc]


@pytest.fixture(scope="session")
def contexts(browser: Browser, server: str) -> Contexts:
    """Return the contexts that tests share, one after another."""
    return Contexts(browser, server, PATIENCE_MS)


@pytest.fixture
def context(contexts: Contexts, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """Return the context of the test's own page."""
    name, context = contexts.take(browser_context_args)
    yield context
    contexts.give_back(name, context)


@pytest.fixture
def open_path(server: str, page: Page) -> Iterator[OpenPath]:
    """Open an address of the app and wait until its script has run; no page error is let pass."""
    errors = errors_of(page)

    def opened(path: str) -> Page:
        return visit(page, f"{server}/{path}")

    yield opened
    assert not errors


@pytest.fixture
def open_elsewhere(server: str, contexts: Contexts) -> Iterator[OpenElsewhere]:
    """Open addresses as other visitors; no page error is let pass."""
    taken: list[tuple[str, BrowserContext]] = []
    errors: list[list[str]] = []

    def opened(path: str, **device: Any) -> Page:
        taken.append(contexts.take(device))
        page = taken[-1][1].new_page()
        errors.append(errors_of(page))
        return visit(page, f"{server}/{path}")

    yield opened
    for name, context in taken:
        contexts.give_back(name, context)
    assert not any(errors)


def errors_of(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong in a page's scripts."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def visit(page: Page, address: str) -> Page:
    """Open an address of the app and wait until its script has run."""
    follow(page).expect_a_new_page()
    page.goto(address)
    settle(page)
    return page


def reload(page: Page) -> None:
    """Load a page anew and wait until its script has run."""
    follow(page).expect_a_new_page()
    page.reload()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script has run for all that was asked, and no exception is on the page."""
    await_answer(page)
    page.locator(SETTLED).wait_for()
    # What stands for an element while Streamlit's own script for that kind is still being fetched.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def draw(page: Page, *strokes: list[tuple[float, float]]) -> None:
    """Draw strokes with the mouse; places are fractions of the canvas, (0, 0) at the top left."""
    settle(page)  # or the page moves under the pen
    canvas = page.locator("canvas.upper-canvas")
    # To the middle: at the top of the window Streamlit's own bar would take what is drawn.
    canvas.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    box = canvas.bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for here, there in pairwise(places):
            page.mouse.move(*there, steps=ceil(dist(here, there) / PEN_STEP_PX))
        page.mouse.up()
