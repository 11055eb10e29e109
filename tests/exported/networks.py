"""Networks to take home: three of the calculator's, whose layers are of every kind that can go."""

import torch
from torch import nn

from mnistcore.layers.kinds import (
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
)
from mnistcore.stacks.stack import LayerStack

STACKS = {
    "lenet": LayerStack(
        (1, 28, 28),
        (
            *(Conv2d(1, 6, 5, padding=2), ReLU(), MaxPool2d(2)),
            *(Conv2d(6, 16, 5), ReLU(), AvgPool2d(2)),
            *(Flatten(), Linear(400, 120), ReLU(), Dropout(0.5), Linear(120, 10)),
        ),
    ),
    "depthwise": LayerStack(
        (1, 28, 28),
        (
            *(Conv2d(1, 16, 3, stride=2, padding=1, bias=False), BatchNorm2d(16), ReLU()),
            *(Conv2d(16, 16, 3, padding=2, dilation=2, groups=16), ReLU(), Conv2d(16, 32, 1)),
            *(ReLU(), BatchNorm2d(32), AvgPool2d(3, stride=2, padding=1), Flatten()),
            *(Linear(32 * 49, 24), BatchNorm1d(24), ReLU(), Linear(24, 10)),
        ),
    ),
    "uneven": LayerStack(
        (1, 28, 28),
        (
            *(Conv2d(1, 8, (5, 3), stride=(2, 1), padding=(1, 0)), ReLU()),
            *(MaxPool2d((3, 2), stride=(1, 2), padding=(1, 1)), Conv2d(8, 16, 3, groups=2)),
            *(BatchNorm2d(16), ReLU(), Flatten(), Linear(16 * 11 * 12, 10)),
        ),
    ),
}


def unsettled(model: nn.Module) -> nn.Module:
    """Return a network with batch norms that do something, and answers that are far apart."""
    noise = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for part in model.modules():
            if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
                for value in (part.weight, part.bias, part.running_mean):
                    assert value is not None
                    value.add_(0.3 * torch.randn(value.shape, generator=noise))
                assert part.running_var is not None
                part.running_var.mul_(0.5 + torch.rand(part.running_var.shape, generator=noise))
        head = [part for part in model.modules() if isinstance(part, nn.Linear)][-1]
        head.weight.mul_(5)
    return model.eval()
