"""How to train: the settings of a training, and the learning rate of each of its steps.

Imports no torch: whoever only fills in a recipe does not wait for it.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from mnistcore.errors import InvalidInputError

Schedule = Literal["constant", "one-cycle"]
Data = Literal["mnist", "mnist and drawings"]
Precision = Literal["float32", "bfloat16"]

WARM_UP = 0.2  # share of the steps in which a one-cycle schedule climbs


@dataclass(frozen=True)
class Recipe:
    """How to train; what is learned comes from the data, what is random from the seed.

    Attributes:
        epochs: How often every training image is seen.
        batch_size: Images to a step.
        learning_rate: Of Adam; the highest one where the schedule varies it.
        schedule: `constant`, or `one-cycle`: up for a fifth of the steps, then down to zero along
            a cosine.
        augmentation: 0 (none) to 1 (see `augmentation.random_affine`).
        thickening: 0 (none) to 1 (see `augmentation.random_thickness`).
        weight_decay: Share of each weight, times the learning rate, lost at every step (AdamW).
        data: What is learned from: MNIST, or MNIST and generated drawings, things that are no
            digit among them, which takes a network with eleven outputs.
        precision: Of the products in a step; `bfloat16` doubles the speed on CPUs that have it.
        seed: Of the initial weights, of the order of the images and of the augmentation.
    """

    epochs: int
    batch_size: int
    learning_rate: float
    schedule: Schedule
    augmentation: float
    seed: int = 1
    thickening: float = 0
    weight_decay: float = 0
    data: Data = "mnist"
    precision: Precision = "float32"

    def __post_init__(self) -> None:
        for name, low, high in (
            ("epochs", 1, 1000),
            ("batch_size", 2, 10_000),  # BatchNorm needs two images to have a variance
            ("learning_rate", 1e-6, 1.0),
            ("augmentation", 0, 1),
            ("seed", 0, 2**31 - 1),
            ("thickening", 0, 1),
            ("weight_decay", 0, 1),
        ):
            value = getattr(self, name)
            if not low <= value <= high:  # false for nan as well
                raise InvalidInputError(f"`{name}` is {value}. Choose from {low} to {high}.")
        for name, choices in (("schedule", Schedule), ("data", Data), ("precision", Precision)):
            value = getattr(self, name)
            if value not in get_args(choices):
                known = " or ".join(f"`{choice}`" for choice in get_args(choices))
                raise InvalidInputError(f"There is no {name} {value!r}. Choose {known}.")


RECIPES = {
    # As published: Adam with its defaults, every epoch alike.
    "article": Recipe(
        epochs=5, batch_size=100, learning_rate=1e-3, schedule="constant", augmentation=0
    ),
    "default": Recipe(
        epochs=5, batch_size=250, learning_rate=1e-2, schedule="one-cycle", augmentation=0.5
    ),
    # For `drawing-net`: what people draw, and what they draw that is no digit.
    "drawing": Recipe(
        epochs=24,
        batch_size=250,
        learning_rate=3e-3,
        schedule="one-cycle",
        augmentation=1,
        thickening=1,
        weight_decay=0.02,
        data="mnist and drawings",
        precision="bfloat16",
    ),
}


def learning_rate_at(step: int, num_steps: int, recipe: Recipe) -> float:
    """Return the learning rate of a step, counted from 1.

    Source of `one-cycle`: Smith & Topin (2019), with a cosine on the way down.

    >>> recipe = RECIPES["default"]
    >>> [round(learning_rate_at(step, 100, recipe), 5) for step in (1, 20, 60, 100)]
    [0.0005, 0.01, 0.005, 0.0]
    """
    if recipe.schedule == "constant":
        return recipe.learning_rate
    climb = max(1, round(WARM_UP * num_steps))
    if step <= climb:
        return recipe.learning_rate * step / climb
    done = (step - climb) / max(1, num_steps - climb)
    return recipe.learning_rate * (1 + math.cos(math.pi * done)) / 2
