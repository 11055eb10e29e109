"""Networks: totals, errors that name the layer, inputs fitted, whatever the arguments."""

from typing import Any

import pytest
from hypothesis import example, given, settings

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import BatchNorm2d, Conv2d, Flatten, Linear, ReLU, make_layer
from mnistcore.stacks.presets import my_net
from mnistcore.stacks.stack import LayerStack
from tests.random_arguments import ANYTHING, SHAPES, is_a_sentence, kinds_with_arguments


def test_a_linear_layer_sees_everything() -> None:
    assert my_net().analyse().rows[-1].receptive_fields == (None, None)


def test_memory_counts_four_bytes_a_number() -> None:
    analysis = LayerStack((1, 4, 4), (Conv2d(1, 2, 3), Flatten())).analyse()

    assert analysis.rows[0].weight_bytes == 4 * 20
    assert analysis.activation_bytes == 4 * (16 + 8 + 8)


def test_an_error_names_the_layer() -> None:
    stack = LayerStack((1, 28, 28), (ReLU(), Conv2d(3, 8, 3)))

    with pytest.raises(InvalidInputError, match="Layer 2, Conv2d: Conv2d was made for"):
        stack.analyse()


def test_inputs_are_fitted_to_what_comes_before() -> None:
    depthwise = Conv2d(8, 16, 3, groups=8)
    stack = LayerStack(
        (3, 9, 9), (Conv2d(1, 4, 3), BatchNorm2d(1), depthwise, Flatten(), Linear(1, 10))
    )

    fitted = stack.fitted()

    assert fitted.layers[:4] == (
        Conv2d(3, 4, 3),
        BatchNorm2d(4),
        Conv2d(4, 8, 3, groups=4),
        Flatten(),
    )
    assert fitted.analyse().output_shape == (10,)


def test_too_many_layers_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="1001 layers"):
        LayerStack((1, 28, 28), (ReLU(),) * 1001)


@settings(max_examples=600)
@given(kinds_with_arguments(ANYTHING), SHAPES)
@example(("Upsample", {"align_corners": 10**400, "size": 1}), (1,))
@example(("Upsample", {"mode": 10**5000, "size": 1}), (1, 8, 8))
@example(("GELU", {"approximate": 10**5000}), (1,))
@example(("Dropout", {"p": 10**5000}), (1,))
@example(("Unflatten", {"dim": 1, "unflattened_size": 10**5000}), (4,))
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
