"""Layers are made with the defaults that torch gives them."""

import pytest

from mnistcore.pasted.reading import read_network
from mnistcore.pasted.tables import pasted_table
from tests.pasted.in_torch import Pasted, figures_of


@pytest.mark.parametrize("norm", ["InstanceNorm2d(8)", "LazyInstanceNorm2d()", "LazyBatchNorm2d()"])
def test_a_norm_has_the_weights_that_torch_gives_it(norm: str) -> None:
    text = f"net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.{norm})"

    table = pasted_table(read_network(text, (1, 28, 28)))

    assert table.num_params == figures_of(Pasted(text, (1, 28, 28), "net")).num_params
