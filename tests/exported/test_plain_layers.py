"""The plain layers calculated in numpy, without torch: they answer as the network does."""

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.exported.plain_layers import PlainLayer, plain_layers, shifts_of
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.mnist.splits import load_split
from mnistcore.models.model import build_network
from mnistcore.models.tta import SHIFTS, ShiftAverage
from mnistcore.reading.classifier import MYNET, Classifier, load_classifier
from mnistcore.stacks.presets import deep_net, dense_net
from tests.exported.networks import STACKS, unsettled

Values = npt.NDArray[np.float64]


def windows(values: Values, layer: PlainLayer, fill: float) -> Values:
    """Return what lies under the kernel at each place, (channels, rows, columns, ky, kx)."""
    kernel, stride, padding, dilation = (
        layer.settings[name] for name in ("kernel_size", "stride", "padding", "dilation")
    )
    assert isinstance(kernel, tuple) and isinstance(stride, tuple)
    assert isinstance(padding, tuple) and isinstance(dilation, tuple)
    padded = np.pad(values, [(0, 0), *((p, p) for p in padding)], constant_values=fill)
    spans = tuple(d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True))
    seen = np.lib.stride_tricks.sliding_window_view(padded, spans, axis=(1, 2))
    return seen[:, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]


def calculated(layers: list[PlainLayer], values: Values) -> Values:
    for layer in layers:
        weight, bias = layer.weight, layer.bias
        match layer.kind:
            case "Conv2d":
                assert weight is not None and bias is not None
                groups = layer.settings["groups"]
                assert isinstance(groups, int)
                seen = windows(values, layer, 0).reshape(
                    groups, -1, *layer.output_shape[1:], *weight.shape[2:]
                )
                split = weight.reshape(groups, -1, *weight.shape[1:])
                values = np.einsum("gcyxij,gocij->goyx", seen, split)
                values = values.reshape(layer.output_shape) + bias[:, None, None]
            case "Linear":
                assert weight is not None and bias is not None
                values = weight @ values + bias
            case "BatchNorm":
                assert weight is not None and bias is not None
                along = (-1, *[1] * (values.ndim - 1))
                values = values * weight.reshape(along) + bias.reshape(along)
            case "MaxPool2d":
                values = windows(values, layer, -np.inf).max(axis=(3, 4))
            case "AvgPool2d":
                counted = windows(np.ones_like(values), layer, 0).sum(axis=(3, 4))
                kernel = layer.settings["kernel_size"]
                assert isinstance(kernel, tuple)
                by = kernel[0] * kernel[1] if layer.settings["count_include_pad"] else counted
                values = windows(values, layer, 0).sum(axis=(3, 4)) / by
            case "ReLU":
                values = np.maximum(values, 0)
            case "Flatten":
                values = values.ravel()
        assert values.shape == layer.output_shape
    return values


STACKED = {"deep-net": deep_net(), "dense": dense_net(), **STACKS}


def classifier_of(name: str) -> Classifier:
    if name in STACKED:
        return Classifier(unsettled(build_sequential(STACKED[name])))
    return load_classifier(MYNET if name == "mynet" else None)


@pytest.mark.parametrize("name", ["mynet", "drawing-net", *STACKED])
def test_the_layers_calculated_by_hand_answer_as_the_network(name: str) -> None:
    classifier = classifier_of(name)
    images = load_split("test").images[:2].numpy()
    inputs = classifier.inputs(images).double().numpy()

    layers, shifts = plain_layers(classifier), shifts_of(classifier)

    logits = [
        np.mean([calculated(layers, np.roll(image, shift, (1, 2))) for shift in shifts], axis=0)
        for image in inputs
    ]
    expected = classifier.logits(images).double().numpy()
    assert np.abs(np.array(logits) - expected).max() < 1e-3 * max(1, np.abs(expected).max())


def test_batch_norm_is_folded_into_the_convolution_before_it() -> None:
    classifier = Classifier(unsettled(build_network("mynet", seed=1)))

    assert "BatchNorm" not in [layer.kind for layer in plain_layers(classifier)]


def test_a_network_asked_five_times_is_asked_five_times_elsewhere_too() -> None:
    once = load_classifier(MYNET)

    assert shifts_of(once) == ((0, 0),)
    assert shifts_of(Classifier(ShiftAverage(once.model))) == SHIFTS
    assert shifts_of(load_classifier()) == SHIFTS


@pytest.mark.parametrize(
    ("layer", "named"),
    [
        (nn.Conv2d(1, 2, 3, padding=1, padding_mode="reflect"), "padding_mode=reflect"),
        (nn.MaxPool2d(3, ceil_mode=True), "ceil_mode=True"),
        (nn.Sigmoid(), "Sigmoid"),
    ],
)
def test_what_cannot_be_taken_along_is_named(layer: nn.Module, named: str) -> None:
    flat = nn.Flatten()
    width = flat(layer(torch.zeros(1, 1, 28, 28))).shape[1]
    model = nn.Sequential(layer, flat, nn.Linear(width, 10))

    with pytest.raises(InvalidInputError, match=named):
        plain_layers(Classifier(model))
