"""Terms that add up, checked at random places of networks whose outputs torch calculated."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.inside.inspection import Stage, inspect_network, prepare_model
from mnistcore.inside.layer_chain import EXPLAINED
from mnistcore.inside.value_terms import batch_norm_numbers, steps_to_value, value_terms
from mnistcore.layers.kinds import (
    LAYER_KINDS,
    AlphaDropout,
    AvgPool1d,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv1d,
    Conv2d,
    ConvTranspose1d,
    ConvTranspose2d,
    Dropout,
    Dropout1d,
    Dropout2d,
    Flatten,
    Linear,
    MaxPool1d,
    MaxPool2d,
    ReLU,
)
from mnistcore.layers.layer import Layer
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.reading.classifier import MYNET, load_classifier
from mnistcore.stacks.presets import lenet5, my_net, pooling_net
from mnistcore.stacks.stack import LayerStack

NUM_VALUES = 200

EVERY_KIND = LayerStack(
    (1, 28, 28),
    (
        *(Conv2d(1, 8, (5, 3), stride=(2, 1), padding=(2, 0)), BatchNorm2d(8), ReLU()),
        *(Conv2d(8, 12, 4, padding="same", dilation=2, groups=4, bias=False), ReLU()),
        *(MaxPool2d(3, stride=2, padding=1, dilation=2), Dropout2d(), BatchNorm2d(12)),
        *(ConvTranspose2d(12, 6, 3, stride=2, padding=1, output_padding=1, groups=3), ReLU()),
        *(AvgPool2d(3, stride=2, padding=1, ceil_mode=True), Linear(13, 5), Flatten()),
        *(Linear(180, 20), BatchNorm1d(20), ReLU(), Dropout(), Linear(20, 10)),
    ),
).fitted()
A_SIGNAL = LayerStack(
    (2, 40),
    (
        *(Conv1d(2, 6, 4, padding="same", dilation=2, groups=2), Dropout1d(), AlphaDropout()),
        *(BatchNorm1d(6, affine=False), ReLU()),
        *(AvgPool1d(3, stride=2, ceil_mode=True), MaxPool1d(3, padding=1)),
        *(ConvTranspose1d(6, 4, 5, stride=3, dilation=2, padding=2), Flatten(), Linear(100, 3)),
    ),
).fitted()


def made(stack: LayerStack, *, seed: int = 1) -> nn.Module:
    """Build the network with weights and running statistics unlike their first values."""
    torch.manual_seed(seed)
    model = build_sequential(stack)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
            for values in (module.weight, module.bias, module.running_mean):
                if values is None:
                    continue  # without `affine`
                nn.init.normal_(values)
            assert module.running_var is not None
            nn.init.uniform_(module.running_var, 0.5, 2)
    return model.eval()


def a_digit() -> torch.Tensor:
    return to_input(load_split("test").images[:1])[0]


NETWORKS = {
    "trained MyNet": lambda: (load_classifier(MYNET).model, a_digit()),
    "MyNet as a stack": lambda: (made(my_net()), a_digit()),
    "LeNet-5": lambda: (made(lenet5()), a_digit()),
    "pooling net": lambda: (made(pooling_net()), a_digit()),
    "every kind": lambda: (made(EVERY_KIND), a_digit()),
    "a signal": lambda: (made(A_SIGNAL), torch.randn(2, 40)),
}


def random_index(stage: Stage, random: Random) -> tuple[int, ...]:
    return tuple(random.randrange(size) for size in stage.outputs.shape)


@pytest.mark.parametrize("network", NETWORKS)
def test_200_random_values_are_the_sums_of_their_terms(network: str) -> None:
    model, image = NETWORKS[network]()
    stages = inspect_network(prepare_model(model, tuple(image.shape)), image)
    random = Random(network)

    for turn in range(NUM_VALUES):
        stage = stages[turn % len(stages)]
        index = random_index(stage, random)
        terms = value_terms(stage, index)

        assert terms.total == pytest.approx(stage.outputs[index], abs=1e-12, rel=1e-12)
        is_real = ((terms.places >= 0) & (terms.places < stage.inputs.shape)).all(axis=1)
        there = stage.inputs[tuple(terms.places[is_real].T)]
        np.testing.assert_array_equal(terms.inputs[is_real], there)
        assert not terms.inputs[~is_real].any()


@pytest.mark.parametrize("network", NETWORKS)
def test_the_weights_are_torchs_gradients(network: str) -> None:
    model, image = NETWORKS[network]()
    stages = inspect_network(prepare_model(model, tuple(image.shape)), image)
    random = Random(network)

    for stage in stages:
        index = random_index(stage, random)
        inputs = torch.tensor(stage.inputs[None], requires_grad=True)
        stage.module(inputs)[0][index].backward()
        assert inputs.grad is not None
        gathered = np.zeros_like(stage.inputs)
        terms = value_terms(stage, index)
        is_real = ((terms.places >= 0) & (terms.places < stage.inputs.shape)).all(axis=1)
        np.add.at(gathered, tuple(terms.places[is_real].T), terms.weights[is_real])

        np.testing.assert_allclose(gathered, inputs.grad[0].numpy(), atol=1e-12)


def test_batch_normalisation_is_written_out() -> None:
    stages = inspect_network(prepare_model(load_classifier(MYNET).model), a_digit())

    numbers = batch_norm_numbers(stages[4], 7)

    before = stages[4].inputs[7]
    expected = (before - numbers.mean) / numbers.deviation * numbers.scale + numbers.shift
    np.testing.assert_allclose(stages[4].outputs[7], expected, atol=1e-12)


def test_a_block_is_explained_step_by_step() -> None:
    stages = inspect_network(prepare_model(load_classifier(MYNET).model), a_digit())

    steps = steps_to_value(stages, 5, (3, 2, 4))

    assert [number for number, _ in steps] == [3, 4, 5]
    for (_, before), (_, after) in pairwise(steps):
        assert after.inputs.item() == pytest.approx(before.total, abs=1e-12)


def test_a_map_that_is_switched_off_has_no_terms() -> None:
    off = frozenset({(5, 3)})
    stages = inspect_network(prepare_model(load_classifier(MYNET).model), a_digit(), off)

    assert value_terms(stages[5], (3, 2, 4)).total == 0 == stages[5].outputs[3].max()


@pytest.mark.parametrize("index", [(0, 0), (16, 0, 0), (0, -1, 0)])
def test_a_value_that_is_not_there_is_explained(index: tuple[int, ...]) -> None:
    stages = inspect_network(prepare_model(load_classifier(MYNET).model), a_digit())

    with pytest.raises(InvalidInputError, match=r"there is no value .*Choose a place inside"):
        value_terms(stages[0], index)


def test_the_kinds_above_are_all_kinds() -> None:
    used: set[type[Layer]] = {type(layer) for layer in (*EVERY_KIND.layers, *A_SIGNAL.layers)}
    assert used == {kind for kind in LAYER_KINDS.values() if issubclass(kind, EXPLAINED)}
