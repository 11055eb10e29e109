from dataclasses import replace
from pathlib import Path

from mnistcore.runs import all_runs
from mnistcore.runs.comparison import differences
from mnistcore.training.recipes import RECIPES


def test_differences_are_those_of_the_settings(runs_folder: Path) -> None:
    run = all_runs.create_run("first", network="mynet", recipe=RECIPES["article"], num_threads=1)
    other = replace(RECIPES["article"], epochs=9, optimizer="SGD")
    second = all_runs.create_run("second", network="dense", recipe=other, num_threads=1)

    assert differences([run, second]) == {
        "network": ["mynet", "dense"],
        "epochs": [5, 9],
        "optimizer": ["Adam", "SGD"],
    }
