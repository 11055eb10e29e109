"""Attributions against what they promise: exact for linear networks, complete for all."""

import numpy as np
import pytest
import torch
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.inside.attribution import (
    effective_receptive_field,
    gradient_times_input,
    integrated_gradients,
    occlusion,
)
from mnistcore.inside.inspection import inspect_network, prepare_model, seen_region
from mnistcore.inside.layer_chain import LayerChain
from mnistcore.layers.kinds import AvgPool2d, Conv2d, Flatten, Linear, ReLU
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.models.catalogue import MOST_ACTIVATION_BYTES, network_from_stack
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import MYNET, load_classifier
from mnistcore.stacks.stack import LayerStack
from tests.bounds import within_bounds

BLACK = -1.0


def trained() -> LayerChain:
    return prepare_model(load_classifier(MYNET).model)


def a_digit() -> torch.Tensor:
    return to_input(load_split("test").images[:1])[0]


@pytest.mark.parametrize("method", [gradient_times_input, integrated_gradients])
def test_of_a_linear_network_every_method_gives_weight_times_ink(method: object) -> None:
    linear = nn.Linear(784, 10).double()
    model = nn.Sequential(nn.Flatten(), linear)

    products = method(model, a_digit(), BLACK, 3)  # type: ignore[operator]

    expected = linear.weight[3].detach() * (a_digit().double().flatten() - BLACK)
    np.testing.assert_allclose(products.ravel(), expected.numpy(), atol=1e-12)


@pytest.mark.parametrize("number", range(5))
def test_integrated_gradients_add_up_to_the_logits_difference(number: int) -> None:
    model = trained()
    digit = to_input(load_split("test").images[number : number + 1])[0]
    with torch.inference_mode():
        images = torch.stack([digit, torch.full_like(digit, BLACK)]).double()
        differences = (model(images)[0] - model(images)[1]).tolist()

    for output, difference in enumerate(differences):
        products = integrated_gradients(model, digit, BLACK, output)

        assert products.sum() == pytest.approx(difference, rel=0.005)


def test_integrated_gradients_are_those_of_a_thousand_even_steps() -> None:
    model, ink = trained(), a_digit().double() - BLACK
    stops = (torch.arange(1000, dtype=torch.float64) + 0.5) / 1000
    images = (BLACK + stops[:, None, None, None] * ink).requires_grad_()
    (gradients,) = torch.autograd.grad(model(images)[:, 7].sum(), images)
    expected = (gradients.mean(dim=0) * ink)[0].numpy()

    products = integrated_gradients(model, a_digit(), BLACK, 7)

    # Coarser parts see a ReLU switch a little too soon or too late.
    assert np.abs(products - expected).sum() < 0.05 * np.abs(expected).sum()


def test_covering_paper_changes_nothing() -> None:
    lost = occlusion(trained(), a_digit(), BLACK, 7)

    assert lost[0, 0] == 0
    assert lost.max() > 1


def test_an_even_window_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"`window` is 4\. Choose an odd number"):
        occlusion(trained(), a_digit(), BLACK, 7, window=4)


def test_the_measured_receptive_field_lies_in_the_theoretical_one() -> None:
    model, images = trained(), to_input(load_split("test").images[:50])
    stages = inspect_network(model, images[0])

    field = effective_receptive_field(model, images, "conv.8", (3, 1, 2))

    rows, columns = seen_region(stages, 8, (3, 1, 2))
    assert rows
    assert columns
    inside = field[rows[0] : rows[1] + 1, columns[0] : columns[1] + 1]
    assert field.sum() == pytest.approx(inside.sum())
    assert (inside > 0).mean() > 0.9


def test_the_gradients_of_a_network_of_large_maps_take_little_memory() -> None:
    maps = [Conv2d(1, 220, 1), *[ReLU()] * 10, AvgPool2d(28), Flatten(), Linear(220, 10)]
    stack = LayerStack((1, 28, 28), tuple(maps))
    assert 7_000_000 < stack.analyse().activation_bytes < MOST_ACTIVATION_BYTES
    model = prepare_model(build_network(network_from_stack(stack), seed=1))

    with within_bounds():
        integrated_gradients(model, torch.rand(1, 28, 28), 0.0, 3)
