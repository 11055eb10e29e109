"""The convolutions inside a trained network, with the network's own forward pass as witness."""

import numpy as np
import pytest
import torch

from mnistcore.convolution.sliding_window import slide
from mnistcore.errors import InvalidInputError
from mnistcore.inside.trained_layers import trained_convolution
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.models.model import MyNet
from mnistcore.reading.classifier import WEIGHTS, load_classifier


@pytest.mark.parametrize(("number", "place"), [(1, 0), (2, 3), (3, 6)])
def test_its_kernels_make_the_maps_that_the_network_makes(number: int, place: int) -> None:
    classifier = load_classifier(WEIGHTS / "mynet.pt")
    image = load_split("test").images[0]
    assert isinstance(classifier.model, MyNet)
    with torch.inference_mode():
        through = classifier.model.conv[: place + 1]
        expected = through(to_input(image[None], classifier.mean, classifier.std))[0].numpy()

    layer = trained_convolution(classifier, image.numpy(), number=number)

    made = [
        slide(layer.inputs, kernel, bias=bias, stride=layer.stride, padding=layer.padding)
        for kernel, bias in zip(layer.kernels, layer.biases, strict=True)
    ]
    np.testing.assert_allclose(np.stack(made), expected, atol=1e-4)


@pytest.mark.parametrize("number", [0, 4])
def test_a_convolution_that_is_not_there_is_explained(number: int) -> None:
    with pytest.raises(InvalidInputError, match=rf"no number {number}\. Choose 1 to 3"):
        trained_convolution(
            load_classifier(WEIGHTS / "mynet.pt"), np.zeros((28, 28), np.uint8), number=number
        )
