"""A run that learned, replayed: the same drawing, the gallery and the inside, epoch by epoch."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPath, draw, settle
from tests.browser.server import PROJECT
from tests.browser.strokes import SEVEN

# Whoever looks now and then may miss an epoch, which is shown for less than a second.
WRITE_DOWN_EPOCHS = """() => {
    window.epochs = [];
    new MutationObserver(() => {
        const epoch = document.querySelector("[aria-valuetext]")?.ariaValueText;
        if (epoch && epoch !== (epochs.at(-1) ?? "2")) epochs.push(epoch);
    }).observe(document.body, {attributes: true, childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def learner(runs_of_server: Path) -> Iterator[str]:
    """Train a run of two epochs with the command that a user would type."""
    settings = ["--epochs", "2", "--batch-size", "1000", "--threads", "1"]
    subprocess.run(
        [sys.executable, "-m", "mnistcore", "train", "--run", "learner", *settings],
        cwd=PROJECT,
        env={**os.environ, "MNISTCORE_RUNS": str(runs_of_server)},
        check=True,
        capture_output=True,
    )
    yield "learner"


def test_a_drawing_is_replayed_from_before_the_first_step(
    open_path: OpenPath, learner: str
) -> None:
    page = open_path(f"prediction?network={learner}")
    draw(page, SEVEN)
    expect(page.locator(".st-key-answer")).to_have_text("7")
    settle(page)  # until then the bars follow the pen
    learned = share_of(page, 7)

    page.evaluate(WRITE_DOWN_EPOCHS)
    page.get_by_role("button", name="Replay").click()
    page.wait_for_function("() => epochs.join() === '0,1,2'")
    expect(page.get_by_role("button", name="Replay")).to_be_visible()  # it came to its end
    expect(page.locator(".bars .share").nth(7)).to_have_text(learned)
    expect(page.locator(".st-key-answer")).to_have_text("7")

    page.get_by_role("slider").press("Home")
    expect(page.locator(".bars .share").nth(7)).not_to_have_text(learned)
    expect(page).to_have_url(re.compile("epoch=0"))


def test_the_slider_is_in_the_address_and_moves_the_gallery(
    open_path: OpenPath, learner: str
) -> None:
    page = open_path(f"prediction?network={learner}&view=Test+set&epoch=0")
    expect(page.locator(".tiles .tile.wrong").nth(20)).to_be_visible()  # nothing learned yet

    page.get_by_role("slider").first.press("End")
    settle(page)

    expect(page.locator(".tiles .tile.right").nth(40)).to_be_visible()


def test_a_digit_of_an_epoch_is_looked_into(open_path: OpenPath, learner: str) -> None:
    page = open_path(f"prediction?network={learner}&view=Test+set&epoch=1&digit=5")
    expect(page.get_by_role("img", name=re.compile("Pixels for and against"))).to_be_visible()

    page.get_by_role("link", name="Look inside the network").click()
    expect(page.get_by_role("heading", name="Inside the network")).to_be_visible()
    settle(page)

    expect(page.get_by_role("spinbutton", name="Test image")).to_have_value("5")
    expect(page.get_by_role("slider").first).to_have_attribute("aria-valuetext", "1")


def share_of(page: Page, digit: int) -> str:
    return page.locator(".bars .share").nth(digit).inner_text()
