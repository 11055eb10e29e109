"""All kinds of layers: what counts as what, and messages that name the way out."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import (
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Linear,
    MaxPool2d,
    ReLU,
    make_layer,
)
from mnistcore.layers.layer import Layer, Shape


def test_bias_normalisation_activation_and_pooling_are_no_macs() -> None:
    shape = (16, 14, 14)

    assert Conv2d(16, 16, 1).num_bias_adds(shape) == 16 * 14 * 14
    assert Conv2d(16, 16, 1, bias=False).num_bias_adds(shape) == 0
    assert [
        layer.num_macs(shape) for layer in (BatchNorm2d(16), ReLU(), MaxPool2d(2), AvgPool2d(2))
    ] == [0, 0, 0, 0]
    assert MaxPool2d(2).num_other_ops(shape) == 16 * 7 * 7 * 4


@pytest.mark.parametrize(
    ("layer", "shape", "message"),
    [
        (Conv2d(3, 8, 3), (1, 28, 28), r"`in_channels`=3, but .* has 1 channel\. Choose"),
        (Conv2d(1, 8, 3), (784,), r"takes an input of shape \(channels, height, width\)"),
        (Conv2d(1, 8, 3), (1, 2, 9), "Along the height: The kernel spans 3 pixels"),
        (Linear(784, 10), (1, 28, 28), "Put a Flatten before it and choose `in_features`=784"),
        (Linear(1024, 10), (784,), "Choose `in_features`=784"),
        (BatchNorm2d(8), (16, 4, 4), "Choose `num_features`=16"),
        (BatchNorm1d(8), (8, 4, 4), r"BatchNorm1d takes an input of shape \(channels, length\)"),
        (MaxPool2d(9), (8, 4, 4), "The kernel spans 9 pixels"),
    ],
)
def test_an_input_that_does_not_fit_is_explained(layer: Layer, shape: Shape, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        layer.output_shape(shape)


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
