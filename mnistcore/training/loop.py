"""Training: a loop that reports by yielding events. Knows no screen and no disk.

Whatever is random in a step is a function of the seed and the step's number alone, and so is the
learning rate: training that goes on from a saved state takes the very steps that training never
interrupted would have taken.
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, Split, to_input
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import fastest_precision
from mnistcore.training.augmentation import random_affine, random_thickness
from mnistcore.training.chance import generator, seeded_dropout
from mnistcore.training.distributed import Group, parallel, unwrapped
from mnistcore.training.events import EpochEnd, Event, StepEnd
from mnistcore.training.optimizers import make_optimizer, take_step
from mnistcore.training.recipes import Recipe, check_setting
from mnistcore.training.schedules import learning_rate_at


class TrainingState:
    """All that a training is between two steps: network, optimizer, and how far it has come.

    Attributes:
        model: Images (N, 1, 28, 28) float32 to logits (N, 10); trained in place, where it lies.
        recipe: How it is trained; its precision is no longer `auto`.
        step: Steps taken.
        epoch: Epochs ended, validation included.
        learning_rates: What took the place of the recipe's learning rate: (first step, value).
    """

    def __init__(self, model: nn.Module, recipe: Recipe, group: Group | None = None) -> None:
        self.group = group or Group()
        model.to(memory_format=torch.channels_last)  # a tenth to a quarter faster on CPUs
        self.model = parallel(model, self.group)
        self.recipe = resolve_precision(recipe, next(model.parameters()).device)
        self.step = 0
        self.epoch = 0
        self.learning_rates: list[tuple[int, float]] = []
        self.optimizer = make_optimizer(model, self.recipe)

    def change_learning_rate(self, learning_rate: float) -> None:
        """From the next step on, let the schedule vary this rate instead of the recipe's."""
        check_setting("learning_rate", learning_rate)
        self.learning_rates.append((self.step + 1, learning_rate))

    def learning_rate_at(self, step: int, num_steps: int) -> float:
        """Return the learning rate of a step, counted from 1."""
        recipe = self.recipe
        for first_step, value in self.learning_rates:
            if first_step <= step:
                recipe = replace(recipe, learning_rate=value)
        return learning_rate_at(step, num_steps, recipe)

    def state_dict(self) -> dict[str, Any]:
        """Return what `load_state_dict` takes: weights, optimizer, step and recipe."""
        return {
            "model": unwrapped(self.model).state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "epoch": self.epoch,
            "learning_rates": [list(change) for change in self.learning_rates],
            "recipe": asdict(self.recipe),
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Take over weights, optimizer and step; the recipe stays this state's own."""
        unwrapped(self.model).load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step = saved["step"]
        self.epoch = saved["epoch"]
        self.learning_rates = [(step, value) for step, value in saved["learning_rates"]]


def resolve_precision(recipe: Recipe, device: torch.device) -> Recipe:
    """Return a recipe with the faster precision on a device in place of `auto`."""
    if recipe.precision != "auto":
        return recipe
    return replace(recipe, precision=fastest_precision(device))


def train(state: TrainingState, train_split: Split, valid_split: Split) -> Iterator[Event]:
    """Train from where the state stands to its recipe's end.

    To stop, leave the loop: the state is whole at every event and can be saved then.

    Args:
        state: Changed in place.
        train_split: Learned from, in a new order in every epoch.
        valid_split: Asked after every epoch, never learned from.

    Yields:
        A `StepEnd` for every batch, an `EpochEnd` after the last one of every epoch.

    Raises:
        InvalidInputError: The split is smaller than one batch.

    >>> from mnistcore.models.model import build_network
    >>> from mnistcore.training.recipes import RECIPES
    >>> toy = Split("train", torch.zeros(250, 28, 28, dtype=torch.uint8), torch.zeros(250).long())
    >>> events = train(TrainingState(build_network("mynet", seed=1), RECIPES["default"]), toy, toy)
    >>> [type(event).__name__ for event in events]
    ['StepEnd', 'StepEnd', 'EpochEnd']
    """
    recipe = state.recipe
    steps_per_epoch = count_steps_per_epoch(len(train_split), recipe.batch_size)
    state.group.check_batch_size(recipe.batch_size)
    device = next(state.model.parameters()).device
    images, labels = train_split.images.to(device), train_split.labels.to(device)
    for epoch in range(state.epoch + 1, recipe.epochs + 1):
        order = generator(recipe, "order", epoch)
        batches = torch.randperm(len(labels), generator=order).to(device).split(recipe.batch_size)
        first = state.step - (epoch - 1) * steps_per_epoch
        seconds = 0.0
        for batch in batches[first:steps_per_epoch]:
            yield (end := _take_step(state, images, labels, batch, epoch, steps_per_epoch))
            seconds += end.seconds
        loss, accuracy = _validate(state, valid_split)
        state.epoch = epoch
        pace = (steps_per_epoch - first) * recipe.batch_size / seconds if seconds else 0.0
        yield EpochEnd(state.step, epoch, loss, accuracy, seconds, pace)


def count_steps_per_epoch(num_images: int, batch_size: int) -> int:
    """Return the number of whole batches; what is left over waits for the next epoch's order.

    Raises:
        InvalidInputError: There is not one whole batch.

    >>> count_steps_per_epoch(55_000, 100)
    550
    """
    if num_images < batch_size:
        raise InvalidInputError(
            "`batch_size` is {batch_size} but there are only {num_images} training images. Choose "
            "a smaller `batch_size`.",
            batch_size=batch_size,
            num_images=num_images,
        )
    return num_images // batch_size


def _take_step(
    state: TrainingState,
    images: Tensor,
    labels: Tensor,
    batch: Tensor,
    epoch: int,
    steps_per_epoch: int,
) -> StepEnd:
    """Learn from this process's part of a batch: rows of images (N, 28, 28) and labels (N,)."""
    began = time.perf_counter()
    recipe, group = state.recipe, state.group
    rows = batch[group.rows]
    images = images.index_select(0, rows)  # faster than `images[rows]`
    labels = labels.index_select(0, rows)
    step = state.step + 1
    learning_rate = state.learning_rate_at(step, recipe.epochs * steps_per_epoch)
    for parameters in state.optimizer.param_groups:
        parameters["lr"] = learning_rate
    if not state.model.training:
        state.model.train()
    in_bfloat16 = recipe.precision == "bfloat16"
    with (
        seeded_dropout(state.model, recipe, step, group.rank),
        torch.autocast(images.device.type, torch.bfloat16, enabled=in_bfloat16),
    ):
        logits = state.model(_augmented(to_input(images), state, step, len(batch))).float()
    # Gradients are averaged over the processes, whose parts of the batch differ by an image.
    part = len(rows) * group.size / len(batch)
    loss = F.cross_entropy(logits, labels, label_smoothing=recipe.label_smoothing)
    state.optimizer.zero_grad()
    (loss * part).backward()
    take_step(state.optimizer)
    state.step = step
    if recipe.label_smoothing:  # what is reported can be compared between runs
        loss = F.cross_entropy(logits.detach(), labels)
    accuracy = (logits.detach().argmax(dim=1) == labels).float().mean()  # (N, 10) -> ()
    means = group.add_up(torch.stack([loss.detach(), accuracy]) * part) / group.size
    mean_loss, mean_accuracy = means.tolist()
    seconds = time.perf_counter() - began
    return StepEnd(step, epoch, mean_loss, mean_accuracy, learning_rate, seconds)


def _augmented(images: Tensor, state: TrainingState, step: int, batch_size: int) -> Tensor:
    """Change this process's part of a batch (N, 1, 28, 28) as the recipe asks."""
    recipe, rows = state.recipe, state.group.rows
    chance = generator(recipe, "augmentation", step)
    images = random_affine(
        images, strength=recipe.augmentation, generator=chance, rows=rows, batch_size=batch_size
    )
    return random_thickness(
        images, strength=recipe.thickening, generator=chance, rows=rows, batch_size=batch_size
    )


def _validate(state: TrainingState, split: Split) -> tuple[float, float]:
    """Return loss and accuracy; every process asks about its part of the images."""
    group = state.group
    own = Split(split.name, split.images[group.rows], split.labels[group.rows])
    result = evaluate(unwrapped(state.model), own, mean=MNIST_MEAN, std=MNIST_STD)
    device = next(state.model.parameters()).device
    sums = torch.tensor([result.loss * len(own), result.num_correct], device=device)
    loss, num_correct = group.add_up(sums).tolist()
    return loss / len(split), num_correct / len(split)
