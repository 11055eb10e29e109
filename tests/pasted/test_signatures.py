"""The arguments of torch.nn's layers, asked of torch itself."""

import inspect

import pytest
import torch
from torch import nn
from torch.nn import functional

from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.pasted.signatures import FUNCTIONS, LAYERS, LAZY, argument_names, fields_of


@pytest.mark.parametrize("kind", [*LAYERS, *LAZY])
def test_the_arguments_of_a_layer_are_torchs(kind: str) -> None:
    parameters = list(inspect.signature(getattr(nn, kind).__init__).parameters)[1:]

    expected = [] if parameters == ["args", "kwargs"] else parameters
    assert list(argument_names(kind) or ()) == expected


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_arguments_of_a_function_are_torchs(name: str) -> None:
    function = getattr(functional, name, None) or getattr(torch, name)
    try:
        parameters = list(inspect.signature(function).parameters)[1:]
    except ValueError:
        first = (function.__doc__ or "").strip().partition("\n")[0]
        inside = first.partition("(")[2].partition(")")[0]
        parameters = [part.partition("=")[0].strip() for part in inside.split(",")][1:]

    if parameters not in (["kwargs"], []):
        assert list(FUNCTIONS[name][1])[: len(parameters)] == parameters


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_every_layer_that_is_known_can_be_pasted(kind: str) -> None:
    assert kind in LAYERS
    assert fields_of(kind) <= set(LAYERS[kind])
