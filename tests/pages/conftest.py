"""A page as its visitor meets it, without a browser."""

import json
from pathlib import Path
from typing import Any, Protocol

import pytest
from streamlit.testing.v1 import AppTest

from mnistcore.runs import all_runs
from mnistcore.training.recipes import RECIPES
from tests.waiting import PATIENCE_SECONDS
from ui.torch_import import import_torch

APP = Path(__file__).parent.parent.parent / "app.py"


class OpenPage(Protocol):
    """Open one page of the app by its file, and by what its address says."""

    def __call__(self, path: str, **address: str | list[str]) -> AppTest: ...


@pytest.fixture(autouse=True)
def torch_is_there() -> None:
    """Have pages show at once what they show when torch has come."""
    import_torch()


@pytest.fixture
def open_page(runs_folder: Path) -> OpenPage:
    """Open one page of the app, with no runs but those of the test."""

    def opened(path: str, **address: str | list[str]) -> AppTest:
        page = visit(path, **address)
        assert not page.exception
        return page

    return opened


@pytest.fixture
def some_run(runs_folder: Path) -> None:
    """Have the app know one run, that nobody carries out."""
    all_runs.create_run("some-run", network="mynet", recipe=RECIPES["article"])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Take the place of the process: the names of the runs that would have started."""
    names: list[str] = []
    monkeypatch.setattr(all_runs, "start", lambda run: names.append(run.name))
    return names


def visit(path: str, **address: str | list[str]) -> AppTest:
    """Open a page, whatever it then shows."""
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE_SECONDS)
    for name, value in address.items():
        page.query_params[name] = value
    return page.run() if path == "app.py" else page.switch_page(path).run()


def component_data(page: AppTest, name: str) -> dict[str, Any]:
    """Return what Python handed to the browser's part of the page."""
    [proto] = [
        element.proto
        for element in page.get("bidi_component")
        if element.proto.component_name.endswith(name)
    ]
    data: dict[str, Any] = json.loads(proto.json)
    return data
