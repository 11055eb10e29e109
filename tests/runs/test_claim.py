import errno
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs import claim as claim_module
from mnistcore.runs import status as status_module
from mnistcore.runs.claim import claim
from mnistcore.runs.control import Requests, read_requests, request_learning_rate, request_stop
from mnistcore.runs.folder import Run
from mnistcore.runs.status import outcome_message, status
from tests.conftest import idle_run


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return idle_run("first")


def full(*arguments: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_one_run_is_not_trained_twice_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_module, "SECONDS_TO_WAIT", 0.05)

    with (
        claim(run),
        pytest.raises(InvalidInputError, match="going on already"),
        claim(run),
    ):
        pass


def test_a_failure_is_recorded_with_its_message(run: Run) -> None:
    with pytest.raises(OSError, match="cable loose"), claim(run):
        raise OSError("cable loose")

    assert status(run) == "failed"
    assert outcome_message(run) == "cable loose"


def test_a_full_disk_is_told_on_the_room_reserved_for_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InvalidInputError, match=r"disk is full.*make room"), claim(run):
        monkeypatch.setattr(status_module, "write_json", full)
        full()

    assert status(run) == "failed"
    assert "The disk is full" in outcome_message(run)


def test_on_a_full_disk_a_long_message_leaves_an_outcome_that_can_be_read(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match="a very"), claim(run):
        monkeypatch.setattr(status_module, "write_json", full)
        raise ValueError("a very " + "long " * 2000 + "tale")

    assert status(run) == "failed"
    assert outcome_message(run).startswith("a very long long")


def test_a_disk_full_from_the_start_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(status_module, "write_json", full)

    with pytest.raises(InvalidInputError, match=r"disk is full.*make room"), claim(run):
        pass


def test_what_was_asked_while_it_started_counts(run: Run) -> None:
    run.started.write_text(f'{{"time": {time.time()}}}')
    request_stop(run)

    with claim(run) as turn:
        assert read_requests(run) == Requests(stop=True)
        assert not turn.take()


def test_a_run_that_ends_leaves_no_request_and_no_trace_of_its_process(run: Run) -> None:
    with claim(run) as turn:
        turn.take()
        request_stop(run)
        request_learning_rate(run, 0.5)

    assert sorted(path.name for path in run.folder.iterdir()) == [".lock", "config.json"]


def test_a_run_that_waits_ends_when_its_folder_is_removed(run: Run) -> None:
    first = idle_run("before")
    with claim(first) as other:
        other.take()
        with pytest.raises(InvalidInputError, match="was removed"), claim(run) as turn:
            shutil.rmtree(run.folder)
            turn.take()

    assert not run.folder.exists()


def test_a_run_that_trains_ends_when_its_folder_is_removed(run: Run) -> None:
    with pytest.raises(InvalidInputError, match="'first' was removed"), claim(run) as turn:
        turn.take()
        shutil.rmtree(run.folder)
        run.metrics.open("a")

    assert not run.folder.exists()


def test_a_folder_in_the_place_of_a_file_fails_the_run_with_a_sentence(run: Run) -> None:
    run.metrics.mkdir()

    with pytest.raises(InvalidInputError, match="'first' cannot be used"), claim(run):
        run.metrics.open("a")

    assert status(run) == "failed"
    assert "metrics.jsonl" in outcome_message(run)
