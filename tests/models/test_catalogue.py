from typing import Any

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import (
    AdaptiveAvgPool2d,
    Conv2d,
    Flatten,
    Linear,
    LocalResponseNorm,
    MaxPool2d,
)
from mnistcore.models.catalogue import (
    MOST_MACS,
    MOST_OTHER_OPS,
    NETWORK_NAMES,
    Network,
    checked_network,
    network_from_stack,
    network_title,
)
from mnistcore.models.model import build_network
from mnistcore.stacks.presets import lenet5, my_net, preset
from mnistcore.stacks.stack import LayerStack


def count_params(network: Network) -> int:
    return sum(parameter.numel() for parameter in build_network(network, seed=1).parameters())


def stack(*layers: Any) -> LayerStack:
    return LayerStack((1, 28, 28), layers)


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (LayerStack((3, 28, 28), (Flatten(), Linear(2352, 10))), r"shape \(3, 28, 28\), MNIST's"),
        (stack(Conv2d(1, 10, 28)), r"gives \(10, 1, 1\).*End it with Flatten"),
        (stack(Flatten(), Linear(784, 9)), r"gives \(9,\)"),
        (stack(Flatten(), Linear(784, 20_000), Linear(20_000, 10)), "15,900,010 parameters"),
        (stack(Conv2d(1, 4000, 3), Conv2d(4000, 1, 26), Flatten(), Linear(1, 10)), "on its way"),
    ],
    ids=["channels", "no flatten", "nine digits", "too large", "too wide"],
)
def test_a_network_that_cannot_be_trained_is_explained(network: LayerStack, message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        network_from_stack(network)


@pytest.mark.parametrize("name", NETWORK_NAMES)
def test_every_name_builds_a_network_with_the_stated_parameters(name: str) -> None:
    assert f"{count_params(name):,} parameters" in NETWORK_NAMES[name]


def test_the_dense_network_has_as_many_parameters_as_mynet() -> None:
    assert count_params("dense") == pytest.approx(33_770, rel=0.001)


@pytest.mark.parametrize("network", [my_net(), lenet5()])
def test_a_stack_comes_back_as_a_network_with_its_parameters(network: LayerStack) -> None:
    written = network_from_stack(network)

    assert checked_network(written) == written
    assert network_title(written) == f"stack of {len(network.layers)} layers"
    assert count_params(written) == network.analyse().num_params


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInputError, match=r"no network 'resnet'\. Choose from mynet, "):
        checked_network("resnet")


def wide_kernels() -> LayerStack:
    layers = (Conv2d(1, 64, 1), *[Conv2d(64, 64, 31, padding=15)] * 2)
    return stack(*layers, AdaptiveAvgPool2d(1), Flatten(), Linear(64, 10))


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (wide_kernels(), r"takes 6,1\d\d,\d{3},\d{3} multiply-adds .* limit is 150,000,000"),
        (
            stack(MaxPool2d(601, 1, 300), AdaptiveAvgPool2d(1), Flatten(), Linear(1, 10)),
            r"takes 283,\d{3},\d{3} comparisons",
        ),
        (
            stack(LocalResponseNorm(90_000), AdaptiveAvgPool2d(1), Flatten(), Linear(1, 10)),
            r"takes 282,\d{3},\d{3} bytes",
        ),
    ],
    ids=["kernels", "windows", "channels around"],
)
def test_a_network_that_takes_minutes_for_an_image_is_refused(
    network: LayerStack, message: str
) -> None:
    with pytest.raises(InvalidInputError, match=message):
        network_from_stack(network)


@pytest.mark.parametrize("name", ["MyNet", "LeNet-5", "Pooling net", "DeepNet", "Dense net"])
def test_what_the_project_trains_takes_a_sixth_of_the_operations_allowed(name: str) -> None:
    analysis = preset(name).analyse()

    assert analysis.num_macs < MOST_MACS / 6
    assert sum(row.num_other_ops for row in analysis.rows) < MOST_OTHER_OPS / 8


def test_a_deep_network_of_wide_layers_is_let_through() -> None:
    wide = [Conv2d(1, 64, 3, padding=1), *[Conv2d(64, 64, 3, padding=1)] * 2, MaxPool2d(2)]
    deep = [Conv2d(64, 128, 3, padding=1), *[Conv2d(128, 128, 3, padding=1)] * 2, MaxPool2d(2)]
    network = stack(*wide, *deep, Flatten(), Linear(6272, 10))

    assert 100_000_000 < network.analyse().num_macs < MOST_MACS
    assert network_from_stack(network)
