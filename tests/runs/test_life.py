import errno
from pathlib import Path
from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs, life
from mnistcore.runs.control import (
    Requests,
    read_requests,
    request_learning_rate,
    request_pause,
    request_stop,
    request_unpause,
)
from mnistcore.runs.folder import Run
from mnistcore.runs.life import claim, outcome_message, record_outcome, runs_before, status
from mnistcore.training.recipes import RECIPES
from tests.waiting import finish, in_background, wait_until


def new_run(name: str) -> Run:
    return all_runs.create_run(name, network="mynet", recipe=RECIPES["article"], num_threads=1)


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return new_run("first")


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
    assert seen == ["interrupted", "waiting", "running", "interrupted", "finished"]


def test_runs_train_one_at_a_time_in_the_order_in_which_they_came(runs_folder: Path) -> None:
    order: list[str] = []

    def train(run: Run) -> None:
        with claim(run) as turn:
            turn.take()
            order.append(run.name)

    # Neither the names nor the ages of the folders have this order.
    waiting = [new_run(name) for name in ("d", "b", "c", "a")]
    first = new_run("first")
    threads = []
    with claim(first) as turn:
        turn.take()
        for place, run in enumerate(reversed(waiting)):
            threads.append(in_background(lambda run=run: train(run)))  # type: ignore[misc]
            wait_until(lambda run=run, place=place: len(runs_before(run)) == place + 1)  # type: ignore[misc]
        assert [other.name for other in runs_before(waiting[0])] == ["first", "a", "c", "b"]
        assert {status(run) for run in waiting} == {"waiting"}
        assert order == []
    for thread in threads:
        finish(thread)

    assert order == ["a", "c", "b", "d"]


def test_a_dead_run_holds_nobody_up(run: Run) -> None:
    dead = new_run("dead")
    (dead.folder / "ticket.json").write_text('{"time_ns": 1}')
    (dead.folder / ".lock").touch()

    with claim(run) as turn:
        assert turn.take()
        assert runs_before(run) == []


def test_a_run_that_waits_can_be_stopped(run: Run) -> None:
    second = new_run("second")
    took: list[bool] = []

    def wait() -> None:
        with claim(second) as turn:
            took.append(turn.take())

    with claim(run) as turn:
        turn.take()
        thread = in_background(wait)
        wait_until(lambda: status(second) == "waiting" and bool(runs_before(second)))
        request_stop(second)
        finish(thread)

    assert took == [False]


def test_a_paused_run_lets_others_train_and_goes_on(run: Run) -> None:
    second = new_run("second")
    went_on: list[bool] = []

    def pause() -> None:
        with claim(run) as turn:
            turn.take()
            request_pause(run)
            went_on.append(turn.pause())

    thread = in_background(pause)
    wait_until(lambda: status(run) == "paused")
    with claim(second) as turn:
        assert turn.take()
        request_unpause(run)
        wait_until(lambda: status(run) == "waiting")
        assert [other.name for other in runs_before(run)] == ["second"]
    finish(thread)

    assert went_on == [True]


def test_a_paused_run_can_be_stopped(run: Run) -> None:
    with claim(run) as turn:
        turn.take()
        request_pause(run)
        request_stop(run)

        assert not turn.pause()


def test_one_run_is_not_trained_twice_at_once(run: Run) -> None:
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
    def full(path: Path, content: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InvalidInputError, match=r"disk is full.*make room"), claim(run):
        monkeypatch.setattr(life, "write_json", full)
        raise OSError(errno.ENOSPC, "No space left on device")

    assert status(run) == "failed"
    assert "The disk is full" in outcome_message(run)


def test_a_disk_full_from_the_start_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(life, "write_json", full)

    with pytest.raises(InvalidInputError, match=r"disk is full.*make room"), claim(run):
        pass


def test_old_wishes_are_not_those_of_the_next_start(run: Run) -> None:
    request_stop(run)
    request_pause(run)
    request_learning_rate(run, 0.5)
    assert read_requests(run) == Requests(stop=True, pause=True, learning_rate=0.5)

    with claim(run):
        assert read_requests(run) == Requests()


def test_an_impossible_learning_rate_is_refused(run: Run) -> None:
    with pytest.raises(InvalidInputError, match="`learning_rate` is 2"):
        request_learning_rate(run, 2)

    assert read_requests(run) == Requests()
