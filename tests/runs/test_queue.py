import json
from pathlib import Path
from typing import Any

import pytest

from mnistcore.files import write_json
from mnistcore.runs import queue
from mnistcore.runs.claim import claim
from mnistcore.runs.control import request_pause, request_stop, request_unpause
from mnistcore.runs.folder import Run
from mnistcore.runs.queue import runs_before
from mnistcore.runs.status import status
from tests.conftest import idle_run
from tests.waiting import finish, in_background, wait_until


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return idle_run("first")


def test_runs_train_one_at_a_time_in_the_order_in_which_they_came(runs_folder: Path) -> None:
    order: list[str] = []

    def train(run: Run) -> None:
        with claim(run) as turn:
            turn.take()
            order.append(run.name)

    # Neither the names nor the ages of the folders have this order.
    waiting = [idle_run(name) for name in ("d", "b", "c", "a")]
    first = idle_run("first")
    threads = []
    with claim(first) as turn:
        turn.take()
        for run in reversed(waiting):
            threads.append(in_background(lambda run=run: train(run)))  # type: ignore[misc]
            wait_until(lambda run=run: status(run) == "waiting")  # type: ignore[misc]
        assert [other.name for other in runs_before(waiting[0])] == ["first", "a", "c", "b"]
        assert order == []
    for thread in threads:
        finish(thread)

    assert order == ["a", "c", "b", "d"]


def test_a_run_that_waits_is_never_seen_without_its_place_in_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks between any two writes sees a place in line if and only if it waits."""
    seen: list[tuple[str, list[str]]] = []
    second = idle_run("second")

    def write_and_look(path: Path, content: dict[str, Any]) -> None:
        write_json(path, content)
        seen.append((status(second), [other.name for other in runs_before(second)]))

    with claim(run) as first_turn, claim(second) as turn:
        first_turn.take()
        monkeypatch.setattr(queue, "write_json", write_and_look)
        request_pause(second)
        thread = in_background(turn.take)
        wait_until(lambda: len(seen) == 2)
        request_unpause(second)
        wait_until(lambda: len(seen) == 3)
        first_turn.give_back()
        finish(thread)

    assert seen == [
        ("waiting", ["first"]),
        ("paused", []),
        ("waiting", ["first"]),
        ("running", []),
    ]


def test_a_dead_run_holds_nobody_up(run: Run) -> None:
    dead = idle_run("dead")
    dead.phase.write_text(json.dumps({"phase": "running", "since": 1}))
    dead.lock.touch()

    with claim(run) as turn:
        assert turn.take()
        assert runs_before(run) == []


def test_a_run_that_waits_can_be_stopped(run: Run) -> None:
    second = idle_run("second")
    took: list[bool] = []

    def wait() -> None:
        with claim(second) as turn:
            took.append(turn.take())

    with claim(run) as turn:
        turn.take()
        thread = in_background(wait)
        wait_until(lambda: status(second) == "waiting")
        request_stop(second)
        finish(thread)

    assert took == [False]


def test_a_paused_run_lets_others_train_and_goes_on(run: Run) -> None:
    second = idle_run("second")
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
