"""The linear layer, and what a flattening hands it."""

from mnistcore.layers.linear import Flatten, Linear


def test_flatten_gives_linear_what_it_needs() -> None:
    assert Linear(1024, 10).output_shape(Flatten().output_shape((64, 4, 4))) == (10,)
