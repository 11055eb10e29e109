"""What is random in a training: a function of seed, purpose and number, and of nothing else.

Training that goes on from a saved state draws what it would have drawn without a stop, on every
device, in every process.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import numpy as np
import torch
from torch import Generator, nn
from torch.nn.modules.dropout import _DropoutNd

from mnistcore.training.recipes import Recipe

Purpose = Literal["order", "augmentation", "dropout", "own drawings"]

_PURPOSES: dict[Purpose, int] = {"order": 0, "augmentation": 1, "dropout": 2, "own drawings": 3}


def generator_seed(recipe: Recipe, purpose: Purpose, number: int, rank: int = 0) -> int:
    """Return what a generator of torch is seeded with, from 0 to 2**32 - 1.

    torch's generator on the CPU reads the low 32 bits of its seed alone, so all that tells two
    streams apart is mixed into these.

    Args:
        recipe: Its `seed`; its `rules` say how it is mixed.
        purpose: What is drawn.
        number: Of the epoch for an order, of the step for augmentation and dropout; counted from 1.
        rank: Of the process, where each draws for itself.

    Source: `numpy.random.SeedSequence`, after O'Neill (2015), "Developing a seed_seq Alternative".

    >>> from mnistcore.training.recipes import RECIPES
    >>> generator_seed(RECIPES["default"], "order", 1)
    1501029259
    """
    if recipe.rules == 1:
        return _unmixed(purpose, number + (rank << 24))
    entropy = (recipe.seed, _PURPOSES[purpose], number, rank)
    return int(np.random.SeedSequence(entropy).generate_state(1)[0])


def generator(recipe: Recipe, purpose: Purpose, number: int) -> Generator:
    """Return a generator on the CPU for one purpose and number (see `generator_seed`)."""
    return Generator().manual_seed(generator_seed(recipe, purpose, number))


@contextmanager
def seeded_dropout(model: nn.Module, recipe: Recipe, step: int, rank: int) -> Iterator[None]:
    """Let dropout, which draws from torch's global generator, draw by the seed and the step.

    Args:
        model: Whose dropout; where it has none, nothing is touched.
        recipe: See `generator_seed`.
        step: Counted from 1.
        rank: Each process drops other values.
    """
    if not any(isinstance(module, _DropoutNd) for module in model.modules()):
        yield
        return
    device = next(model.parameters()).device
    devices = [device] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        torch.manual_seed(generator_seed(recipe, "dropout", step, rank))
        yield


def _unmixed(purpose: Purpose, number: int) -> int:
    """Return what seeded a CPU's generator under rules 1, where the run's seed fell off the end."""
    first = {"order": 0, "augmentation": 1 << 31, "dropout": 1 << 30, "own drawings": 3 << 30}
    return first[purpose] + number
