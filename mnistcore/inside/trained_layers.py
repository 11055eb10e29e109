"""The convolutions inside a trained network: their weights, and the maps they make of an image."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.inside.inspection import inspect_network, prepare_model
from mnistcore.reading.classifier import Classifier


@dataclass(frozen=True)
class TrainedConvolution:
    """One convolution of a trained network, with what goes into it.

    Attributes:
        kernels: (M, N, Kh, Kw): M kernels, each as deep as the input's N channels.
        biases: (M,).
        stride: Pixels from one position of the window to the next.
        padding: Zeros added on each side.
        inputs: (N, H, W), the maps that the layer is given for one image.
    """

    kernels: npt.NDArray[np.float64]
    biases: npt.NDArray[np.float64]
    stride: int
    padding: int
    inputs: npt.NDArray[np.float64]


def trained_convolution(
    classifier: Classifier, image: npt.NDArray[np.uint8], *, number: int
) -> TrainedConvolution:
    """Return one of the network's convolutions and the maps that reach it.

    Args:
        classifier: The trained network.
        image: (28, 28) uint8, bright ink on black.
        number: Which convolution, from 1.

    Raises:
        InvalidInputError: The network has no such convolution.

    >>> from mnistcore.reading.classifier import WEIGHTS, load_classifier
    >>> mynet = load_classifier(WEIGHTS / "mynet.pt")
    >>> layer = trained_convolution(mynet, np.zeros((28, 28), np.uint8), number=2)
    >>> layer.kernels.shape, layer.inputs.shape
    ((32, 16, 3, 3), (16, 14, 14))
    """
    given = classifier.inputs(image[None])[0]
    stages = inspect_network(prepare_model(classifier.model), given)
    convolutions = [stage for stage in stages if isinstance(stage.module, nn.Conv2d)]
    if not 1 <= number <= len(convolutions):
        raise InvalidInputError(
            "The network has {num_convolutions} convolutions, so there is no number {number}. "
            "Choose 1 to {num_convolutions}.",
            num_convolutions=len(convolutions),
            number=number,
        )
    stage = convolutions[number - 1]
    layer: Any = stage.module
    biases = torch.zeros(layer.out_channels) if layer.bias is None else layer.bias
    return TrainedConvolution(
        layer.weight.numpy(),
        biases.double().numpy(),
        layer.stride[0],
        int(layer.padding[0]),
        stage.inputs,
    )
