"""The layers of several channels that the page shows: made by hand, or trained."""

import numpy as np
import numpy.typing as npt

from mnistcore.deep_kernels import DEEP_KERNELS, MAP_DECIMALS, MAP_NAMES, hand_made_maps
from mnistcore.kernels import WEIGHT_DECIMALS
from ui.convolution.channel_sum import DeepLayer
from ui.convolution.trained import as_bytes, trained_layer

Array = npt.NDArray[np.float64]


def hand_made_layer(pixels: Array) -> DeepLayer:
    """Return three deep kernels on the four maps that simple kernels make of a picture.

    >>> hand_made_layer(np.zeros((6, 6))).kernels.shape
    (3, 4, 3, 3)
    """
    kernels = np.stack(list(DEEP_KERNELS.values()))
    return DeepLayer(
        hand_made_maps(pixels), kernels, np.zeros(len(kernels)), MAP_NAMES, list(DEEP_KERNELS)
    )


def trained_second_layer(pixels: Array) -> DeepLayer:
    """Return the trained network's second convolution on the 16 maps it gets from a digit.

    Raises:
        InvalidInputError: The network's weights cannot be read.
    """
    layer = trained_layer(as_bytes(pixels), 2)
    return DeepLayer(
        layer.inputs.round(MAP_DECIMALS),
        layer.kernels.round(WEIGHT_DECIMALS),
        layer.biases.round(WEIGHT_DECIMALS),
        [f"Map {number}" for number in range(1, len(layer.inputs) + 1)],
        [str(number) for number in range(1, len(layer.kernels) + 1)],
        layer.stride,
        layer.padding,
    )


def mixing_layer(pixels: Array, weights: list[float]) -> DeepLayer:
    """Return a 1x1 convolution that mixes the four maps of simple kernels into one.

    >>> mixing_layer(np.zeros((6, 6)), [1, 0, 0, -1]).kernels.shape
    (1, 4, 1, 1)
    """
    kernel = np.array(weights, dtype=np.float64).round(WEIGHT_DECIMALS)[None, :, None, None]
    return DeepLayer(hand_made_maps(pixels), kernel, np.zeros(1), MAP_NAMES, ["Mix"])
