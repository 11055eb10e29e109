"""Gradients and Adam's steps by hand, beside torch's autograd and optimizer."""

from copy import deepcopy
from random import Random

import pytest
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.inside.adam import adam_update
from mnistcore.inside.inspection import prepare_model
from mnistcore.inside.learning_step import Learner
from mnistcore.inside.softmax import softmax_numbers
from mnistcore.inside.weight_gradient import Parameter
from mnistcore.mnist.splits import load_split, to_input
from mnistcore.reading.classifier import MYNET, load_classifier
from tests.inside.test_value_terms import EVERY_KIND, made

NUM_WEIGHTS = 200


def a_digit() -> torch.Tensor:
    return to_input(load_split("test").images[:1])[0]


def what_is_learned(model: nn.Module) -> list[tuple[str, Parameter, torch.Tensor]]:
    kinds: list[Parameter] = ["weight", "bias"]
    return [
        (name, kind, value)
        for name, layer in model.named_modules()
        for kind in kinds
        if isinstance(value := getattr(layer, kind, None), torch.Tensor)
    ]


@pytest.mark.parametrize("network", ["trained MyNet", "every kind"])
def test_gradients_of_random_weights_are_autograds(network: str) -> None:
    source = load_classifier(MYNET).model if network == "trained MyNet" else made(EVERY_KIND)
    model = prepare_model(source)
    learner = deepcopy(model).requires_grad_(True)
    F.cross_entropy(learner(a_digit().double()[None]), torch.tensor([3])).backward()
    choices = what_is_learned(learner)
    mine = Learner(model, a_digit(), label=3, learning_rate=0.001)
    random = Random(network)

    for turn in range(NUM_WEIGHTS):
        name, kind, weight = choices[turn % len(choices)]
        index = tuple(random.randrange(size) for size in weight.shape)
        step = mine.follow(name, index, kind)

        assert weight.grad is not None
        expected = float(weight.grad[index])
        assert step.terms.total == pytest.approx(expected, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("name", "index", "parameter"),
    [
        ("conv.3", (5, 3, 1, 2), "weight"),
        ("conv.3", (5,), "bias"),
        ("conv.4", (7,), "weight"),
        ("conv.7", (7,), "bias"),
        ("mlp", (2,), "bias"),
    ],
)
def test_some_steps_are_those_of_torchs_adam(
    name: str, index: tuple[int, ...], parameter: Parameter
) -> None:
    model = prepare_model(load_classifier(MYNET).model)

    learner = Learner(model, a_digit(), label=2, learning_rate=0.003)
    steps = []
    for _ in range(4):
        steps.append(learner.follow(name, index, parameter))
        learner = learner.next

    network = deepcopy(model).requires_grad_(True)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.003)
    weight = dict(network.named_parameters())[f"{name}.{parameter}"]
    for step in steps:
        optimizer.zero_grad()
        loss = F.cross_entropy(network(a_digit().double()[None]), torch.tensor([2]))
        loss.backward()
        assert step.loss == pytest.approx(float(loss.detach()), rel=1e-9)
        assert step.update.weight == pytest.approx(float(weight.detach()[index]), rel=1e-9)
        optimizer.step()
        assert step.update.new_weight == pytest.approx(float(weight.detach()[index]), rel=1e-9)
    assert [after.loss for after in steps[1:]] == pytest.approx([s.loss_after for s in steps[:-1]])
    assert steps[-1].loss_after < steps[0].loss


def test_the_loss_after_the_one_weight_moved_is_that_of_the_changed_network() -> None:
    model = prepare_model(load_classifier(MYNET).model)

    step = Learner(model, a_digit(), label=2, learning_rate=0.1).follow("mlp", (2, 100))

    changed = deepcopy(model)
    dict(changed.named_parameters())["mlp.weight"].data[2, 100] = step.update.new_weight
    loss = F.cross_entropy(changed(a_digit().double()[None]), torch.tensor([2]))
    assert step.loss_after_one == pytest.approx(float(loss), rel=1e-9)


def test_the_network_itself_does_not_learn() -> None:
    model = prepare_model(load_classifier(MYNET).model)
    before = deepcopy(model.state_dict())

    learner = Learner(model, a_digit(), label=2, learning_rate=0.1)
    assert learner.next.loss != learner.loss

    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_the_first_step_is_as_long_as_the_learning_rate() -> None:
    changes = [adam_update(1.0, g, learning_rate=0.01).change for g in (1e-3, -5.0)]

    assert changes == pytest.approx([-0.01, 0.01], rel=1e-4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "conv.2"}, r"no convolution, linear layer or batch norm 'conv\.2'"),
        ({"name": "nowhere"}, "no convolution, linear layer or batch norm 'nowhere'"),
        ({"index": (0, 1024)}, r"none at \(0, 1024\)\. Choose a place inside"),
    ],
)
def test_an_impossible_choice_is_explained(changes: dict[str, object], message: str) -> None:
    choice = {"name": "mlp", "index": (0, 0)} | changes
    model = prepare_model(load_classifier(MYNET).model)
    learner = Learner(model, a_digit(), label=0, learning_rate=0.001)

    with pytest.raises(InvalidInputError, match=message):
        learner.follow(**choice)  # type: ignore[arg-type]


def test_softmax_and_loss_are_torchs() -> None:
    logits = torch.randn(10, dtype=torch.float64) * 20

    numbers = softmax_numbers(logits.tolist())

    assert numbers.probabilities == pytest.approx(logits.softmax(0).tolist(), rel=1e-9, abs=1e-300)
    expected = float(F.cross_entropy(logits[None], torch.tensor([4])))
    assert numbers.loss(4) == pytest.approx(expected, rel=1e-9)


def test_who_has_taken_steps_stays_as_it_was() -> None:
    model = prepare_model(load_classifier(MYNET).model)
    learner = Learner(model, a_digit(), label=2, learning_rate=0.003)
    before = learner.follow("mlp", (2, 100))

    assert learner.next.next.num_steps == 2
    assert learner.follow("mlp", (2, 100)).update == before.update


@pytest.mark.parametrize("temperature", [0.5, 1.0, 1.05, 3.0])
def test_softmax_at_a_temperature_is_torchs(temperature: float) -> None:
    logits = torch.randn(10, dtype=torch.float64, generator=torch.Generator().manual_seed(1))

    numbers = softmax_numbers(logits.tolist(), temperature)

    expected = (logits / temperature).softmax(dim=0)
    assert numbers.probabilities == pytest.approx(expected.tolist(), rel=1e-12)
    loss = F.cross_entropy(logits[None] / temperature, torch.tensor([3]))
    assert numbers.loss(3) == pytest.approx(float(loss), rel=1e-12)
