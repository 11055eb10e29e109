"""What maps add to each other, against the network's own values: the shares add up to them."""

import numpy as np
import pytest
import torch
from torch import nn

from mnistcore.inside.contributions import map_contributions
from mnistcore.inside.inspection import Stage, inspect_network, prepare_model
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.reading.classifier import MYNET, load_classifier


def mynet_at_work() -> tuple[Stage, ...]:
    image = to_input(load_split("test").images[:1])[0]
    return inspect_network(prepare_model(load_classifier(MYNET).model), image)


# The affine part of each block of MyNet, and its last stage.
BLOCKS = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 10)]


@pytest.mark.parametrize(("first", "affine", "last"), BLOCKS)
def test_the_shares_and_what_an_empty_input_gives_add_up_to_the_maps(
    first: int, affine: int, last: int
) -> None:
    stages = mynet_at_work()
    empty = torch.zeros(1, *stages[first].inputs.shape, dtype=torch.float64)
    with torch.inference_mode():
        for stage in stages[first : affine + 1]:
            empty = stage.module(empty)
    made = stages[last].outputs

    shares = map_contributions(stages[first : last + 1])

    constant = (empty[0].numpy() * (made != 0)).reshape(len(made), -1).sum(axis=1)
    np.testing.assert_allclose(
        shares.sum(axis=0) + constant, made.reshape(len(made), -1).sum(axis=1), atol=1e-9
    )
    assert shares.shape == (len(stages[first].inputs), len(made))


def test_a_map_that_is_switched_off_adds_nothing() -> None:
    image = to_input(load_split("test").images[:1])[0]
    model = prepare_model(load_classifier(MYNET).model)
    stages = inspect_network(model, image, [(2, 5)])

    shares = map_contributions(stages[3:6])

    assert not shares[5].any()
    assert shares[4].any()


def test_pooling_hands_each_map_on_to_its_own() -> None:
    chain = prepare_model(nn.Sequential(nn.MaxPool2d(2)), (3, 4, 4))
    stages = inspect_network(chain, torch.rand(3, 4, 4))

    shares = map_contributions(stages)

    np.testing.assert_array_equal(shares, np.diag(stages[0].outputs.sum(axis=(1, 2))))
