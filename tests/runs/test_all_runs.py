import errno
import json
import shutil
import subprocess
import threading
from dataclasses import asdict
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

    assert config == asdict(run.config)
    assert config["network"] == "mynet"
    assert config["recipe"]["batch_size"] == 100
    assert config["num_threads"] == 1


def test_a_taken_name_is_refused_and_nothing_is_lost(run: Run) -> None:
    with pytest.raises(InvalidInputError, match="There is a run 'first' already"):
        all_runs.create_run("first", network="mynet", recipe=RECIPES["default"])

    assert run.config.recipe.batch_size == 100


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
    write_json(
        older.folder / "config.json", {**asdict(older.config), "created": run.config.created - 1}
    )

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


def test_a_run_is_not_renamed_over_one_that_is_just_begun(run: Run, runs_folder: Path) -> None:
    (runs_folder / "second").mkdir()  # which `create_run` fills in a moment

    with pytest.raises(InvalidInputError, match="There is a run 'second' already"):
        all_runs.rename_run(run, "second")

    assert run.folder.exists()
    assert not list((runs_folder / "second").iterdir())


def test_nobody_begins_a_run_whose_name_is_just_being_given_to_another(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, refusals = Path.rename, []

    def rename_late(folder: Path, target: Path) -> Path:
        if folder == run.folder:
            with pytest.raises(InvalidInputError, match="There is a run 'second' already") as error:
                all_runs.create_run("second", network="mynet", recipe=RECIPE, owner="other")
            refusals.append(error.value)
        return rename(folder, target)

    monkeypatch.setattr(Path, "rename", rename_late)
    all_runs.rename_run(run, "second")

    assert len(refusals) == 1
    assert [(one.name, one.config.owner) for one in all_runs.list_runs()] == [("second", "")]


def test_a_name_is_free_again_if_the_run_is_gone(run: Run, runs_folder: Path) -> None:
    shutil.rmtree(run.folder)

    with pytest.raises(InvalidInputError, match="cannot be renamed"):
        all_runs.rename_run(run, "second")

    assert not (runs_folder / "second").exists()


def test_a_living_run_is_not_started_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda call, **settings: started.append(call))

    with claim(run):
        all_runs.start(run)
    all_runs.start(run)
    all_runs.start(run)  # the other tab

    [call] = started
    assert call[1:] == ["-m", "mnistcore", "train", "--background", "--resume", "first"]


def test_the_configuration_names_device_and_versions(run: Run) -> None:
    assert run.config.device == "auto"
    assert run.config.versions.keys() == {"python", "torch", "torchvision", "numpy"}
    with pytest.raises(InvalidInputError, match="no device 'tpu'"):
        all_runs.create_run("second", network="mynet", recipe=RECIPE, device="tpu")
    with pytest.raises(InvalidInputError, match="no network 'none'"):
        all_runs.create_run("second", network="none", recipe=RECIPE)


def test_a_run_is_deleted_once_however_often_it_is_asked_for(run: Run) -> None:
    all_runs.delete_run(run)
    all_runs.delete_run(run)

    assert all_runs.count_runs() == 0
    with pytest.raises(InvalidInputError, match="'first' cannot be renamed"):
        all_runs.rename_run(run, "second")
    with pytest.raises(InvalidInputError, match="no run 'first' any more"):
        all_runs.start(run)


@pytest.mark.parametrize("place", ["a file", "below a file", "read-only", "full"])
def test_a_place_where_no_run_can_be_kept_is_told(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "runs"
    file.write_text("")
    folders = {"a file": file, "below a file": file / "runs", "read-only": Path("/proc/runs")}
    monkeypatch.setenv("MNISTCORE_RUNS", str(folders.get(place, tmp_path / "full")))
    if place == "full":
        monkeypatch.setattr(all_runs, "write_json", no_room)

    with pytest.raises(InvalidInputError, match=r"'first' cannot be made: .* MNISTCORE_RUNS"):
        all_runs.create_run("first", network="mynet", recipe=RECIPE)

    assert all_runs.list_runs() == []
    assert all_runs.suggest_name("mynet") == "mynet-1"
    assert not (tmp_path / "full" / "first").exists()


def test_a_system_without_room_for_a_process_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", no_room)

    with pytest.raises(InvalidInputError, match=r"'first' cannot be started: .*No space left"):
        all_runs.start(run)


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
