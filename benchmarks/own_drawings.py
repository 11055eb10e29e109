"""Tell what ten drawings of one's own do to a network that learns from them beside MNIST.

They are a 4 as nobody writes it, by generated pens; others of that kind are asked, and MNIST's test
set is.
"""

import argparse
from dataclasses import replace

import torch

from mnistcore.drawings.drawing_files import LabelledImages, images_of
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, Split, load_split
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.own_drawings import with_own_drawings
from mnistcore.training.recipes import RECIPES
from tests.own_drawings import strange_fours

NUM_HELD_OUT = 200
LEARNED_FROM, HELD_OUT = 1, 2  # seeds of the drawings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, default=2, help="of the training (%(default)s)")
    parser.add_argument("--recipe", default="default", choices=RECIPES, help="(%(default)s)")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    held_out = _split(images_of(strange_fours(NUM_HELD_OUT, seed=HELD_OUT)))
    train_split, valid_split, test = (load_split(name) for name in ("train", "valid", "test"))
    for count in (0, 1, 3, 10, 30):
        drawings = images_of(strange_fours(count, seed=LEARNED_FROM))
        for seed in range(1, options.seeds + 1):
            recipe = replace(RECIPES[options.recipe], seed=seed)
            learned = with_own_drawings(train_split, drawings, recipe) if count else train_split
            state = TrainingState(build_network("mynet", seed=seed), recipe)
            for _ in train(state, learned, valid_split):
                pass
            own, known = (
                evaluate(state.model, split, mean=MNIST_MEAN, std=MNIST_STD)
                for split in (held_out, test)
            )
            print(
                f"{count:3d} drawings, seed {seed}: {own.num_correct} of {NUM_HELD_OUT} others "
                f"read as meant, {known.accuracy:.2%} of MNIST's test set",
                flush=True,
            )


def _split(drawings: LabelledImages) -> Split:
    return Split("own", torch.from_numpy(drawings.images), torch.from_numpy(drawings.labels))
