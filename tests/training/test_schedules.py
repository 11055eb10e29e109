"""The learning rate of each step, by every schedule."""

from dataclasses import asdict, replace

import pytest

from mnistcore.training.recipes import CHOICES, RECIPES, Schedule, recipe_from_dict
from mnistcore.training.schedules import learning_rate_at


def test_a_constant_schedule_never_changes() -> None:
    assert {learning_rate_at(step, 10, RECIPES["article"]) for step in range(1, 11)} == {0.001}


def test_cosine_falls_from_its_peak_towards_zero() -> None:
    recipe = replace(RECIPES["article"], schedule="cosine")

    rates = [learning_rate_at(step, 100, recipe) for step in range(1, 101)]

    assert rates == sorted(rates, reverse=True)
    assert rates[0] == 0.001
    assert rates[50] == pytest.approx(0.0005)
    assert 0 < rates[-1] < 1e-6


def test_one_cycle_climbs_to_its_peak_and_falls_towards_zero() -> None:
    recipe = replace(RECIPES["default"], learning_rate=0.01)

    rates = [learning_rate_at(step, 100, recipe) for step in range(1, 101)]

    assert rates[:20] == sorted(rates[:20])
    assert rates[19] == max(rates) == 0.01
    assert rates[19:] == sorted(rates[19:], reverse=True)
    assert 0 < rates[-1] < 1e-5


@pytest.mark.parametrize("schedule", CHOICES["schedule"])
@pytest.mark.parametrize("num_steps", [1, 2, 7])
def test_every_step_of_every_schedule_learns(schedule: Schedule, num_steps: int) -> None:
    recipe = replace(RECIPES["default"], schedule=schedule)

    rates = [learning_rate_at(step, num_steps, recipe) for step in range(1, num_steps + 1)]

    assert all(0 < rate <= recipe.learning_rate for rate in rates)
    assert max(rates) == recipe.learning_rate


def test_a_run_from_before_keeps_the_schedule_it_was_begun_with() -> None:
    begun = recipe_from_dict({k: v for k, v in asdict(RECIPES["default"]).items() if k != "rules"})

    rates = [learning_rate_at(step, 100, begun) for step in (1, 20, 60, 100)]

    assert rates == pytest.approx([0.00075, 0.015, 0.0075, 0.0], abs=1e-12)
