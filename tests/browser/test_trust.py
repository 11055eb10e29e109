"""What a browser fetches: nothing from anywhere but the app, whatever a file says."""

from io import BytesIO
from urllib.parse import urlsplit

import torch
from playwright.sync_api import FilePayload, Page, expect

from mnistcore.models.model import build_network
from tests.browser.conftest import OpenPath, settle
from ui.menu import PAGES

PICTURE = "![a](http://127.0.0.2/stranger.png)"


def hosts_asked_by(page: Page) -> set[str]:
    """Return a set that grows with every request that the page makes."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    return hosts


def test_a_picture_named_in_a_file_is_not_fetched(open_path: OpenPath, page: Page) -> None:
    hosts = hosts_asked_by(page)
    weights = {**build_network("mynet", seed=1).state_dict(), PICTURE: torch.ones(1)}
    file = BytesIO()
    torch.save(weights, file)
    open_path("prediction?network=~upload")

    page.locator("input[type=file]").set_input_files(
        FilePayload(
            name=f"{PICTURE.replace('/', '')}.pt",
            mimeType="application/octet-stream",
            buffer=file.getvalue(),
        )
    )

    expect(page.get_by_test_id("stAlert")).to_contain_text(f"no such weights: {PICTURE}")
    expect(page.get_by_test_id("stAlert").locator("img")).to_have_count(0)
    settle(page)
    assert hosts - {""} == {"127.0.0.1"}


def test_no_page_asks_anybody_but_the_app(open_path: OpenPath, page: Page) -> None:
    hosts = hosts_asked_by(page)

    for path in PAGES:
        name = path.removeprefix("pages/").removesuffix(".py")
        open_path("" if name == "app" else name)
        settle(page)

    assert hosts - {""} == {"127.0.0.1"}
