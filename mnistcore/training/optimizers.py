"""A recipe's optimizer, as torch has it, without torch's compiler.

Uncompiled, an optimizer's methods need `torch._dynamo` for nothing; each asks not to be compiled,
and imports it for that alone: 850 modules, two seconds of every training's start, and 150 MB.
"""

import inspect
from typing import Any

import torch
from torch import Tensor, nn

from mnistcore.training.recipes import MOMENTUM, Recipe

# What says of itself that it is not compiled, without asking the compiler.
for _method in ("add_param_group", "zero_grad", "state_dict", "load_state_dict"):
    _plain = inspect.unwrap(getattr(torch.optim.Optimizer, _method))
    _plain.__dict__.setdefault("__dynamo_disable", _plain)


class MuonAndAdamW:
    """Muon for the weights between the first layer and the last, AdamW for all others.

    Muon makes a step's matrix orthogonal, so that every direction is learned alike; it is meant
    for hidden layers' matrices (K. Jordan (2024), Muon: an optimizer for hidden layers). torch's
    own takes matrices alone, so it is handed each kernel (M, N, Kh, Kw) as one of M rows. Its
    steps are scaled to the size of AdamW's, so that one learning rate serves both (J. Liu et al.
    (2025), Muon is scalable for LLM training, section 2.2).

    Args:
        model: Whose parameters are changed in place.
        learning_rate: Of both.
        weight_decay: Of both, apart from the gradient.

    >>> model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.Conv2d(4, 4, 3), nn.Flatten(), nn.Linear(4, 2))
    >>> optimizer = MuonAndAdamW(model, learning_rate=0.005, weight_decay=0.05)
    >>> [len(group["params"]) for group in optimizer.param_groups]
    [5, 1]
    """

    def __init__(self, model: nn.Module, *, learning_rate: float, weight_decay: float) -> None:
        parameters = list(model.parameters())
        self._hidden = [weight for weight in parameters if weight.ndim > 1][1:-1]
        self._matrices = [nn.Parameter(_as_matrix(weight.detach())) for weight in self._hidden]
        hidden = {id(weight) for weight in self._hidden}
        others = [parameter for parameter in parameters if id(parameter) not in hidden]
        adamw = torch.optim.AdamW(
            others, lr=learning_rate, weight_decay=weight_decay, fused=_can_be_fused(model)
        )
        self._parts: dict[str, torch.optim.Optimizer] = {"adamw": adamw}
        if self._matrices:
            self._parts["muon"] = torch.optim.Muon(
                self._matrices,
                lr=learning_rate,
                weight_decay=weight_decay,
                adjust_lr_fn="match_rms_adamw",
            )

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """Return the settings of AdamW's parameters and of Muon's, to be read or changed."""
        return [group for part in self._parts.values() for group in part.param_groups]

    def zero_grad(self) -> None:
        """Forget the gradients."""
        self._parts["adamw"].zero_grad()
        for weight in self._hidden:
            weight.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Change the parameters by their gradients."""
        for weight, matrix in zip(self._hidden, self._matrices, strict=True):
            matrix.copy_(_as_matrix(weight))
            matrix.grad = None if weight.grad is None else _as_matrix(weight.grad)
        for part in self._parts.values():
            take_step(part)
        for weight, matrix in zip(self._hidden, self._matrices, strict=True):
            weight.copy_(matrix.view_as(weight))

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` takes."""
        return {name: part.state_dict() for name, part in self._parts.items()}

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Go on from what `state_dict` returned."""
        for name, part in self._parts.items():
            part.load_state_dict(saved[name])


def take_step(optimizer: torch.optim.Optimizer | MuonAndAdamW) -> None:
    """Change the parameters by their gradients, as `optimizer.step()` does uncompiled.

    >>> weight = nn.Parameter(torch.ones(2))
    >>> (3 * weight).sum().backward()
    >>> take_step(torch.optim.SGD([weight], lr=0.1))
    >>> weight.tolist()
    [0.699999988079071, 0.699999988079071]
    """
    with torch.no_grad():
        inspect.unwrap(type(optimizer).step)(optimizer)


def make_optimizer(model: nn.Module, recipe: Recipe) -> torch.optim.Optimizer | MuonAndAdamW:
    """Return the optimizer that a recipe names, in torch's fastest form for the network's device.

    Args:
        model: Whose parameters it changes.
        recipe: Names it, its learning rate and its weight decay.

    >>> from mnistcore.training.recipes import RECIPES
    >>> type(make_optimizer(nn.Linear(2, 2), RECIPES["article"])).__name__
    'Adam'
    """
    parameters = list(model.parameters())
    fused = _can_be_fused(model)
    rate, decay = recipe.learning_rate, recipe.weight_decay
    match recipe.optimizer:
        case "Adam":
            return torch.optim.Adam(parameters, lr=rate, weight_decay=decay, fused=fused)
        case "AdamW":
            return torch.optim.AdamW(parameters, lr=rate, weight_decay=decay, fused=fused)
        case "Muon":
            return MuonAndAdamW(model, learning_rate=rate, weight_decay=decay)
        case "SGD":
            return torch.optim.SGD(
                parameters, lr=rate, momentum=MOMENTUM, weight_decay=decay, fused=fused
            )


def _as_matrix(weight: Tensor) -> Tensor:
    """Return a kernel (M, ...) as (M, N Kh Kw)."""
    return weight.flatten(start_dim=1)


def _can_be_fused(model: nn.Module) -> bool:
    return next(model.parameters()).device.type in ("cpu", "cuda")
