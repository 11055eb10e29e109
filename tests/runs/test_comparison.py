from dataclasses import replace
from pathlib import Path

from mnistcore.runs import all_runs
from mnistcore.runs.comparison import differences
from mnistcore.training.recipes import RECIPES
from tests.conftest import idle_run
from tests.own_drawings import strange_fours


def test_differences_are_those_of_the_settings(runs_folder: Path) -> None:
    run = all_runs.create_run("first", network="mynet", recipe=RECIPES["article"], num_threads=1)
    other = replace(RECIPES["article"], epochs=9, optimizer="SGD")
    second = all_runs.create_run("second", network="dense", recipe=other, num_threads=1)

    assert differences([run, second]) == {
        "network": ["mynet", "dense"],
        "epochs": [5, 9],
        "optimizer": ["Adam", "SGD"],
    }


def test_a_run_with_own_drawings_differs_by_their_number(runs_folder: Path) -> None:
    plain = idle_run("plain")
    drawings = strange_fours(2, seed=1)
    own = all_runs.create_run(
        "own", network="mynet", recipe=RECIPES["article"], num_threads=1, own_drawings=drawings
    )

    assert differences([plain, own]) == {"own_drawings": [0, 2]}
