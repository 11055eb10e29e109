"""What tests of runs share."""

from pathlib import Path

import pytest

from mnistcore.runs import standby


@pytest.fixture
def standby_is_wanted(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(standby.SECONDS, "100")
    monkeypatch.setenv("MNISTCORE_RUN_NICENESS", "0")  # the suite keeps every core busy
    monkeypatch.setattr(standby, "_started", [])
    monkeypatch.setattr(standby, "_tried", [])
    runs_folder.mkdir()
