import re
from pathlib import Path

import pytest

from mnistcore.__main__ import main
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.control import read_requests
from tests.conftest import idle_run


def test_runs_are_listed_stopped_renamed_compared_and_deleted(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["runs"])
    assert "No runs yet" in capsys.readouterr().out
    main(["train", "--run", "toy", "--epochs", "2", "--batch-size", "10", "--optimizer", "SGD"])
    main(["train", "--run", "dense", "--network", "dense", "--epochs", "1", "--batch-size", "8"])
    capsys.readouterr()

    main(["runs"])
    dense, toy = capsys.readouterr().out.splitlines()[1:]
    assert re.match(r"toy +finished +mynet +8/8 +\d+\.\d\d%", toy)
    assert re.match(r"dense +finished +dense +5/5 ", dense)
    main(["runs", "compare", "toy", "dense"])
    assert re.search(r"optimizer +SGD +Adam", capsys.readouterr().out)
    main(["runs", "rename", "toy", "other"])
    main(["runs", "delete", "dense"])
    assert [run.name for run in all_runs.list_runs()] == ["other"]


def test_a_run_that_is_going_on_is_asked_and_one_that_is_not_is_left_alone(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = idle_run("toy")
    with claim(run) as turn:
        turn.take()
        exit_codes = [main(["runs", wish, "toy"]) for wish in ("pause", "stop")]
        asked = read_requests(run)

    assert exit_codes == [0, 0]
    assert asked.pause and asked.stop
    assert main(["runs", "stop", "toy"]) == 1
    assert "'toy' is interrupted, so nothing can be asked of it" in capsys.readouterr().err
    assert not run.stop_request.exists()


def test_a_damaged_outcome_is_told_and_the_other_runs_are_listed(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    idle_run("fine")
    idle_run("cut").outcome.write_text('{"status": "failed", "message": "No space')

    exit_code = main(["runs"])

    output = capsys.readouterr().out
    assert exit_code == 0
    assert re.search(r"cut +failed .*its outcome\.json is damaged", output)
    assert re.search(r"fine +interrupted", output)
