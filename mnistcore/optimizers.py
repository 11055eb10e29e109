"""A recipe's optimizer, as torch has it."""

import torch
from torch import nn

from mnistcore.recipes import MOMENTUM, Recipe


def make_optimizer(model: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Return the optimizer that a recipe names, in torch's fastest form for the network's device.

    Args:
        model: Whose parameters it changes.
        recipe: Names it, its learning rate and its weight decay.

    >>> from mnistcore.recipes import RECIPES
    >>> type(make_optimizer(nn.Linear(2, 2), RECIPES["article"])).__name__
    'Adam'
    """
    parameters = list(model.parameters())
    fused = parameters[0].device.type in ("cpu", "cuda")
    rate, decay = recipe.learning_rate, recipe.weight_decay
    match recipe.optimizer:
        case "Adam":
            return torch.optim.Adam(parameters, lr=rate, weight_decay=decay, fused=fused)
        case "AdamW":
            return torch.optim.AdamW(parameters, lr=rate, weight_decay=decay, fused=fused)
        case "SGD":
            return torch.optim.SGD(
                parameters, lr=rate, momentum=MOMENTUM, weight_decay=decay, fused=fused
            )
