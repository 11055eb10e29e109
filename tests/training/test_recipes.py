from dataclasses import asdict, fields, replace
from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.training.recipes import (
    CHOICES,
    RECIPES,
    Recipe,
    Schedule,
    learning_rate_at,
    recipe_from_dict,
)
from mnistcore.training.setting_texts import EXPLANATIONS


def test_the_articles_recipe_is_as_published() -> None:
    assert RECIPES["article"] == Recipe(
        epochs=5, batch_size=100, learning_rate=0.001, schedule="constant", augmentation=0, seed=1
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("batch_size", 1),
        ("learning_rate", 0.0),
        ("learning_rate", float("nan")),
        ("augmentation", 1.5),
        ("seed", -1),
        ("schedule", "linear"),
        ("optimizer", "adam"),
        ("weight_decay", -0.1),
        ("label_smoothing", 0.95),
        ("thickening", -0.1),
        ("data", "emnist"),
        ("precision", "int8"),
    ],
)
def test_an_impossible_setting_is_named_with_its_value(name: str, value: Any) -> None:
    with pytest.raises(InvalidInputError, match=f"{name}.*{value}"):
        replace(RECIPES["article"], **{name: value})


def test_a_constant_schedule_never_changes() -> None:
    assert {learning_rate_at(step, 10, RECIPES["article"]) for step in range(1, 11)} == {0.001}


def test_cosine_falls_from_its_peak_towards_zero() -> None:
    recipe = replace(RECIPES["article"], schedule="cosine")

    rates = [learning_rate_at(step, 100, recipe) for step in range(1, 101)]

    assert rates == sorted(rates, reverse=True)
    assert rates[0] == 0.001
    assert rates[50] == pytest.approx(0.0005)
    assert 0 < rates[-1] < 1e-6


def test_every_setting_is_explained() -> None:
    assert {field.name for field in fields(Recipe)} == {*EXPLANATIONS, "rules"}


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


def test_rules_nobody_knows_are_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"no rules 3 .*Choose 2"):
        replace(RECIPES["default"], rules=3)
