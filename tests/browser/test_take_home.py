"""The buttons that hand something over to take home: pressed, and what they gave is opened."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnxruntime
import pytest
from playwright.sync_api import Page, expect

from mnistcore.reading.classifier import MYNET
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.status import record_outcome
from mnistcore.training.recipes import RECIPES
from tests.browser.conftest import OpenPath, errors_of, settle

PRINTED_PAGE = re.compile(rb"/Type\s*/Page\b")  # in a PDF


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


def open_forms(page: Page) -> Page:
    """Open the forms in which a network can be had."""
    settle(page)
    page.get_by_role("button", name="Take this network home").click()
    expect(page.get_by_test_id("stDownloadButton").filter(has_text="PyTorch")).to_be_visible()
    return page


def test_the_prediction_page_gives_its_network_in_every_form(
    open_path: OpenPath, tmp_path: Path
) -> None:
    page = open_forms(open_path("prediction"))
    web_page, onnx, plain = (
        taken(page, name, tmp_path) for name in ("Web page", "ONNX", "PyTorch")
    )

    assert [path.name for path in (web_page, onnx, plain)] == [
        f"drawing-net.{suffix}" for suffix in ("html", "onnx", "zip")
    ]
    expect(page.get_by_test_id("stCode")).to_contain_text("held = torch.load('drawing-net.pt'")
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    assert session.run(None, {"images": np.zeros((1, 1, 28, 28), np.float32)})[0].shape == (1, 11)
    with ZipFile(plain) as folder:
        assert folder.namelist() == ["drawing-net.py", "drawing-net.pt"]
    expect(open_file(page, web_page).locator("canvas").first).to_be_visible()


def test_the_training_page_gives_a_web_page_and_a_report(
    open_path: OpenPath, run: Run, tmp_path: Path
) -> None:
    page = open_path(f"training?run={run.name}&training_view=files")

    report = open_file(page, taken(page, "Report to hand in", tmp_path))
    web_page = open_file(page, taken(open_forms(page), "Web page", tmp_path))

    expect(web_page.locator("canvas").first).to_be_visible()
    expect(report.locator("body")).to_contain_text("--network mynet --recipe article")
    expect(report.locator("strong").first).to_have_text("99.47%")
    assert len(PRINTED_PAGE.findall(report.pdf(prefer_css_page_size=True))) == 2
    report.set_viewport_size({"width": 390, "height": 844})
    assert report.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
