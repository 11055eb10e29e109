"""A page as its visitor meets it, without a browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "app.py"
OpenPage = Callable[[str], AppTest]


@pytest.fixture
def open_page(runs_folder: Path) -> OpenPage:
    """Open one page of the app, with no runs but those of the test."""

    def opened(path: str) -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=60).run()
        if path != "app.py":
            page.switch_page(path).run()
        assert not page.exception
        return page

    return opened


def component_data(page: AppTest, name: str) -> dict[str, Any]:
    """Return what Python handed to the browser's part of the page."""
    [proto] = [
        element.proto
        for element in page.get("bidi_component")
        if element.proto.component_name.endswith(name)
    ]
    data: dict[str, Any] = json.loads(proto.json)
    return data
