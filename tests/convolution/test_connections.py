"""The lines between pixels and outputs, with the derivatives of torch's layers as witness."""

import pytest
import torch

from mnistcore.convolution.connections import Sharing, connections
from mnistcore.errors import InvalidInputError
from mnistcore.layers.convolution import Conv1d
from mnistcore.stacks.weight_sharing import fully_connected, locally_connected, shared

LAYERS = [(7, 3, 1, 0, 1), (7, 3, 2, 1, 1), (9, 2, 3, 0, 2), (5, 1, 1, 2, 1)]


@pytest.mark.parametrize(("input_size", "kernel_size", "stride", "padding", "dilation"), LAYERS)
def test_the_shared_lines_are_those_of_torchs_convolution(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> None:
    layer = torch.nn.Conv1d(
        1, 1, kernel_size, stride=stride, padding=padding, dilation=dilation, bias=False
    )
    jacobian = torch.autograd.functional.jacobian(layer, torch.zeros(1, 1, input_size))[0, 0, :, 0]

    lines = connections(
        input_size,
        "shared",
        kernel_size=kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )

    drawn = torch.zeros_like(jacobian[:, 0, :])
    for line in lines:
        drawn[line.target, line.source] = layer.weight.detach()[0, 0, line.weight]
    assert torch.equal(drawn, jacobian[:, 0, :])


@pytest.mark.parametrize("sharing", ["shared", "locally connected", "fully connected"])
def test_as_many_different_weights_are_drawn_as_are_counted(sharing: Sharing) -> None:
    count = {
        "shared": shared,
        "locally connected": locally_connected,
        "fully connected": fully_connected,
    }[sharing]

    lines = connections(7, sharing, kernel_size=3, stride=2)

    counted = count(Conv1d(1, 1, 3, stride=2), (1, 7))
    assert (len({line.weight for line in lines}), len(lines)) == (
        counted.num_weights,
        counted.num_macs,
    )


def test_a_kernel_wider_than_the_row_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="5"):
        connections(4, "shared", kernel_size=5)
