"""A page as its visitor meets it, without a browser."""

from collections.abc import Callable
from pathlib import Path

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
