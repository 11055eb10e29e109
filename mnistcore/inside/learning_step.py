"""One step of learning by hand: a loss, one weight's gradient, Adam's update, the loss after it.

Batch normalisation works as in evaluation here: one digit has no batch to be normalised by.
"""

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.inside.adam import ADAM_BETAS, ADAM_EPS, AdamUpdate, adam_update
from mnistcore.inside.inspection import Index
from mnistcore.inside.weight_gradient import GradientTerms, Parameter, gradient_terms
from mnistcore.training.optimizers import take_step


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
    """

    loss: float
    probability: float
    terms: GradientTerms
    update: AdamUpdate
    loss_after_one: float
    loss_after: float


class Learner:
    """A copy of a network that learns one digit; `next` is the same one step of Adam further on.

    Each holds all that the next step needs, so that a step costs the same, however many went
    before it.

    Attributes:
        label: What the network should say.
        learning_rate: Adam's.
        num_steps: Taken so far.
    """

    def __init__(
        self, model: nn.Module, image: Tensor, *, label: int, learning_rate: float
    ) -> None:
        self.label = label
        self.learning_rate = learning_rate
        self.num_steps = 0
        self._images, self._labels = image[None].to(torch.float64), torch.tensor([label])
        self._model = deepcopy(model).requires_grad_(True)
        self._optimizer = torch.optim.Adam(
            self._model.parameters(), learning_rate, ADAM_BETAS, ADAM_EPS
        )

    @cached_property
    def loss(self) -> float:
        """Return the cross-entropy as the network stands."""
        with torch.inference_mode():
            return float(F.cross_entropy(self._model(self._images), self._labels))

    @cached_property
    def next(self) -> "Learner":
        """Return the learner after one step of all its weights; this one stays as it is."""
        following = object.__new__(Learner)
        following.label, following.learning_rate = self.label, self.learning_rate
        following.num_steps = self.num_steps + 1
        following._images, following._labels = self._images, self._labels
        following._model, following._optimizer = deepcopy((self._model, self._optimizer))
        following._optimizer.zero_grad()
        F.cross_entropy(following._model(self._images), self._labels).backward()
        take_step(following._optimizer)
        return following

    def follow(self, name: str, index: Index, parameter: Parameter = "weight") -> LearningStep:
        """Return the next step with its numbers for one weight.

        Args:
            name: Of a convolution, a linear layer or a BatchNorm, as in `inspection.Stage.name`.
            index: Of the number in the layer's `weight` or `bias`.
            parameter: Which of the two; of a BatchNorm these are scale and shift.

        Raises:
            InvalidInputError: There is no such weight.

        >>> from mnistcore.inside.inspection import prepare_model
        >>> from mnistcore.models.model import MyNet
        >>> network, image = prepare_model(MyNet()), torch.zeros(1, 28, 28)
        >>> learner = Learner(network, image, label=7, learning_rate=0.001)
        >>> step = learner.follow("conv.1", (3,), "bias")
        >>> step.terms.inputs.tolist() == [1.0] * 196, step.loss_after == learner.next.loss
        (True, True)
        """
        weight = _find_weight(self._model, name, index, parameter)
        terms = self._terms(name, index, parameter)
        moments: dict[str, Tensor] = self._optimizer.state.get(weight, {})
        update = adam_update(
            float(weight.detach()[index]),
            terms.total,
            learning_rate=self.learning_rate,
            first_moment=float(moments["exp_avg"][index]) if moments else 0.0,
            second_moment=float(moments["exp_avg_sq"][index]) if moments else 0.0,
            step=self.num_steps + 1,
        )
        return LearningStep(
            loss=self.loss,
            probability=exp(-self.loss),
            terms=terms,
            update=update,
            loss_after_one=self._loss_with(weight, index, update.new_weight),
            loss_after=self.next.loss,
        )

    def _terms(self, name: str, index: Index, parameter: Parameter) -> GradientTerms:
        module = self._model.get_submodule(name)
        kept: list[tuple[Tensor, Tensor]] = []
        hook = module.register_forward_hook(
            lambda _, inputs, output: kept.append((inputs[0], output))
        )
        try:
            loss = F.cross_entropy(self._model(self._images), self._labels)
        finally:
            hook.remove()
        inputs, output = kept[0]
        (upstream,) = torch.autograd.grad(loss, output)
        return gradient_terms(
            module, inputs[0].detach().numpy(), upstream[0].numpy(), index, parameter
        )

    def _loss_with(self, weight: nn.Parameter, index: Index, new: float) -> float:
        """Return the loss if this weight alone had another value."""
        with torch.no_grad():
            old = weight[index].clone()
            weight[index] = new
            loss = float(F.cross_entropy(self._model(self._images), self._labels))
            weight[index] = old
        return loss


def _find_weight(model: nn.Module, name: str, index: Index, parameter: Parameter) -> nn.Parameter:
    module: Any = dict(model.named_modules()).get(name)
    layer = layer_of(module) if module else None
    if layer is None or not layer.num_params:
        raise InvalidInputError(
            "The network has no convolution, linear layer or batch norm {name!r}. Choose one it "
            "has.",
            name=name,
        )
    weight: nn.Parameter | None = getattr(module, parameter)
    if weight is None:
        raise InvalidInputError(
            "The layer {name!r} has no {parameter}. Choose another number.",
            name=name,
            parameter=parameter,
        )
    if len(index) != weight.ndim or not all(
        0 <= at < size for at, size in zip(index, weight.shape, strict=True)
    ):
        raise InvalidInputError(
            "The {parameter}s of {name!r} have the shape {shape}, so there is none at {index}. "
            "Choose a place inside.",
            parameter=parameter,
            name=name,
            shape=tuple(weight.shape),
            index=index,
        )
    return weight
