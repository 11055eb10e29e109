"""Bad input by the hundreds: a sentence each, never a traceback, never a wrong number."""

import json
from dataclasses import MISSING
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults, layer_from_dict, make_layer
from mnistcore.layers.repair import nearest_working
from mnistcore.stacks.json_format import stack_from_dict, stack_from_json, stack_to_json
from mnistcore.stacks.stack import LayerStack

ANYTHING = st.one_of(
    st.integers(-3, 12),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=6),
    st.booleans(),
    st.none(),
    st.sampled_from(["same", "valid", "SAME"]),
    st.lists(st.one_of(st.integers(-2, 9), st.floats(), st.text(max_size=3)), max_size=3),
)
SENSIBLE = st.one_of(st.integers(1, 8), st.tuples(st.integers(1, 8), st.integers(1, 8)))
SHAPES = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(tuple)


@st.composite
def kinds_with_arguments(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[str, Any]:
    kind = draw(st.sampled_from(list(LAYER_KINDS)))
    defaults = argument_defaults(kind)
    needed = [name for name, default in defaults.items() if default is MISSING]
    names = {*needed, *draw(st.lists(st.sampled_from(list(defaults) or ["p"]), max_size=3))}
    return kind, {name: draw(values) for name in sorted(names & set(defaults))}


def is_a_sentence(error: InvalidInputError) -> bool:
    text = str(error)
    return text.endswith((".", ")")) and text.count(" ") >= 4 and len(text) < 400


@settings(max_examples=600)
@given(kinds_with_arguments(ANYTHING), SHAPES)
def test_any_arguments_give_whole_numbers_or_a_sentence(
    asked: tuple[str, dict[str, Any]], input_shape: tuple[int, ...]
) -> None:
    kind, arguments = asked
    try:
        row = LayerStack(input_shape, (make_layer(kind, **arguments),)).analyse().rows[0]
    except InvalidInputError as error:
        assert is_a_sentence(error)
        return

    numbers = (*row.output_shape, row.num_params, row.num_macs, row.num_bias_adds)
    assert all(type(number) is int for number in numbers)
    assert min(row.output_shape) >= 1
    assert min(numbers) >= 0


@settings(max_examples=300)
@given(kinds_with_arguments(SENSIBLE), SHAPES)
def test_what_is_offered_instead_of_an_impossible_layer_works(
    asked: tuple[str, dict[str, Any]], input_shape: tuple[int, ...]
) -> None:
    kind, arguments = asked

    repair = nearest_working(kind, arguments, input_shape)

    if repair:
        assert min(repair.layer.output_shape(input_shape)) >= 1
        assert all(old != new for _, old, new in repair.changes)


@settings(max_examples=300)
@given(
    st.recursive(
        ANYTHING,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["kind", "input_shape", "layers", "kernel_size"]), inner
            ),
        ),
    )
)
def test_any_json_is_a_network_or_a_sentence(values: object) -> None:
    for read in (stack_from_dict, layer_from_dict):
        try:
            read(values)
        except InvalidInputError as error:
            assert is_a_sentence(error)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[" * 100_000, "null", '{"input_shape": [1], "layers": {}}', '{"a": NaN}', "1e999"],
)
def test_text_that_is_no_network_is_explained(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"no JSON|A network is written|Give a list"):
        stack_from_json(text)


def test_a_network_survives_json() -> None:
    layer = make_layer("Conv2d", in_channels=1, out_channels=4, kernel_size=[3, 5], padding="same")
    stack = LayerStack(
        (1, 8, 8), (layer, make_layer("ReLU"), make_layer("MaxPool2d", kernel_size=2))
    )

    text = stack_to_json(stack)

    assert stack_from_json(text) == stack
    assert json.loads(text)["layers"][0]["kernel_size"] == [3, 5]


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("Conv2d", {"kernel_size": 0}, r"`kernel_size` is 0\. Choose 1 or more"),
        ("Conv2d", {"kernel_size": -3}, r"`kernel_size` is -3\. Choose 1 or more"),
        ("Conv2d", {"kernel_size": 3.0}, r"`kernel_size` is 3\.0, but has to be a whole number"),
        ("Conv2d", {"kernel_size": True}, "`kernel_size` is True, but has to be a whole number"),
        ("Conv2d", {"kernel_size": "3"}, "`kernel_size` is '3', but has to be a whole number"),
        ("Conv2d", {"kernel_size": 10**30}, "an integer of more than 15 digits"),
        ("Conv2d", {"kernel_size": (3, 3, 3)}, "`kernel_size` has 3 numbers"),
        ("Conv2d", {"kernel_size": 3, "groups": 3}, "cannot be split into `groups`=3"),
        ("Conv2d", {"kernel_size": 3, "bias": 1}, "`bias` is 1. Choose True or False"),
        ("Conv2d", {"kernel_size": 3, "padding": "full"}, "Choose a number, 'same' or 'valid'"),
        ("Conv2d", {"kernel_size": 3, "depth": 2}, "Conv2d has no argument `depth`"),
        ("Conv2d", {}, "Conv2d needs `kernel_size`"),
        ("Conv4d", {"kernel_size": 3}, "There is no layer 'Conv4d'"),
    ],
)
def test_every_kind_of_nonsense_has_its_sentence(
    kind: str, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        make_layer(kind, in_channels=4, out_channels=8, **arguments)
