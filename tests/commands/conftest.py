"""What tests of commands need."""

from pathlib import Path

import pytest

from mnistcore.worker import execution
from tests.conftest import toy_split

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def toy_data(monkeypatch: pytest.MonkeyPatch, runs_folder: Path) -> Path:
    """Let trainings learn from toys; return where runs lie."""
    monkeypatch.setattr(execution, "load_split", toy_split)
    return runs_folder
