"""Layers and networks built in torch, and read back from it."""

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import build_layer, build_sequential, layer_of
from mnistcore.layers.kinds import Conv2d
from mnistcore.stacks.stack import LayerStack


def test_layers_are_read_back_from_torch() -> None:
    layer = Conv2d(4, 8, (3, 5), stride=2, padding=(1, 2), groups=2, bias=False)

    assert layer_of(build_layer(layer)) == layer
    assert layer_of(torch.nn.Bilinear(2, 3, 4)) is None


def test_an_impossible_network_is_not_built() -> None:
    with pytest.raises(InvalidInputError, match="Layer 1, Conv2d"):
        build_sequential(LayerStack((1, 2, 2), (Conv2d(1, 1, 3),)))
