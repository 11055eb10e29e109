from dataclasses import fields, replace
from typing import Any

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.training.loop import resolve_precision
from mnistcore.training.recipes import (
    RECIPES,
    Recipe,
)
from mnistcore.training.setting_texts import EXPLANATIONS


def test_the_articles_recipe_is_as_published() -> None:
    assert RECIPES["article"] == Recipe(
        epochs=5, batch_size=100, learning_rate=0.001, schedule="constant", augmentation=0, seed=1
    )


@pytest.mark.parametrize("name", RECIPES)
def test_no_recipe_has_a_processor_emulate_bfloat16(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_f": True}, raising=False)

    assert resolve_precision(RECIPES[name], torch.device("cpu")).precision == "float32"


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


def test_every_setting_is_explained() -> None:
    assert {field.name for field in fields(Recipe)} == {*EXPLANATIONS, "rules"}


def test_rules_nobody_knows_are_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"no rules 3 .*Choose 2"):
        replace(RECIPES["default"], rules=3)
