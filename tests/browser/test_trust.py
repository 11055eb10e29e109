"""What a browser fetches: nothing from anywhere but the app, whatever a file says."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import torch
from playwright.sync_api import Browser, FilePayload, Page, expect

from mnistcore.models.model import build_network
from mnistcore.runs.claim import claim
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from tests.browser.conftest import PATIENCE_MS, OpenPath, settle, visit
from tests.browser.server import running_server
from tests.conftest import idle_run
from tests.waiting import wait_until
from ui.menu import PAGES

PICTURE = "![a](http://127.0.0.2/stranger.png)"
# Each of these becomes something else in Streamlit's Markdown, escaped or not.
MADE_INTO_MORE = "www.a.bc me@a.bc :smile: :material/home: :red -> &copy;"
JOINER = "\u2060"  # keeps them apart, and takes no room


def hosts_asked_by(page: Page) -> set[str]:
    """Return a set that grows with every request that the page makes."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    return hosts


@pytest.mark.parametrize("words", [PICTURE, MADE_INTO_MORE])
def test_what_a_file_says_is_shown_as_text(open_path: OpenPath, page: Page, words: str) -> None:
    hosts = hosts_asked_by(page)
    weights = {**build_network("mynet", seed=1).state_dict(), words: torch.ones(1)}
    file = BytesIO()
    torch.save(weights, file)
    open_path("prediction?network=~upload")

    page.locator("input[type=file]").set_input_files(
        FilePayload(
            name=f"{words.replace('/', '')}.pt",
            mimeType="application/octet-stream",
            buffer=file.getvalue(),
        )
    )

    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("no such weights: ")
    assert f"no such weights: {words}" in alert.inner_text().replace(JOINER, "")
    expect(alert.locator("p").locator("a, img, span")).to_have_count(0)
    settle(page)
    assert hosts - {""} == {"127.0.0.1"}


def test_no_page_asks_anybody_but_the_app(open_path: OpenPath, page: Page) -> None:
    hosts = hosts_asked_by(page)

    for path in PAGES:
        name = path.removeprefix("pages/").removesuffix(".py")
        open_path("" if name == "app" else name)
        settle(page)

    assert hosts - {""} == {"127.0.0.1"}


def test_a_visitor_stops_only_what_is_their_own(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, runs = tmp_path / "mnistcore.toml", tmp_path / "runs"
    settings.write_text("only_own = true\n")
    environment = {"MNISTCORE_SETTINGS": str(settings), "MNISTCORE_RUNS": str(runs)}
    monkeypatch.setenv("MNISTCORE_RUNS", str(runs))
    with (
        running_server(tmp_path / "log.txt", **environment) as address,
        claim(idle_run("a")) as turn,
    ):
        turn.take()  # so that the other one waits, and costs nothing
        anna, ben = browser.new_context(), browser.new_context()
        for person in (anna, ben):
            person.set_default_timeout(PATIENCE_MS)
        mine = visit(anna.new_page(), f"{address}/training")
        mine.get_by_role("button", name="Start", exact=True).click()
        run = Run(runs / "mynet-default-1")
        wait_until(lambda: status(run) == "waiting")

        link = f"{address}/training?run={run.name}"
        other = visit(ben.new_page(), link)
        other.get_by_role("button", name="Stop", exact=True).click()
        expect(other.get_by_text("was started by somebody else")).to_be_visible()
        assert status(run) == "waiting"

        again = visit(anna.new_page(), link)  # another tab of the same browser
        again.get_by_role("button", name="Stop", exact=True).click()
        wait_until(lambda: status(run) == "stopped")
        anna.close()
        ben.close()
