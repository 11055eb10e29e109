"""A run goes to the process that stands by or to a new one, and never to both or to none."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from mnistcore.files import write_json
from mnistcore.runs import all_runs, standby
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from mnistcore.training.recipes import Recipe
from mnistcore.worker.execution import carry_out
from tests.conftest import idle_run
from tests.damaged_runs import make_dangling_link, make_folder, make_loop, make_pipe
from tests.waiting import finish, in_background, wait_until

BRIEF = Recipe(epochs=1, batch_size=1000, learning_rate=0.01, schedule="constant", augmentation=0)


@pytest.fixture(autouse=True)
def standby_is_wanted(runs_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(standby.SECONDS, "100")
    monkeypatch.setenv("MNISTCORE_RUN_NICENESS", "0")  # the suite keeps every core busy
    monkeypatch.setattr(standby, "_started", [])
    monkeypatch.setattr(standby, "_tried", [])
    runs_folder.mkdir()


def requests() -> list[Path]:
    """Return what was handed over and not taken away."""
    return list(standby._requests().iterdir())


def wait_for_a_run(taken: list[Run | None]) -> None:
    with standby.place() as is_mine:
        assert is_mine
        taken.append(standby.await_run())


def test_nobody_stands_by_at_first() -> None:
    assert not standby.hand_over(idle_run("mine"))


def test_who_stands_by_takes_the_run() -> None:
    run, taken = idle_run("mine"), list[Run | None]()
    waiting = in_background(lambda: wait_for_a_run(taken))
    wait_until(standby._ready().exists)

    assert standby.hand_over(run)

    finish(waiting)
    assert taken == [run]
    assert not requests()


def test_one_run_is_taken_and_the_second_finds_nobody() -> None:
    taken = list[Run | None]()
    waiting = in_background(lambda: wait_for_a_run(taken))
    wait_until(standby._ready().exists)

    assert standby.hand_over(idle_run("first"))
    finish(waiting)

    assert not standby.hand_over(idle_run("second"))


def test_two_pages_that_hand_over_at_once_are_told_apart() -> None:
    taken = list[Run | None]()
    told: dict[str, bool] = {}
    runs = [idle_run(f"run-{number}") for number in range(6)]
    waiting = in_background(lambda: wait_for_a_run(taken))
    wait_until(standby._ready().exists)

    pages = [
        in_background(lambda run=run: told.update({run.name: standby.hand_over(run)}))  # type: ignore[misc]
        for run in runs
    ]
    for page in [*pages, waiting]:
        finish(page)

    assert len(told) == len(runs)
    assert [name for name, is_taken in told.items() if is_taken] == [
        run.name for run in taken if run
    ]


def test_what_was_taken_back_meanwhile_is_not_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered = standby._offered

    def slowly(request: Path) -> Run | None:
        run = offered(request)
        if run is not None and run.name == "first":  # its page gives up, and another one comes
            request.unlink()
            write_json(standby._requests() / "second", {"run": "second", "time": time.time()})
        return run

    monkeypatch.setattr(standby, "_offered", slowly)
    with standby.place():
        write_json(standby._requests() / "first", {"run": "first", "time": time.time()})

        taken = standby.await_run()

    assert taken is not None
    assert taken.name == "second"
    assert not requests()


def test_a_second_process_has_no_place_beside_the_first() -> None:
    with standby.place() as first, standby.place() as second:
        assert (first, second) == (True, False)


def test_what_nobody_takes_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standby, "TAKE_SECONDS", 0.05)
    with standby.place():
        standby._ready().touch()  # it stands by, and is held up

        assert not standby.hand_over(idle_run("mine"))

    assert not requests()


def test_one_that_was_killed_is_asked_for_nothing() -> None:
    standby._ready().touch()  # as it is left behind; the system let go of the lock

    assert not standby.hand_over(idle_run("mine"))


def test_what_a_killed_page_left_behind_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(standby.SECONDS, "0.1")
    with standby.place():
        write_json(standby._requests() / "1.1", {"run": "mine", "time": time.time() - 100})
        assert standby.await_run() is None

    assert not requests()


@pytest.mark.parametrize("name", ["../elsewhere", "", "a" * 65])
def test_a_request_for_no_run_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(standby.SECONDS, "0.1")
    with standby.place():
        write_json(standby._requests() / "1.1", {"run": name, "time": time.time()})
        assert standby.await_run() is None

    assert not requests()


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_folder, make_dangling_link])
def test_what_is_no_request_is_removed_and_the_run_behind_it_taken(
    spoil: Callable[[Path], None],
) -> None:
    run, taken = idle_run("mine"), list[Run | None]()
    standby._requests().mkdir()
    spoil(standby._requests() / "1.1")
    waiting = in_background(lambda: wait_for_a_run(taken))
    wait_until(lambda: standby._ready().exists() and not requests())

    assert standby.hand_over(run)

    finish(waiting)
    assert taken == [run]


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_dangling_link, Path.touch])
def test_what_stands_in_place_of_the_requests_is_removed(spoil: Callable[[Path], None]) -> None:
    spoil(standby._requests())

    with standby.place() as is_mine:
        assert is_mine
        assert not requests()


def test_a_process_that_dies_is_not_started_again_at_each_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[object] = []
    codes: list[int] = [1]

    class Gone:
        def poll(self) -> int:
            return codes[-1]

    def start(*given: object) -> Gone:
        started.append(given)
        return Gone()

    monkeypatch.setattr(standby, "start_process", start)
    for _ in range(20):
        standby.ensure()
    assert len(started) == 1

    standby._tried[-1] -= standby.SECONDS_BETWEEN_STARTS
    standby.ensure()
    assert len(started) == 2

    codes.append(0)  # it had its run, or waited long enough
    standby.ensure()
    assert len(started) == 3


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_folder])
def test_where_its_log_cannot_be_written_none_is_started(
    spoil: Callable[[Path], None], runs_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(runs_folder / ".standby.log")

    for _ in range(3):
        finish(in_background(standby.ensure))

    assert not standby._started
    assert len(caplog.records) == 1


def test_it_is_gone_after_its_idle_time_and_with_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parents = iter([1, 1, 1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))

    with standby.place():
        assert standby.await_run() is None

    assert next(parents, None) is None
    monkeypatch.undo()
    monkeypatch.setenv(standby.SECONDS, "0.05")
    with standby.place():
        assert standby.await_run() is None


def test_none_is_started_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(standby, "start_process", lambda *given: started.append(given))
    monkeypatch.setenv(standby.SECONDS, "0")

    standby.ensure()

    assert not started


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    """Have a process stand by, ready."""
    standby.ensure()
    [process] = standby._started
    wait_until(standby._ready().exists)
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
def test_a_run_that_was_handed_over_comes_to_the_weights_of_any_other(
    process: "subprocess.Popen[bytes]",
) -> None:
    handed, other = (
        all_runs.create_run(name, network="mynet", recipe=BRIEF, num_threads=1)
        for name in ("handed", "other")
    )
    list(carry_out(other))

    all_runs.start(handed)

    wait_until(lambda: status(handed) == "finished", handed.log.read_text)
    assert process.wait() == 0
    first, second = (torch.load(run.checkpoint)["model"] for run in (handed, other))
    assert all(torch.equal(first[name], second[name]) for name in second)
    assert "Run handed finished" in handed.log.read_text()


@pytest.mark.slow
def test_a_run_whose_process_was_killed_goes_on(process: "subprocess.Popen[bytes]") -> None:
    run = all_runs.create_run("mine", network="mynet", recipe=BRIEF, num_threads=1)
    all_runs.start(run)
    wait_until(lambda: status(run) == "running")

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert status(run) == "interrupted"
    assert not standby.hand_over(run)
    list(carry_out(run))
    assert status(run) == "finished"


def test_it_is_gone_if_its_parent_ended_while_it_loaded() -> None:
    parent = subprocess.Popen(["true"])
    parent.wait()

    with standby.place():
        assert standby.await_run(parent.pid) is None
