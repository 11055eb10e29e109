"""One person's drawings beside MNIST: each repeated and deformed, so that ten of them count."""

import torch

from mnistcore.drawings.drawing_files import LabelledImages
from mnistcore.mnist.splits import Split
from mnistcore.training.augmentation import random_affine, random_thickness
from mnistcore.training.chance import generator
from mnistcore.training.recipes import Recipe

COPIES = 100  # of each drawing
MOST_COPIES = 11_000  # a fifth of MNIST's training images


def num_copies(num_drawings: int) -> int:
    """Return how often each of some drawings is repeated.

    >>> num_copies(10), num_copies(1000)
    (100, 11)
    """
    return min(COPIES, MOST_COPIES // num_drawings)


def with_own_drawings(split: Split, drawings: LabelledImages, recipe: Recipe) -> Split:
    """Return a split followed by deformed copies of drawings: turned, sheared, moved, thickened.

    The copies are a function of the drawings and the recipe's seed; what the recipe itself does to
    its images comes on top.

    Args:
        split: Learned from.
        drawings: At least one.
        recipe: Decides chance.

    >>> import numpy as np
    >>> from mnistcore.training.recipes import RECIPES
    >>> toy = Split("train", torch.zeros(5, 28, 28, dtype=torch.uint8), torch.zeros(5).long())
    >>> four = LabelledImages(np.full((1, 28, 28), 255, np.uint8), np.array([4]))
    >>> len(with_own_drawings(toy, four, RECIPES["default"]))
    105
    """
    copies = num_copies(len(drawings.labels))
    images = torch.from_numpy(drawings.images).repeat(copies, 1, 1)
    chance = generator(recipe, "own drawings", 1)
    deformed = random_affine(images[:, None] / 255, strength=1, generator=chance)
    deformed = random_thickness(deformed, strength=1, generator=chance)  # (N, 1, 28, 28)
    return Split(
        split.name,
        torch.cat([split.images, (255 * deformed[:, 0]).round().to(torch.uint8)]),
        torch.cat([split.labels, torch.from_numpy(drawings.labels).repeat(copies)]),
    )
