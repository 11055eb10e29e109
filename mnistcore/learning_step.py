"""One step of learning by hand: a loss, one weight's gradient, Adam's update, the loss after it.

Batch normalisation works as in evaluation here: one digit has no batch to be normalised by.
"""

from copy import deepcopy
from dataclasses import dataclass
from math import exp
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.adam import ADAM_BETAS, ADAM_EPS, AdamUpdate, adam_update
from mnistcore.conv_layers import Convolution
from mnistcore.errors import InvalidInputError
from mnistcore.flat_layers import Linear
from mnistcore.inspection import Index
from mnistcore.torch_layers import layer_of
from mnistcore.weight_gradient import GradientTerms, gradient_terms

MOST_STEPS = 100


@dataclass(frozen=True, eq=False)
class LearningStep:
    """One step for one digit.

    Attributes:
        loss: Cross-entropy before the step.
        probability: Of the label before the step.
        terms: Of the chosen weight's gradient.
        update: Adam's, of the chosen weight.
        loss_after_one: If only the chosen weight takes the step.
        loss_after: If all weights take it.
        probability_after: Of the label, if all weights take it.
    """

    loss: float
    probability: float
    terms: GradientTerms
    update: AdamUpdate
    loss_after_one: float
    loss_after: float
    probability_after: float


def learning_steps(
    model: nn.Module,
    image: Tensor,
    *,
    label: int,
    name: str,
    index: Index,
    learning_rate: float,
    num_steps: int = 1,
) -> tuple[LearningStep, ...]:
    """Let a copy of a network learn one digit for a few steps, and follow one weight.

    Args:
        model: From `inspection.prepare_model`, a chain that looks once; it is not changed.
        image: Without the batch, as for `inspection.inspect_network`.
        label: What the network should have said.
        name: Of the layer, a convolution or a linear layer, as in `inspection.Stage.name`.
        index: Of the weight in the layer's `weight`.
        learning_rate: Adam's.
        num_steps: How many steps, each with the same digit.

    Raises:
        InvalidInputError: There is no such weight, or the number of steps is out of range.

    >>> from mnistcore.inspection import prepare_model
    >>> from mnistcore.model import MyNet
    >>> step, = learning_steps(prepare_model(MyNet()), torch.zeros(1, 28, 28), label=7,
    ...     name="conv.0", index=(0, 0, 1, 1), learning_rate=0.001)
    >>> step.terms.upstream.shape, step.loss_after < step.loss
    ((196,), True)
    """
    if not 1 <= num_steps <= MOST_STEPS:
        raise InvalidInputError(f"{num_steps} steps were asked for. Choose 1 to {MOST_STEPS}.")
    learner = deepcopy(model).requires_grad_(True)
    weight = _find_weight(learner, name, index)
    optimizer = torch.optim.Adam(learner.parameters(), learning_rate, ADAM_BETAS, ADAM_EPS)
    images, labels = image[None].to(torch.float64), torch.tensor([label])
    update: AdamUpdate | None = None
    steps = []
    for step in range(1, num_steps + 1):
        optimizer.zero_grad()
        loss, terms = _backward(learner, images, labels, name, index)
        update = adam_update(
            float(weight.detach()[index]),
            terms.total,
            learning_rate=learning_rate,
            first_moment=update.first_moment if update else 0.0,
            second_moment=update.second_moment if update else 0.0,
            step=step,
        )
        loss_after_one = _loss_with(learner, images, labels, weight, index, update.new_weight)
        optimizer.step()
        loss_after = _loss(learner, images, labels)
        steps.append(
            LearningStep(
                loss,
                exp(-loss),
                terms,
                update,
                loss_after_one,
                loss_after,
                exp(-loss_after),
            )
        )
    return tuple(steps)


def _find_weight(model: nn.Module, name: str, index: Index) -> nn.Parameter:
    module: Any = dict(model.named_modules()).get(name)
    if not isinstance(layer_of(module) if module else None, Convolution | Linear):
        raise InvalidInputError(
            f"The network has no convolution or linear layer {name!r}. Choose one it has."
        )
    weight: nn.Parameter = module.weight
    if len(index) != weight.ndim or not all(
        0 <= at < size for at, size in zip(index, weight.shape, strict=True)
    ):
        raise InvalidInputError(
            f"The weights of {name!r} have the shape {tuple(weight.shape)}, so there is none at "
            f"{index}. Choose a place inside."
        )
    return weight


def _backward(
    model: nn.Module, images: Tensor, labels: Tensor, name: str, index: Index
) -> tuple[float, GradientTerms]:
    """Return the loss and the weight's terms, and leave the gradients with the parameters."""
    module = model.get_submodule(name)
    kept: list[tuple[Tensor, Tensor]] = []

    def keep(_: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        output.retain_grad()
        kept.append((inputs[0], output))

    hook = module.register_forward_hook(keep)
    try:
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
    finally:
        hook.remove()
    inputs, output = kept[0]
    assert output.grad is not None
    upstream = output.grad[0].numpy()
    return float(loss.detach()), gradient_terms(module, inputs[0].detach().numpy(), upstream, index)


def _loss(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    with torch.inference_mode():
        return float(F.cross_entropy(model(images), labels))


def _loss_with(
    model: nn.Module, images: Tensor, labels: Tensor, weight: nn.Parameter, index: Index, new: float
) -> float:
    """Return the loss if this weight alone had another value."""
    with torch.no_grad():
        old = weight[index].clone()
        weight[index] = new
        loss = _loss(model, images, labels)
        weight[index] = old
    return loss
