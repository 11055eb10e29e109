"""A person's drawings beside a split: how many copies, and what is done to them."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mnistcore.__main__ import main
from mnistcore.drawings.drawing_files import images_of, to_json
from mnistcore.reading.classifier import load_classifier
from mnistcore.training.own_drawings import MOST_COPIES, num_copies, with_own_drawings
from mnistcore.training.recipes import RECIPES
from tests.conftest import toy_split
from tests.own_drawings import MEANT, strange_fours

RECIPE = RECIPES["default"]


def test_the_split_comes_first_as_it_is_and_each_drawing_follows_a_hundred_times() -> None:
    split = toy_split()

    both = with_own_drawings(split, images_of(strange_fours(3, seed=1)), RECIPE)

    assert both.name == split.name
    assert torch.equal(both.images[:40], split.images)
    assert torch.equal(both.labels[:40], split.labels)
    assert both.images.shape == (340, 28, 28)
    assert both.images.dtype == torch.uint8
    assert both.labels[40:].tolist() == [MEANT] * 300


@pytest.mark.parametrize("count", [1, 10, 110, 111, 1000])
def test_many_drawings_are_repeated_less_and_never_outweigh_mnist(count: int) -> None:
    assert 1 <= num_copies(count) <= 100
    assert count * num_copies(count) <= MOST_COPIES


def test_each_copy_is_deformed_in_its_own_way_and_still_the_drawing() -> None:
    drawings = images_of(strange_fours(2, seed=1))

    copies = with_own_drawings(toy_split(), drawings, RECIPE).images[40:].numpy()

    assert len({copy.tobytes() for copy in copies}) == 200
    for place in (0, 1):  # the drawings take turns
        mean = copies[place::2].mean(axis=0)
        to_own, to_other = (
            np.abs(mean - drawings.images[which].astype(float)).mean()
            for which in (place, 1 - place)
        )
        assert to_own < to_other


def test_the_seed_decides_the_copies() -> None:
    drawings = images_of(strange_fours(2, seed=1))

    first, again, other = (
        with_own_drawings(toy_split(), drawings, replace(RECIPE, seed=seed)).images
        for seed in (1, 1, 2)
    )

    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.slow
def test_ten_drawings_are_learned_beside_the_real_mnist(
    runs_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(to_json(strange_fours(10, seed=1)))
    held_out = images_of(strange_fours(50, seed=2)).images
    shares, accuracies = [], []

    for name, own in (("without", []), ("with", ["--drawings", str(file)])):
        assert main(["train", "--run", name, "--threads", "1", *own]) == 0
        told = "learns from 10 drawings of your own as well" in capsys.readouterr().out
        assert told == bool(own)
        checkpoint = runs_folder / name / "checkpoint.pt"
        read = load_classifier(checkpoint).predict(held_out).argmax(axis=1)
        shares.append(float((read == MEANT).mean()))
        assert main(["evaluate", "--checkpoint", str(checkpoint)]) == 0
        found = re.search(r"(\d+\.\d+)% of the 10,000", capsys.readouterr().out)
        assert found is not None
        accuracies.append(float(found[1]))

    assert shares[0] < 0.1
    assert shares[1] > 0.9
    assert accuracies[1] > accuracies[0] - 0.3
