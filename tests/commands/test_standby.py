import argparse
import os

import pytest

from mnistcore.__main__ import main
from mnistcore.commands import standby as command
from mnistcore.runs import standby
from mnistcore.worker import warming
from tests.conftest import idle_run


@pytest.mark.usefixtures("runs_folder")
def test_a_run_that_was_stopped_is_no_fault_of_who_stood_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, carried_out = idle_run("handed"), list[str]()

    def stopped(options: argparse.Namespace) -> int:
        carried_out.append(options.resume)
        return 130

    monkeypatch.setattr(command, "let_others_go_first", lambda: None)
    monkeypatch.setattr(warming, "warm_up", lambda: None)
    monkeypatch.setattr(standby, "await_run", lambda parent: run)
    monkeypatch.setattr(command, "train", stopped)
    monkeypatch.setattr(os, "dup2", lambda *numbers: None)

    assert main(["standby"]) == 0

    assert carried_out == ["handed"]
