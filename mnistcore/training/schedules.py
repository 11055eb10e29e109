"""The learning rate of each step of a training. Imports no torch."""

import math

from mnistcore.training.recipes import Recipe

WARM_UP = 0.2  # share of the steps in which a one-cycle schedule climbs


def learning_rate_at(step: int, num_steps: int, recipe: Recipe) -> float:
    """Return the learning rate of a step, counted from 1.

    Source of `one-cycle`: Smith & Topin (2019), with a cosine on the way down; of `cosine`:
    Loshchilov & Hutter (2017), without restarts.

    >>> from mnistcore.training.recipes import RECIPES
    >>> recipe = RECIPES["default"]
    >>> [round(learning_rate_at(step, 100, recipe), 6) for step in (1, 20, 60, 100)]
    [0.00075, 0.015, 0.007645, 6e-06]
    """
    if recipe.schedule == "constant":
        return recipe.learning_rate
    climb = max(1, round(WARM_UP * num_steps)) if recipe.schedule == "one-cycle" else 1
    way_down = num_steps - climb + 1  # the rate would be 0 behind the last step
    if recipe.rules == 1:
        climb, way_down = _first_rules(climb, num_steps, recipe)
    if step <= climb:
        return recipe.learning_rate * step / climb
    done = (step - climb) / way_down
    return recipe.learning_rate * (1 + math.cos(math.pi * done)) / 2


def planned_rates(recipe: Recipe, num_points: int = 200) -> list[tuple[float, float]]:
    """Return the learning rate along a training as (epoch, rate), epochs from 0 to all of them.

    >>> from mnistcore.training.recipes import RECIPES
    >>> [(epoch, round(rate, 4)) for epoch, rate in planned_rates(RECIPES["default"], 4)]
    [(0.25, 0.015), (0.5, 0.0128), (0.75, 0.0075), (1.0, 0.0022)]
    """
    steps = range(1, num_points + 1)
    return [
        (recipe.epochs * step / num_points, learning_rate_at(step, num_points, recipe))
        for step in steps
    ]


def _first_rules(climb: int, num_steps: int, recipe: Recipe) -> tuple[int, int]:
    """Return the steps up and the steps down as they were under rules 1."""
    climb = climb if recipe.schedule == "one-cycle" else 0
    return climb, max(1, num_steps - climb)
