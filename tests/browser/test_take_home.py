"""The buttons that hand something over to take home: pressed, and what they gave is opened."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mnistcore.reading.classifier import MYNET
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.status import record_outcome
from mnistcore.training.recipes import RECIPES
from tests.browser.conftest import OpenPath, errors_of, settle


@pytest.fixture
def run(runs_of_server: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("MNISTCORE_RUNS", str(runs_of_server))
    run = all_runs.create_run("taken-home", network="mynet", recipe=RECIPES["article"])
    shutil.copyfile(MYNET, run.checkpoint)
    record_outcome(run, "finished")
    yield run
    all_runs.delete_run(run)


def taken(page: Page, label: str, folder: Path) -> Path:
    """Press a button, and return the file that came."""
    settle(page)
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button", name=label).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def open_file(page: Page, path: Path) -> Page:
    """Open a file in a page of its own, cut off from any network."""
    opened = page.context.new_page()
    errors = errors_of(opened)
    opened.route("http*://**", lambda route: route.abort())
    opened.goto(path.as_uri())
    assert not errors
    return opened


def test_the_prediction_page_gives_a_web_page_that_reads(
    open_path: OpenPath, tmp_path: Path
) -> None:
    path = taken(open_path("prediction"), "Web page to take home", tmp_path)

    assert path.name == "drawing-net.html"
    opened = open_file(open_path("prediction"), path)
    expect(opened.locator("canvas").first).to_be_visible()


def test_the_training_page_gives_a_web_page_and_a_report(
    open_path: OpenPath, run: Run, tmp_path: Path
) -> None:
    page = open_path(f"training?run={run.name}&training_view=files")

    web_page = open_file(page, taken(page, "Web page to take home", tmp_path))
    report = open_file(page, taken(page, "Report to hand in", tmp_path))

    expect(web_page.locator("canvas").first).to_be_visible()
    expect(report.locator("body")).to_contain_text("--network mynet --recipe article")
    expect(report.locator("strong").first).to_have_text("99.47%")
