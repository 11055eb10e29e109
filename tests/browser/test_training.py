import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from tests.browser.conftest import OpenElsewhere, OpenPath, settle, stop_runs

NAME = r"mynet-article-\d+"


@pytest.fixture(autouse=True)
def no_run_goes_on(runs_of_server: Path) -> Iterator[None]:
    yield
    stop_runs(runs_of_server)


def start(page: Page, **settings: int) -> None:
    """Start a run by the article's recipe with some settings of its own."""
    page.get_by_role("combobox", name="Recipe").click()
    page.get_by_role("option", name="article", exact=True).click()
    settle(page)
    for name, value in settings.items():
        field = page.locator(f".st-key-{name} input")
        field.fill(str(value))
        field.press("Enter")
        settle(page)
    page.get_by_role("button", name="Start").click()


def test_the_button_that_starts_is_in_sight(open_path: OpenPath, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_path("training")

    expect(page.get_by_role("button", name="Start")).to_be_in_viewport(ratio=1)


def test_a_run_streams_is_found_again_changes_its_rate_stops_and_goes_on(
    open_path: OpenPath, open_elsewhere: OpenElsewhere
) -> None:
    page = open_path("training")
    start(page, epochs=100)  # which no machine comes to the end of meanwhile

    expect(page.get_by_text(re.compile(f"{NAME} is running"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Step [\d,]+ of 55,000"))).to_be_visible()
    expect(page.locator(".st-key-watched_digits .tile")).to_have_count(20)
    expect(page.locator(".st-key-first_kernels canvas")).to_have_count(16)
    page.goto("about:blank")

    other = open_elsewhere("training")
    expect(other.get_by_text(re.compile(f"{NAME} is running"))).to_be_visible()
    step = other.get_by_text(re.compile(r"Step [\d,]+ of 55,000"))
    seen = step.inner_text()
    expect(step).not_to_have_text(seen)

    other.locator(".st-key-learning_rate_change").get_by_role("button").first.click()
    field = other.get_by_role("spinbutton", name="New learning rate")
    field.fill("0.0005")
    field.press("Enter")
    other.get_by_role("button", name="Change it").click()
    expect(other.get_by_text(re.compile(r"Changed to 0\.0005 at step"))).to_be_visible()
    other.keyboard.press("Escape")

    # Streamlit has a button of this name, too, while the script runs.
    other.get_by_test_id("stMain").get_by_role("button", name="Stop").click()
    expect(other.get_by_text(re.compile(f"{NAME} is stopped"))).to_be_visible()
    seen = step.inner_text()
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_text(re.compile(f"{NAME} is running"))).to_be_visible()
    expect(step).not_to_have_text(seen)

    other.get_by_role("button", name="Pause").click()
    expect(other.get_by_text(re.compile(f"{NAME} is paused"))).to_be_visible()
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_text(re.compile(f"{NAME} is running"))).to_be_visible()


def test_a_run_comes_to_its_end_with_a_verdict_and_a_network_for_the_other_page(
    open_path: OpenPath,
) -> None:
    page = open_path("training")
    start(page, epochs=2, batch_size=1000)

    expect(page.get_by_text(re.compile(f"{NAME} is finished"))).to_be_visible()
    expect(page.get_by_text("Step 110 of 110")).to_be_visible()
    page.get_by_role("tab", name="Result").click()
    expect(page.locator(".st-key-confusion td")).to_have_count(100)
    page.get_by_role("tab", name="Files").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Metrics (CSV)").click()
    assert len(download.value.path().read_text().splitlines()) == 1 + 110 + 2
    page.get_by_role("link", name="Use for prediction").click()
    settle(page)  # both pages have a "Network", and for a moment both stand there
    expect(page.get_by_role("combobox", name="Network")).to_have_value(re.compile(NAME))


def test_a_page_that_answers_come_to_late_shows_the_run_that_was_started(
    open_path: OpenPath, page: Page, runs_of_server: Path
) -> None:
    """The looks that a page takes on its own say what it knew before those answers came."""
    answers: list[tuple[WebSocketRoute, bytes | str]] = []
    is_slow, num_looks = False, 0

    def relay(route: WebSocketRoute) -> None:
        app = route.connect_to_server()

        def ask(told: bytes | str) -> None:
            nonlocal num_looks
            assert isinstance(told, bytes)
            num_looks += BackMsg.FromString(told).rerun_script.is_auto_rerun
            app.send(told)

        route.on_message(ask)
        app.on_message(lambda told: answers.append((route, told)) if is_slow else route.send(told))

    def await_looks(number: int) -> None:
        seen = num_looks
        while num_looks < seen + number:
            page.wait_for_timeout(50)

    page.route_web_socket(re.compile("_stcore/stream"), relay)
    open_path("training")
    before = {*runs_of_server.glob("*/config.json")}
    start(page, epochs=100)
    expect(page.get_by_text(re.compile(f"{NAME} is running"))).to_be_visible()
    [first] = {*runs_of_server.glob("*/config.json")} - before

    is_slow = True
    page.get_by_role("button", name="Start").click()
    await_looks(5)
    [second] = {*runs_of_server.glob("*/config.json")} - before - {first}
    request_stop(Run(first.parent))
    while status(Run(second.parent)) != "running":
        page.wait_for_timeout(50)
    await_looks(5)
    is_slow = False
    for route, told in answers:
        route.send(told)

    expect(page.get_by_text(f"{second.parent.name} is running")).to_be_visible()
    expect(page.get_by_role("combobox", name="Run")).to_have_value(second.parent.name)
