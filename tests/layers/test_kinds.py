"""Each kind of layer: published counts, and messages that name the way out."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import (
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
)
from mnistcore.layers.layer import Layer, Shape


def test_alexnets_first_layer_has_the_counts_of_cs231n() -> None:
    layer = Conv2d(3, 96, 11, stride=4)

    assert layer.output_shape((3, 227, 227)) == (96, 55, 55)
    assert layer.num_params == 34_848 + 96


def test_a_transposed_convolution_counts_input_positions() -> None:
    layer = ConvTranspose2d(16, 8, 4, stride=2, padding=1)

    assert layer.num_macs((16, 7, 7)) == 7 * 7 * 16 * 8 * 4 * 4


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
        (Conv2d(3, 8, 3), (1, 28, 28), r"`in_channels`=3, but .* has 1 channels\. Choose"),
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


@pytest.mark.parametrize("share", [-0.1, 1, "half", True, float("nan")])
def test_a_dropout_of_nonsense_is_explained(share: float) -> None:
    with pytest.raises(InvalidInputError, match="Choose a probability from 0"):
        Dropout(share)


def test_flatten_gives_linear_what_it_needs() -> None:
    assert Linear(1024, 10).output_shape(Flatten().output_shape((64, 4, 4))) == (10,)
