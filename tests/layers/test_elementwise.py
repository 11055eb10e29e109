"""Layers that change values one by one."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.elementwise import Dropout


@pytest.mark.parametrize("p", [-0.1, 1.1, "half", True, float("nan")])
def test_a_dropout_of_nonsense_is_explained(p: float) -> None:
    with pytest.raises(InvalidInputError, match="Choose a probability from 0"):
        Dropout(p)
