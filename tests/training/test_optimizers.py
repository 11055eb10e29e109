import subprocess
import sys
from dataclasses import replace
from typing import get_args

import pytest
import torch
from torch import nn

from mnistcore.training.optimizers import MuonAndAdamW, make_optimizer, take_step
from mnistcore.training.recipes import RECIPES, Optimizer

OPTIMIZERS: tuple[Optimizer, ...] = get_args(Optimizer)
# Trains with each, saves and goes on, and learns a digit as the pages do.
LEARN_ALL = f"""
import sys
from dataclasses import replace
import torch
from mnistcore.inside.inspection import prepare_model
from mnistcore.inside.learning_step import Learner
from mnistcore.mnist.splits import Split
from mnistcore.models.model import MyNet
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import RECIPES

toy = Split("train", torch.zeros(200, 28, 28, dtype=torch.uint8), torch.zeros(200).long())
for name in {OPTIMIZERS}:
    recipe = replace(RECIPES["article"], optimizer=name, epochs=1)
    state = TrainingState(MyNet(), recipe)
    assert list(train(state, toy, toy))
    TrainingState(MyNet(), recipe).load_state_dict(state.state_dict())
network, image = prepare_model(MyNet()), torch.zeros(1, 28, 28)
assert Learner(network, image, label=7, learning_rate=0.001).next.next.loss
print(*{{"torch._dynamo", "sympy"}} & sys.modules.keys())
"""


def small_net() -> nn.Sequential:
    torch.manual_seed(5)
    return nn.Sequential(
        *(nn.Conv2d(1, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU()),
        *(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.Flatten(), nn.Linear(6 * 9, 3)),
    )


def learn(net: nn.Module, optimizer: MuonAndAdamW | torch.optim.Optimizer) -> None:
    images = torch.linspace(-1, 1, 5 * 49).view(5, 1, 7, 7)
    optimizer.zero_grad()
    net(images).square().sum().backward()
    optimizer.step()


def test_a_hidden_kernel_takes_muons_step_as_a_matrix_and_all_else_adamws() -> None:
    ours, theirs, adamw_alone = small_net(), small_net(), small_net()
    optimizer = MuonAndAdamW(ours, learning_rate=0.01, weight_decay=0.1)
    adamw = torch.optim.AdamW(adamw_alone.parameters(), lr=0.01, weight_decay=0.1)
    images = torch.linspace(-1, 1, 5 * 49).view(5, 1, 7, 7)
    theirs(images).square().sum().backward()
    assert isinstance(theirs[3], nn.Conv2d)
    assert theirs[3].weight.grad is not None
    matrix = nn.Parameter(theirs[3].weight.detach().reshape(6, 36))
    matrix.grad = theirs[3].weight.grad.reshape(6, 36)
    muon = torch.optim.Muon([matrix], lr=0.01, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")

    learn(ours, optimizer)
    learn(adamw_alone, adamw)
    muon.step()

    for (name, ours_now), expected in zip(
        ours.named_parameters(), adamw_alone.parameters(), strict=True
    ):
        if name == "3.weight":
            torch.testing.assert_close(ours_now.detach().flatten(1), matrix.detach())
            assert (ours_now - expected).abs().max() > 1e-3
        else:
            torch.testing.assert_close(ours_now, expected)


def test_kernels_in_channels_last_learn_the_same() -> None:
    plain, last = small_net(), small_net().to(memory_format=torch.channels_last)
    for net in (plain, last):
        optimizer = MuonAndAdamW(net, learning_rate=0.01, weight_decay=0.1)
        for _ in range(3):
            learn(net, optimizer)

    for first, second in zip(plain.parameters(), last.parameters(), strict=True):
        torch.testing.assert_close(first, second, rtol=0.01, atol=2e-3)


def test_a_network_without_hidden_weights_has_adamw_alone() -> None:
    net = nn.Sequential(nn.Conv2d(1, 2, 7), nn.Flatten(), nn.Linear(2, 3))
    before = [parameter.clone() for parameter in net.parameters()]
    optimizer = MuonAndAdamW(net, learning_rate=0.01, weight_decay=0)

    learn(net, optimizer)

    assert len(optimizer.param_groups) == 1
    assert not any(torch.equal(a, b) for a, b in zip(before, net.parameters(), strict=True))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_step_is_torchs_own(name: Optimizer) -> None:
    nets = small_net(), small_net()
    for net in nets:
        optimizer = make_optimizer(net, replace(RECIPES["article"], optimizer=name))
        for _ in range(3):
            optimizer.zero_grad()
            net(torch.linspace(-1, 1, 5 * 49).view(5, 1, 7, 7)).square().sum().backward()
            take_step(optimizer) if net is nets[0] else optimizer.step()

    assert all(map(torch.equal, *(net.parameters() for net in nets)))


@pytest.mark.slow
def test_learning_loads_no_compiler() -> None:
    command = [sys.executable, "-c", LEARN_ALL]

    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert loaded.split() == []
