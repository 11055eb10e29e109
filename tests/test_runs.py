import json
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from mnistcore import runs
from mnistcore.errors import InvalidInputError
from mnistcore.recipes import RECIPES

RECIPE = RECIPES["article"]


@pytest.fixture
def run(runs_folder: Path) -> runs.Run:
    return runs.create_run("first", network="mynet", recipe=RECIPE, num_threads=1)


def test_a_new_run_holds_what_was_asked_for(run: runs.Run, runs_folder: Path) -> None:
    config = json.loads((runs_folder / "first" / "config.json").read_text())

    assert config == run.config
    assert config["network"] == "mynet"
    assert config["recipe"]["batch_size"] == 100
    assert config["num_threads"] == 1


def test_a_taken_name_is_refused_and_nothing_is_lost(run: runs.Run) -> None:
    with pytest.raises(InvalidInputError, match="There is a run 'first' already"):
        runs.create_run("first", network="mynet", recipe=RECIPES["default"])

    assert run.config["recipe"]["batch_size"] == 100


def test_of_many_who_ask_for_a_name_at_once_one_gets_it(runs_folder: Path) -> None:
    outcomes: Counter[str] = Counter()

    def ask() -> None:
        try:
            runs.create_run("wanted", network="mynet", recipe=RECIPE)
            outcomes["got it"] += 1
        except InvalidInputError:
            outcomes["refused"] += 1

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == {"got it": 1, "refused": 19}


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../up", "a b", "-x", "é", "x" * 65])
def test_a_name_that_is_no_folders_is_refused(runs_folder: Path, name: str) -> None:
    with pytest.raises(InvalidInputError, match="cannot be called"):
        runs.create_run(name, network="mynet", recipe=RECIPE)


def test_an_unknown_run_is_refused_with_the_known_ones(run: runs.Run) -> None:
    with pytest.raises(InvalidInputError, match=r"no run 'second'\. Known runs: first"):
        runs.find_run("second")


def test_runs_are_listed_newest_first(run: runs.Run) -> None:
    time.sleep(0.02)
    runs.create_run("second", network="mynet", recipe=RECIPE)

    assert [run.name for run in runs.list_runs()] == ["second", "first"]


def test_suggested_names_are_free(run: runs.Run) -> None:
    runs.create_run("mynet-1", network="mynet", recipe=RECIPE)

    assert runs.suggest_name("mynet") == "mynet-2"


def test_the_status_follows_a_run_through_its_life(run: runs.Run) -> None:
    seen = [runs.status(run)]
    with runs.lively(run):
        seen.append(runs.status(run))
    seen.append(runs.status(run))
    with runs.lively(run):
        runs.record_outcome(run, "finished")
    seen.append(runs.status(run))

    # Left without an outcome is what a killed process looks like.
    assert seen == ["interrupted", "running", "interrupted", "finished"]


def test_a_run_waits_while_another_trains(run: runs.Run) -> None:
    second = runs.create_run("second", network="mynet", recipe=RECIPE)
    began = threading.Event()

    def train_second() -> None:
        with runs.lively(second):
            began.set()

    with runs.lively(run):
        thread = threading.Thread(target=train_second)
        thread.start()
        deadline = time.monotonic() + 5
        while runs.status(second) != "waiting" and time.monotonic() < deadline:
            time.sleep(0.01)
        assert runs.status(second) == "waiting"
        assert not began.is_set()
    thread.join(5)

    assert began.is_set()


def test_one_run_is_not_trained_twice_at_once(run: runs.Run) -> None:
    with (
        runs.lively(run),
        pytest.raises(InvalidInputError, match="going on already"),
        runs.lively(run),
    ):
        pass


def test_a_failure_is_recorded_with_its_message(run: runs.Run) -> None:
    with pytest.raises(OSError, match="disk full"), runs.lively(run):
        raise OSError("disk full")

    assert runs.status(run) == "failed"
    assert runs.outcome_message(run) == "disk full"


def test_a_running_run_is_not_deleted(run: runs.Run) -> None:
    with runs.lively(run), pytest.raises(InvalidInputError, match="Stop it first"):
        runs.delete_run(run)

    runs.delete_run(run)

    assert runs.list_runs() == []


def test_an_old_wish_to_stop_does_not_stop_the_next_start(run: runs.Run) -> None:
    runs.request_stop(run)

    with runs.lively(run):
        assert not runs.stop_is_requested(run)
        runs.request_stop(run)
        assert runs.stop_is_requested(run)
