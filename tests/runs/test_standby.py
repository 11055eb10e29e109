"""A run goes to the process that stands by or to a new one, and never to both or to none."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mnistcore.files import write_json
from mnistcore.runs import standby
from mnistcore.runs.folder import Run
from tests.conftest import idle_run
from tests.damaged_runs import make_dangling_link, make_folder, make_loop, make_pipe
from tests.waiting import finish, in_background, wait_until

pytestmark = pytest.mark.usefixtures("standby_is_wanted")


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
