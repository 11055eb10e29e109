import json
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.files import write_json
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.folder import Run
from mnistcore.training.recipes import RECIPES

RECIPE = RECIPES["article"]


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return all_runs.create_run("first", network="mynet", recipe=RECIPE, num_threads=1)


def test_a_new_run_holds_what_was_asked_for(run: Run, runs_folder: Path) -> None:
    config = json.loads((runs_folder / "first" / "config.json").read_text())

    assert config == run.config
    assert config["network"] == "mynet"
    assert config["recipe"]["batch_size"] == 100
    assert config["num_threads"] == 1


def test_a_taken_name_is_refused_and_nothing_is_lost(run: Run) -> None:
    with pytest.raises(InvalidInputError, match="There is a run 'first' already"):
        all_runs.create_run("first", network="mynet", recipe=RECIPES["default"])

    assert run.config["recipe"]["batch_size"] == 100


def test_of_many_who_ask_for_a_name_at_once_one_gets_it(runs_folder: Path) -> None:
    outcomes: list[str] = []

    def ask() -> None:
        try:
            all_runs.create_run("wanted", network="mynet", recipe=RECIPE)
            outcomes.append("got it")
        except InvalidInputError:
            outcomes.append("refused")

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["got it", *["refused"] * 19]


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../up", "a b", "-x", "é", "x" * 65])
def test_a_name_that_is_no_folders_is_refused(runs_folder: Path, name: str) -> None:
    with pytest.raises(InvalidInputError, match="cannot be called"):
        all_runs.create_run(name, network="mynet", recipe=RECIPE)


def test_an_unknown_run_is_refused_with_the_known_ones(run: Run) -> None:
    with pytest.raises(InvalidInputError, match=r"no run 'second'\. Known runs: first"):
        all_runs.find_run("second")


def test_runs_are_listed_newest_first(run: Run) -> None:
    older = all_runs.create_run("second", network="mynet", recipe=RECIPE)
    write_json(older.folder / "config.json", {**older.config, "created": run.config["created"] - 1})

    assert [run.name for run in all_runs.list_runs()] == ["first", "second"]


def test_suggested_names_are_free(run: Run) -> None:
    all_runs.create_run("mynet-1", network="mynet", recipe=RECIPE)

    assert all_runs.suggest_name("mynet") == "mynet-2"


def test_a_running_run_is_not_deleted(run: Run) -> None:
    with claim(run), pytest.raises(InvalidInputError, match="Stop it first"):
        all_runs.delete_run(run)

    all_runs.delete_run(run)

    assert all_runs.list_runs() == []


def test_a_run_is_renamed_with_all_it_holds(run: Run, runs_folder: Path) -> None:
    run.checkpoint.write_bytes(b"weights")

    renamed = all_runs.rename_run(run, "second")

    assert [known.name for known in all_runs.list_runs()] == ["second"]
    assert renamed.checkpoint.read_bytes() == b"weights"


def test_a_run_is_not_renamed_over_another_nor_while_it_is_going_on(run: Run) -> None:
    all_runs.create_run("second", network="mynet", recipe=RECIPE)

    with pytest.raises(InvalidInputError, match="There is a run 'second' already"):
        all_runs.rename_run(run, "second")
    with pytest.raises(InvalidInputError, match="cannot be called"):
        all_runs.rename_run(run, "../second")
    with claim(run), pytest.raises(InvalidInputError, match="Stop it first"):
        all_runs.rename_run(run, "third")


def test_a_living_run_is_not_started_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda call, **settings: started.append(call))

    with claim(run):
        all_runs.start(run)
    all_runs.start(run)
    all_runs.start(run)  # the other tab

    assert [call[1:] for call in started] == [["-m", "mnistcore", "train", "--resume", "first"]]


def test_differences_are_those_of_the_settings(run: Run) -> None:
    other = replace(RECIPE, epochs=9, optimizer="SGD")
    second = all_runs.create_run("second", network="dense", recipe=other, num_threads=1)

    assert all_runs.differences([run, second]) == {
        "network": ["mynet", "dense"],
        "epochs": [5, 9],
        "optimizer": ["Adam", "SGD"],
    }


def test_the_configuration_names_device_and_versions(run: Run) -> None:
    assert run.config["device"] == "auto"
    assert run.config["versions"].keys() == {"python", "torch", "torchvision", "numpy"}
    with pytest.raises(InvalidInputError, match="no device 'tpu'"):
        all_runs.create_run("second", network="mynet", recipe=RECIPE, device="tpu")
    with pytest.raises(InvalidInputError, match="no network 'none'"):
        all_runs.create_run("second", network="none", recipe=RECIPE)
