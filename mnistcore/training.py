"""Training: a loop that reports by yielding events. Knows no screen and no disk.

Whatever is random in a step is a function of the seed and the step's number alone, and so is the
learning rate: training that goes on from a saved state takes the very steps that training never
interrupted would have taken.
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.augmentation import random_affine, random_thickness
from mnistcore.data import MNIST_MEAN, MNIST_STD, Split, to_input
from mnistcore.errors import InvalidInputError
from mnistcore.evaluation import evaluate
from mnistcore.recipes import Recipe, learning_rate_at


@dataclass(frozen=True)
class StepEnd:
    """One batch was learned from. Steps and epochs count from 1."""

    step: int
    epoch: int
    loss: float
    accuracy: float
    learning_rate: float


@dataclass(frozen=True)
class EpochEnd:
    """Every training image was seen once more, and the validation split was asked."""

    step: int
    epoch: int
    valid_loss: float
    valid_accuracy: float
    seconds: float
    images_per_second: float


Event = StepEnd | EpochEnd


class TrainingState:
    """All that a training is between two steps: network, optimizer, and how far it has come.

    Attributes:
        model: Images (N, 1, 28, 28) float32 to logits (N, 10); trained in place, where it lies.
        recipe: How it is trained.
        step: Steps taken.
    """

    def __init__(self, model: nn.Module, recipe: Recipe) -> None:
        self.model = model
        self.recipe = recipe
        self.step = 0
        self.optimizer = torch.optim.AdamW(  # without weight decay it is Adam
            model.parameters(),
            lr=recipe.learning_rate,
            weight_decay=recipe.weight_decay,
            fused=_is_on_cpu_or_cuda(model),
        )

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` takes: weights, optimizer, step and recipe."""
        return {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "recipe": asdict(self.recipe),
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Take over weights, optimizer and step; the recipe stays this state's own."""
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step = saved["step"]


def train(state: TrainingState, train_split: Split, valid_split: Split) -> Iterator[Event]:
    """Train from where the state stands to its recipe's end, yielding an event at every step.

    To stop, leave the loop: the state is whole at every event and can be saved then.

    Args:
        state: Changed in place.
        train_split: Its images are learned from, in a new order in every epoch.
        valid_split: Asked after every epoch, never learned from.

    Yields:
        A `StepEnd` for every batch, an `EpochEnd` after the last batch of every epoch.

    Raises:
        InvalidInputError: The split is smaller than one batch.

    >>> from mnistcore.model import build_network
    >>> toy = Split("train", torch.zeros(8, 28, 28, dtype=torch.uint8), torch.zeros(8).long())
    >>> recipe = Recipe(
    ...     epochs=1, batch_size=4, learning_rate=0.01, schedule="constant", augmentation=0
    ... )
    >>> events = train(TrainingState(build_network("mynet", seed=1), recipe), toy, toy)
    >>> [type(event).__name__ for event in events]
    ['StepEnd', 'StepEnd', 'EpochEnd']
    """
    recipe = state.recipe
    steps_per_epoch = count_steps_per_epoch(len(train_split), recipe.batch_size)
    device = next(state.model.parameters()).device
    images = train_split.images.to(device)
    labels = train_split.labels.to(device)
    for epoch in range(state.step // steps_per_epoch + 1, recipe.epochs + 1):
        started = time.perf_counter()
        batches = _shuffle(len(labels), recipe, epoch).to(device).split(recipe.batch_size)
        first = state.step % steps_per_epoch
        for batch in batches[first:steps_per_epoch]:
            yield _take_step(state, images[batch], labels[batch], epoch, steps_per_epoch)
        seconds = time.perf_counter() - started
        valid = evaluate(state.model, valid_split, mean=MNIST_MEAN, std=MNIST_STD)
        yield EpochEnd(
            step=state.step,
            epoch=epoch,
            valid_loss=valid.loss,
            valid_accuracy=valid.accuracy,
            seconds=seconds,
            images_per_second=(steps_per_epoch - first) * recipe.batch_size / seconds,
        )


def count_steps_per_epoch(num_images: int, batch_size: int) -> int:
    """Return the number of whole batches; what is left over waits for the next epoch's order.

    Raises:
        InvalidInputError: There is not one whole batch.

    >>> count_steps_per_epoch(55_000, 100)
    550
    """
    if num_images < batch_size:
        raise InvalidInputError(
            f"`batch_size` is {batch_size} but there are only {num_images} training images. "
            "Choose a smaller `batch_size`."
        )
    return num_images // batch_size


def _take_step(
    state: TrainingState, images: Tensor, labels: Tensor, epoch: int, steps_per_epoch: int
) -> StepEnd:
    """Learn from images (N, 28, 28) uint8 and labels (N,)."""
    recipe = state.recipe
    step = state.step + 1
    learning_rate = learning_rate_at(step, recipe.epochs * steps_per_epoch, recipe)
    for group in state.optimizer.param_groups:
        group["lr"] = learning_rate
    generator = _generator(recipe.seed, "augmentation", step)
    inputs = random_affine(to_input(images), strength=recipe.augmentation, generator=generator)
    inputs = random_thickness(inputs, strength=recipe.thickening, generator=generator)
    state.model.train()
    in_bfloat16 = recipe.precision == "bfloat16"
    with torch.autocast(images.device.type, torch.bfloat16, enabled=in_bfloat16):
        logits = state.model(inputs).float()
    loss = F.cross_entropy(logits, labels)
    state.optimizer.zero_grad()
    loss.backward()
    state.optimizer.step()
    state.step = step
    accuracy = (logits.detach().argmax(dim=1) == labels).float().mean()  # (N, 10) -> ()
    return StepEnd(step, epoch, loss.item(), accuracy.item(), learning_rate)


def _shuffle(num_images: int, recipe: Recipe, epoch: int) -> Tensor:
    return torch.randperm(num_images, generator=_generator(recipe.seed, "order", epoch))


def _generator(seed: int, purpose: Literal["order", "augmentation"], number: int) -> Generator:
    """Return a generator whose stream no other seed, purpose or number shares."""
    streams = {"order": 0, "augmentation": 1}
    return Generator().manual_seed((seed << 32) + (streams[purpose] << 31) + number)


def _is_on_cpu_or_cuda(model: nn.Module) -> bool:
    return next(model.parameters()).device.type in ("cpu", "cuda")
