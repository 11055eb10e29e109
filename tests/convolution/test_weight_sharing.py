"""What sharing saves, with published counts and the derivatives of torch's layers as witness."""

from typing import get_args

import pytest
import torch

from mnistcore.convolution.weight_sharing import Sharing, connections, layer_cost
from mnistcore.errors import InvalidInputError
from mnistcore.layers.convolution import Conv1d, Conv2d

LAYERS = [(7, 3, 1), (7, 3, 2), (9, 2, 3), (5, 1, 1)]


@pytest.mark.parametrize(("input_size", "kernel_size", "stride"), LAYERS)
def test_the_shared_lines_are_those_of_torchs_convolution(
    input_size: int, kernel_size: int, stride: int
) -> None:
    layer = torch.nn.Conv1d(1, 1, kernel_size, stride=stride, bias=False)
    jacobian = torch.autograd.functional.jacobian(layer, torch.zeros(1, 1, input_size))[0, 0, :, 0]

    lines = connections(input_size, "shared", kernel_size=kernel_size, stride=stride)

    drawn = torch.zeros_like(jacobian[:, 0, :])
    for line in lines:
        drawn[line.target, line.source] = layer.weight.detach()[0, 0, line.weight]
    assert torch.equal(drawn, jacobian[:, 0, :])


@pytest.mark.parametrize("sharing", ["shared", "locally connected", "fully connected"])
def test_as_many_different_weights_are_drawn_as_are_counted(sharing: Sharing) -> None:
    lines = connections(7, sharing, kernel_size=3, stride=2)

    counted = layer_cost(Conv1d(1, 1, 3, stride=2), (1, 7), sharing)
    assert (len({line.weight for line in lines}), len(lines)) == (
        counted.num_weights,
        counted.num_macs,
    )


def test_alexnets_first_layer_unshared_has_the_weights_of_cs231n() -> None:
    layer = Conv2d(3, 96, 11, stride=4)

    assert layer_cost(layer, (3, 227, 227), "locally connected").num_params == 105_705_600


def test_mynets_first_layer_shared_local_and_full() -> None:
    layer, ways = Conv2d(1, 16, 3, stride=2, padding=1), get_args(Sharing)

    costs = [layer_cost(layer, (1, 28, 28), sharing) for sharing in ways]

    assert [cost.num_params for cost in costs] == [160, 31_360, 2_461_760]
    assert [cost.num_macs for cost in costs] == [28_224, 28_224, 784 * 3_136]


def test_a_kernel_wider_than_the_row_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="5"):
        connections(4, "shared", kernel_size=5)
