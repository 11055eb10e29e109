"""Convolutions against published counts and a number worked out by hand."""

from mnistcore.layers.convolution import Conv2d, ConvTranspose2d


def test_alexnets_first_layer_has_the_counts_of_cs231n() -> None:
    layer = Conv2d(3, 96, 11, stride=4)

    assert layer.output_shape((3, 227, 227)) == (96, 55, 55)
    assert layer.num_params == 34_848 + 96


def test_a_transposed_convolution_counts_input_positions() -> None:
    layer = ConvTranspose2d(16, 8, 4, stride=2, padding=1)

    assert layer.num_macs((16, 7, 7)) == 7 * 7 * 16 * 8 * 4 * 4
