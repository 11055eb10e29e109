"""The row of layers, with torch's own forward pass and gradients as witness."""

from random import Random

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.inside.inspection import group_stages, inspect_network, prepare_model, seen_region
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.models.model import MyNet
from mnistcore.reading.classifier import MYNET, load_classifier
from mnistcore.stacks.presets import lenet5, my_net
from tests.inside.test_value_terms import EVERY_KIND, made


def a_digit() -> Tensor:
    return to_input(load_split("test").images[:1])[0]


def test_the_last_stage_is_what_the_network_says() -> None:
    classifier = load_classifier(MYNET)

    stages = inspect_network(prepare_model(classifier.model), a_digit())

    with torch.inference_mode():
        said = classifier.model(a_digit()[None])[0]
    np.testing.assert_allclose(stages[-1].outputs, said.numpy(), atol=1e-4)


def test_the_numbers_are_the_calculators() -> None:
    stages = inspect_network(prepare_model(MyNet()), a_digit())

    assert tuple(stage.numbers for stage in stages) == my_net().analyse().rows


def test_a_layer_that_works_in_place_spoils_nothing() -> None:
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(inplace=True))

    convolution, relu = inspect_network(prepare_model(model), a_digit())

    assert convolution.outputs.min() < 0
    np.testing.assert_array_equal(relu.outputs, convolution.outputs.clip(0))


def test_what_is_switched_off_is_missed_by_the_layers_behind() -> None:
    model = prepare_model(load_classifier(MYNET).model)
    whole = inspect_network(model, a_digit())

    cut = inspect_network(model, a_digit(), frozenset({(2, 5), (2, 7)}))

    assert not cut[2].outputs[[5, 7]].any()
    assert cut[2].outputs[6].any()
    assert not np.allclose(cut[-1].outputs, whole[-1].outputs)


def test_single_values_are_switched_off_and_their_neighbours_stay() -> None:
    model = prepare_model(load_classifier(MYNET).model)
    whole = inspect_network(model, a_digit())
    strongest = tuple(map(int, np.unravel_index(whole[5].outputs.argmax(), (32, 7, 7))))

    cut = inspect_network(model, a_digit(), [(5, *strongest)])

    expected = whole[5].outputs.copy()
    expected[strongest] = 0
    np.testing.assert_array_equal(cut[5].outputs, expected)
    assert cut[5].is_off(strongest)
    assert not cut[5].is_off((strongest[0], *((at + 1) % 7 for at in strongest[1:])))
    missed = model.layer("conv.6")(torch.tensor(expected[None]))
    np.testing.assert_allclose(cut[6].outputs, missed[0].numpy())


@pytest.mark.parametrize("network", ["lenet", "every kind"])
def test_a_value_sees_no_pixel_outside_of_its_region(network: str) -> None:
    model = prepare_model(made(lenet5() if network == "lenet" else EVERY_KIND))
    stages = inspect_network(model, a_digit())
    random = Random(network)

    for number, stage in enumerate(stages):
        index = tuple(random.randrange(size) for size in stage.outputs.shape)
        image = a_digit().double()[None].requires_grad_()
        kept: list[Tensor] = []
        hook = model.get_submodule(stage.name).register_forward_hook(
            lambda _, __, output, kept=kept: kept.append(output)
        )
        model(image)
        hook.remove()
        kept[0][0][index].backward()
        assert image.grad is not None
        rows, columns = np.nonzero(image.grad[0, 0].numpy())
        for seen, interval in zip((rows, columns), seen_region(stages, number, index), strict=True):
            if len(seen):
                assert interval is not None
                assert interval[0] <= seen.min() <= seen.max() <= interval[1]


def test_every_block_begins_with_a_layer_of_its_own() -> None:
    stages = inspect_network(prepare_model(build_sequential(lenet5())), a_digit())

    blocks = group_stages(stages)

    assert [[stages[number].kind for number in block] for block in blocks[:3]] == [
        ["Conv2d", "ReLU"],
        ["MaxPool2d"],
        ["Conv2d", "ReLU"],
    ]


class Skipping(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 1, 3, padding=1)
        self.second = nn.Conv2d(1, 1, 3, padding=1)

    def forward(self, images: Tensor) -> Tensor:
        second: Tensor = self.second(images + self.first(images))
        return second


def test_a_network_that_is_no_chain_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"in front of its layer 'second'|is no layer"):
        inspect_network(prepare_model(Skipping()), a_digit())


class Glancing(nn.Module):
    """Looks twice and answers with the mean, as a network may do outside training."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(2 * 26 * 26, 10))

    def forward(self, images: Tensor) -> Tensor:
        twice: Tensor = self.layers(torch.cat([images, images.roll(1, dims=3)]))
        logits: Tensor = twice.unflatten(0, (2, -1)).mean(dim=0)
        return logits


def test_of_a_network_that_looks_twice_one_look_is_explained() -> None:
    model = Glancing()

    stages = inspect_network(prepare_model(model), a_digit())

    with torch.inference_mode():
        once = model.layers(a_digit()[None])[0]
    np.testing.assert_allclose(stages[-1].outputs, once.numpy(), atol=1e-5)


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="layer '0' is a Sigmoid"):
        inspect_network(prepare_model(nn.Sequential(nn.Sigmoid())), a_digit())
