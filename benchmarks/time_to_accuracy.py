"""The `default` recipe against the article's script: the time both take, and how good they become.

The article's script trains MyNet for five epochs of the 60,000 training images at batch 100, by
Adam, from torchvision's `DataLoader`, with as many threads as torch takes by itself. Ours is a
training by the recipe `default`, its validations included, with as many threads as a run is given.
Both read their data first, which is counted too; what Python needs to import torch is not.
"""

import argparse
import time
from dataclasses import replace
from statistics import mean, median

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import MNIST

from benchmarks.data_path import take_article_steps
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, find_root, load_split
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.runs import all_runs
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import RECIPES

ARTICLE_EPOCHS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, help="of both in turn (%(default)s)")


def run(options: argparse.Namespace) -> None:
    article_threads, our_threads = torch.get_num_threads(), all_runs.default_num_threads()
    print(f"The article's script on {article_threads} thread(s), ours on {our_threads}")
    ratios, article_accuracies, our_accuracies = [], [], []
    for seed in range(1, options.rounds + 1):
        torch.set_num_threads(article_threads)
        article_seconds, model = time_article(seed)
        article_accuracies.append(test_accuracy(model))
        torch.set_num_threads(our_threads)
        our_seconds, model = time_ours(seed)
        our_accuracies.append(test_accuracy(model))
        ratios.append(our_seconds / article_seconds)
        print(
            f"seed {seed}: article {article_seconds:.1f} s to {article_accuracies[-1]:.2%} of the "
            f"test set, ours {our_seconds:.1f} s to {our_accuracies[-1]:.2%}, "
            f"ratio {ratios[-1]:.3f}",
            flush=True,
        )
    print(
        f"mean accuracy: article {mean(article_accuracies):.2%}, ours {mean(our_accuracies):.2%}; "
        f"median ratio of times {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
    )


def time_article(seed: int) -> tuple[float, nn.Module]:
    """Return the seconds of the article's script, and what it trained."""
    started = time.perf_counter()
    torch.manual_seed(seed)
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])
    mnist = MNIST(find_root(), train=True, transform=transform)
    loader = DataLoader(mnist, batch_size=100, shuffle=True)
    model = build_network("mynet", seed=seed).train()
    optimizer = torch.optim.Adam(model.parameters())
    for _ in range(ARTICLE_EPOCHS):
        take_article_steps(model, optimizer, loader)
    return time.perf_counter() - started, model


def time_ours(seed: int) -> tuple[float, nn.Module]:
    """Return the seconds of a training by the recipe `default`, and what it trained."""
    started = time.perf_counter()
    train_split, valid_split = load_split("train"), load_split("valid")
    recipe = replace(RECIPES["default"], seed=seed)
    state = TrainingState(build_network("mynet", seed=seed), recipe)
    for _ in train(state, train_split, valid_split):
        pass
    return time.perf_counter() - started, state.model


def test_accuracy(model: nn.Module) -> float:
    """Return the share of the 10,000 test images that are read right."""
    return evaluate(model, load_split("test"), mean=MNIST_MEAN, std=MNIST_STD).accuracy
