"""What a seed stands for, recomputed with torch and numpy alone: order, augmentation, dropout."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Generator, Tensor, nn

from mnistcore.training.augmentation import random_affine, random_thickness
from mnistcore.training.chance import Purpose, generator, generator_seed, seeded_dropout
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import RECIPES, Recipe
from tests.conftest import toy_split

RECIPE = replace(
    RECIPES["default"], batch_size=8, augmentation=1, thickening=1, precision="float32"
)


class Watcher(nn.Module):
    """Remembers what it is given, and what dropout leaves of ones."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(28 * 28, 10)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)
        self.dropout = nn.Dropout(0.5)
        self.images: list[Tensor] = []
        self.kept: list[Tensor] = []

    def forward(self, images: Tensor) -> Tensor:
        if self.training:
            self.images.append(images.detach().clone())
            self.kept.append(self.dropout(torch.ones(20)))
        logits: Tensor = self.linear(images.flatten(1))
        return logits


def watched(recipe: Recipe) -> Watcher:
    watcher = Watcher()
    split = toy_split(num_images=32)
    for _ in train(TrainingState(watcher, recipe), split, split):
        pass
    return watcher


def test_from_equal_weights_two_seeds_give_other_orders_augmentation_and_dropout() -> None:
    one, two = (watched(replace(RECIPE, seed=seed)) for seed in (1, 2))
    plain = replace(RECIPE, augmentation=0, thickening=0)
    ordered_one, ordered_two = (watched(replace(plain, seed=seed)) for seed in (1, 2))

    assert not torch.equal(torch.cat(one.images), torch.cat(two.images))
    assert not torch.equal(torch.cat(ordered_one.images), torch.cat(ordered_two.images))
    assert not torch.equal(torch.cat(one.kept), torch.cat(two.kept))


def test_two_seeds_change_the_same_images_in_other_ways() -> None:
    images = toy_split(num_images=16).images.unsqueeze(1).float()

    one, two = (
        random_affine(
            images,
            strength=1,
            generator=generator(replace(RECIPE, seed=seed), "augmentation", 1),
        )
        for seed in (1, 2)
    )

    assert not torch.equal(one, two)


@pytest.mark.parametrize("purpose", ["order", "augmentation", "dropout"])
def test_seeds_purposes_and_numbers_have_streams_of_their_own(purpose: Purpose) -> None:
    others: tuple[Purpose, ...] = ("order", "augmentation", "dropout")
    seeds = {
        generator_seed(replace(RECIPE, seed=seed), other, number, rank)
        for seed in (0, 1, 2, 2**31 - 1)
        for other in others
        for number in (1, 2, 9_999)
        for rank in (0, 1)
    }

    assert len(seeds) == 4 * 3 * 3 * 2
    assert generator_seed(RECIPE, purpose, 1) < 2**32  # a CPU's generator reads no more


def test_a_finished_trainings_batches_follow_from_its_seed_by_torch_and_numpy_alone() -> None:
    seed = 7
    split = toy_split(num_images=32)

    given = watched(replace(RECIPE, seed=seed)).images

    def stream(purpose: int, number: int) -> Generator:
        mixed = np.random.SeedSequence((seed, purpose, number, 0)).generate_state(1)
        return Generator().manual_seed(int(mixed[0]))

    order = torch.randperm(32, generator=stream(0, 1))
    for step, rows in enumerate(order.split(8), start=1):
        images = (split.images[rows].unsqueeze(1).float() / 255 - 0.5) / 0.5
        chance = stream(1, step)
        images = random_affine(images, strength=1, generator=chance)
        images = random_thickness(images, strength=1, generator=chance)
        assert torch.allclose(given[step - 1], images, atol=1e-5)


def test_dropout_drops_by_seed_step_and_process_and_leaves_torchs_own_chance_alone() -> None:
    model = nn.Sequential(nn.Linear(1, 1), nn.Dropout())

    def dropped(seed: int, step: int, rank: int) -> list[float]:
        with seeded_dropout(model, replace(RECIPE, seed=seed), step, rank):
            kept: list[float] = nn.functional.dropout(torch.ones(64)).tolist()
        return kept

    before = torch.get_rng_state()

    kept = {tuple(dropped(*of)) for of in [(1, 1, 0), (2, 1, 0), (1, 2, 0), (1, 1, 1)]}

    assert len(kept) == 4
    assert dropped(1, 1, 0) == dropped(1, 1, 0)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_run_from_before_draws_what_it_drew_whatever_its_seed() -> None:
    old = [replace(RECIPE, seed=seed, rules=1) for seed in (1, 2)]

    for recipe in old:
        assert generator_seed(recipe, "order", 3) == 3
        assert generator_seed(recipe, "augmentation", 3) == (1 << 31) + 3
        assert generator_seed(recipe, "dropout", 3, rank=1) == (1 << 30) + 3 + (1 << 24)
