import errno
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.folder import Run
from mnistcore.runs.status import (
    RESERVED_BYTES,
    is_locked,
    outcome_message,
    read_outcome,
    record_outcome,
    status,
)
from tests.conftest import idle_run
from tests.damaged_runs import make_dangling_link, make_folder, make_loop, make_pipe
from tests.waiting import finish, in_background, wait_until

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return idle_run("first")


def test_the_status_follows_a_run_through_its_life(run: Run) -> None:
    seen = [status(run)]
    with claim(run) as turn:
        seen.append(status(run))
        turn.take()
        seen.append(status(run))
    seen.append(status(run))
    with claim(run):
        record_outcome(run, "finished")
    seen.append(status(run))

    # Left without an outcome is what a killed process looks like.
    assert seen == ["interrupted", "starting", "running", "interrupted", "finished"]


def test_a_run_that_ends_is_never_seen_as_anything_but_running_and_finished(run: Run) -> None:
    seen = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.is_set():
            seen.add(status(run))
        seen.add(status(run))

    with claim(run) as turn:
        turn.take()
        watcher = threading.Thread(target=watch)
        watcher.start()
        wait_until(lambda: bool(seen))
        record_outcome(run, "finished")
    ended.set()
    watcher.join()

    assert seen == {"running", "finished"}


ASK = """
import sys, time
from pathlib import Path
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
run, end = Run(Path(sys.argv[1])), time.monotonic() + 2
print({status(run) for _ in iter(lambda: time.monotonic() < end, False)})
"""


def test_who_asks_is_not_taken_for_the_runs_process_by_another_who_asks(run: Run) -> None:
    run.lock.touch()
    run.phase.write_text('{"phase": "running"}')  # what a killed process leaves

    call = [sys.executable, "-c", ASK, str(run.folder)]
    askers = [
        subprocess.Popen(call, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]

    assert [asker.communicate()[0].strip() for asker in askers] == ["{'interrupted'}"] * 2


def test_a_lock_that_was_never_made_is_not_held(run: Run) -> None:
    assert not is_locked(run.lock)
    assert not is_locked(run.folder / "nowhere" / ".lock")


def test_where_no_more_files_can_be_opened_no_run_is_taken_for_one_that_ended(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    run.lock.touch()
    monkeypatch.setattr("mnistcore.runs.status.open_file", refuse)

    with pytest.raises(OSError, match="Too many open files"):
        is_locked(run.lock)


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_folder, make_dangling_link])
def test_a_run_whose_lock_is_no_file_is_damaged_and_told(
    spoil: Callable[[Path], None], run: Run
) -> None:
    other = idle_run("other")
    spoil(run.lock)
    seen = list[str]()

    finish(in_background(lambda: seen.append(status(run))))

    assert seen == ["damaged"]
    assert ".lock is damaged: it is no file" in outcome_message(run)
    with pytest.raises(InvalidInputError, match=r"'first' cannot be used: \.lock is damaged"):
        all_runs.start(run)
    with claim(other) as turn:
        assert turn.take()
        assert status(other) == "running"
    all_runs.delete_run(run)
    assert [one.name for one in all_runs.list_runs()] == ["other"]


@pytest.mark.parametrize("text", [r"\ud800", r"a\uDFFFb", "\udc80"])
def test_an_outcome_with_half_a_character_is_damaged(run: Run, text: str) -> None:
    outcome = f'{{"status": "failed", "message": "{text}"}}'
    run.outcome.write_bytes(outcome.encode(errors="surrogatepass"))

    assert outcome_message(run) == "How it ended is not known: its outcome.json is damaged."


def test_an_emoji_is_a_whole_character(run: Run) -> None:
    record_outcome(run, "failed", "a 😀")

    assert "\\ud83d\\ude00" in run.outcome.read_text()
    assert outcome_message(run) == "a 😀"


def test_what_a_run_says_of_a_path_that_is_no_text_can_be_read(run: Run) -> None:
    record_outcome(run, "failed", OSError(2, "missing", "a\udcffb"))

    assert outcome_message(run) == "[Errno 2] missing: 'a\\udcffb'"

    record_outcome(run, "failed", InvalidInputError("{path} is missing.", path="a\udcffb"))

    assert outcome_message(run) == "a?b is missing."


def test_a_long_message_is_shortened_to_what_is_reserved_and_stays_json(run: Run) -> None:
    for message in ("x" * 5000, "卷" * 5000, '"\\' * 3000):
        record_outcome(run, "failed", message)

        outcome = json.loads(run.outcome.read_text())
        kept = outcome["message"].removesuffix(" ...")
        assert len(json.dumps(outcome)) <= RESERVED_BYTES
        assert message.startswith(kept)
        assert len(json.dumps(kept)) > RESERVED_BYTES / 2
    assert outcome_message(run) == outcome["message"]


@pytest.mark.parametrize(
    "content",
    [b'{"status": "failed", "mess', b"\xff", b"[]", b"7", b"null", b'{"status": "great"}', b""],
)
def test_a_damaged_outcome_is_told_and_disturbs_no_other_run(run: Run, content: bytes) -> None:
    other = idle_run("other")
    run.outcome.write_bytes(content)

    assert status(run) == "failed"
    assert "its outcome.json is damaged" in outcome_message(run)
    assert status(other) == "interrupted"
    assert read_outcome(other) is None
    assert {one.name for one in all_runs.list_runs()} == {"first", "other"}


def test_a_process_that_was_started_a_moment_ago_is_starting(run: Run) -> None:
    run.started.write_text(json.dumps({"time": time.time() - 5}))
    assert status(run) == "starting"

    run.started.write_text(json.dumps({"time": time.time() - 500}))
    assert status(run) == "interrupted"
