"""Arguments and shapes as typed."""

import pytest
from hypothesis import given

from mnistcore.errors import InvalidInputError
from mnistcore.stacks.argument_text import read_shape, read_value, write_value
from tests.random_arguments import WRITABLE


@given(WRITABLE)
def test_a_value_shown_and_typed_again_is_the_same_layer(value: object) -> None:
    shown = write_value(value)

    assert write_value(read_value(shown)) == shown.strip() or isinstance(value, str)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "1, 28, -3", "a", "1, 2, 3, 4", "1.5", "9999999, 9999999", "{[]}", "{{}: 1}"),
        *("-" * 900 + "1", "(" * 900, "0x" + "f" * 4000, "9" * 5000, "\0", "'" * 3),
    ],
)
def test_an_impossible_input_shape_is_explained(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"Choose|Give|has to be"):
        read_shape(text)
