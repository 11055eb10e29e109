import torch
from torch import Generator

from mnistcore.mnist.splits import to_input
from mnistcore.training.augmentation import (
    SHARE_THICKENED,
    SHARE_THINNED,
    random_affine,
    random_thickness,
)
from tests.conftest import toy_split


def test_strength_zero_changes_nothing() -> None:
    images = torch.rand(2, 1, 28, 28)

    assert random_affine(images, strength=0, generator=Generator()) is images


def test_the_same_generator_state_moves_images_the_same_way() -> None:
    images = torch.rand(5, 1, 28, 28)

    first = random_affine(images, strength=1, generator=Generator().manual_seed(1))
    second = random_affine(images, strength=1, generator=Generator().manual_seed(1))
    other = random_affine(images, strength=1, generator=Generator().manual_seed(2))

    assert torch.equal(first, second)
    assert not torch.equal(first, other)


def test_the_background_comes_in_from_outside_and_the_ink_stays() -> None:
    images = to_input(toy_split(num_images=200).images)

    moved = random_affine(images, strength=1, generator=Generator().manual_seed(1))

    assert moved.min() == -1
    ink = (moved + 1).sum() / (images + 1).sum()
    assert 0.9 < ink < 1.1


def test_thickness_zero_changes_nothing() -> None:
    images = torch.rand(2, 1, 28, 28)

    assert random_thickness(images, strength=0, generator=Generator()) is images


def test_some_strokes_get_thicker_some_thinner_and_most_stay() -> None:
    images = to_input(toy_split(num_images=1).images).repeat(4000, 1, 1, 1)

    changed = random_thickness(images, strength=1, generator=Generator().manual_seed(1))

    more_ink = (changed - images).sum(dim=(1, 2, 3))  # (N, 1, 28, 28) -> (N,)
    assert abs((more_ink > 0).float().mean() - SHARE_THICKENED) < 0.03
    assert abs((more_ink < 0).float().mean() - SHARE_THINNED) < 0.03
    assert changed.min() == -1
    assert changed.max() == 1
