"""The drawings in a run's folder: kept whole, and refused where they are not its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mnistcore.drawings.drawing_files import LabelledDrawing, from_json, to_json
from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.own_drawings import read_own_drawings
from mnistcore.runs.status import status
from mnistcore.training.recipes import RECIPES
from tests.conftest import idle_run
from tests.own_drawings import strange_fours


@pytest.fixture
def run(runs_folder: Path) -> Run:
    drawings = strange_fours(3, seed=1)
    recipe = RECIPES["default"]
    return all_runs.create_run("mine", network="mynet", recipe=recipe, own_drawings=drawings)


def test_a_run_keeps_its_drawings_and_its_configuration_counts_them(run: Run) -> None:
    assert read_own_drawings(run) == strange_fours(3, seed=1)
    assert run.config.own_drawings is not None
    assert run.config.own_drawings.number == 3
    assert from_json(run.own_drawings.read_bytes()) == strange_fours(3, seed=1)


def test_a_run_without_drawings_has_no_such_file(runs_folder: Path) -> None:
    run = idle_run("plain")

    assert run.config.own_drawings is None
    assert not run.own_drawings.exists()
    assert read_own_drawings(run) == []


def test_a_configuration_from_before_says_none(runs_folder: Path) -> None:
    run = idle_run("old")
    content = json.loads(run.config_file.read_text())
    del content["own_drawings"]
    run.config_file.write_text(json.dumps(content))

    assert run.config.own_drawings is None
    assert status(run) != "damaged"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text(""),
        lambda path: path.write_text(to_json(strange_fours(3, seed=2))),
        lambda path: path.write_bytes(path.read_bytes()[:-2]),
    ],
)
def test_another_file_in_its_place_is_refused(run: Run, spoil: Callable[[Path], object]) -> None:
    spoil(run.own_drawings)

    with pytest.raises(InvalidInputError, match=r"^drawings\.json is damaged: "):
        read_own_drawings(run)


def test_drawings_that_cannot_be_used_leave_no_run(runs_folder: Path) -> None:
    broken = LabelledDrawing(4, None, [], b"no PNG")

    with pytest.raises(InvalidInputError, match="Drawing 1 of the file is unusable"):
        all_runs.create_run(
            "mine", network="mynet", recipe=RECIPES["default"], own_drawings=[broken]
        )

    assert all_runs.list_runs() == []
    assert not (runs_folder / "mine").exists()
