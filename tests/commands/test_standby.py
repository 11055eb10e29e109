import pytest

from mnistcore.__main__ import main
from mnistcore.commands import standby as command
from mnistcore.runs import standby
from mnistcore.runs.folder import Run
from mnistcore.worker import warming
from tests.conftest import idle_run


@pytest.mark.usefixtures("runs_folder")
def test_a_run_that_was_stopped_is_no_fault_of_who_stood_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, carried_out = idle_run("handed"), list[Run]()
    monkeypatch.setattr(command, "let_others_go_first", lambda: None)
    monkeypatch.setattr(warming, "warm_up", lambda: None)
    monkeypatch.setattr(standby, "await_run", lambda parent: run)
    monkeypatch.setattr(command, "train", lambda options: carried_out.append(run) or 130)
    monkeypatch.setattr(command.os, "dup2", lambda *numbers: None)

    assert main(["standby"]) == 0

    assert carried_out == [run]
