"""Networks to JSON and back, and whatever else JSON may say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import Conv2d, layer_from_dict, make_layer
from mnistcore.stacks.json_format import stack_from_dict, stack_from_json, stack_to_json
from mnistcore.stacks.stack import MOST_LAYERS, LayerStack
from tests.random_arguments import ANYTHING, is_a_sentence


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


def test_a_file_of_the_most_layers_that_begins_with_a_byte_order_mark_is_read() -> None:
    stack = LayerStack((1, 28, 28), tuple(Conv2d(1, 1, 1) for _ in range(MOST_LAYERS)))

    assert stack_from_json("\ufeff" + stack_to_json(stack)) == stack
