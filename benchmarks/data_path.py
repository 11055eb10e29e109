"""An epoch of MyNet at batch 100: our training loop against a torchvision DataLoader.

Both train the same network by the article's recipe, in one process and in turn; the DataLoader
reads with `ToTensor` and `Normalize`, as the article's script does.
"""

import argparse
import time
from statistics import median

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from torch.utils.data import DataLoader, Subset
from torchvision import transforms
from torchvision.datasets import MNIST

from mnistcore.mnist.splits import NUM_VALID, Split, find_root, load_split
from mnistcore.models.model import build_network
from mnistcore.training.events import StepEnd
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import RECIPES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, help="of both in turn (%(default)s)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    print(f"One epoch of 55,000 images at batch 100, {options.threads} thread(s)")
    split = load_split("train")
    loader = article_loader()
    ratios = []
    for number in range(1, options.rounds + 1):
        article = time_article(loader)
        ours = time_ours(split)
        ratios.append(ours / article)
        print(
            f"round {number}: DataLoader {article:6.2f} s, ours {ours:6.2f} s, "
            f"ratio {ours / article:.2f}"
        )
    print(f"median ratio {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def article_loader() -> DataLoader[tuple[torch.Tensor, torch.Tensor]]:
    """The article's own way to the data: decode, convert and normalise image by image."""
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])
    mnist = MNIST(find_root(), train=True, transform=transform)
    return DataLoader(
        Subset(mnist, range(len(mnist) - NUM_VALID)), batch_size=100, shuffle=True, drop_last=True
    )


def time_article(loader: DataLoader[tuple[torch.Tensor, torch.Tensor]]) -> float:
    """Return the seconds of one epoch of the article's own loop."""
    model = build_network("mynet", seed=1).train()
    optimizer = torch.optim.Adam(model.parameters())
    started = time.perf_counter()
    take_article_steps(model, optimizer, loader)
    return time.perf_counter() - started


def take_article_steps(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loader: DataLoader[tuple[torch.Tensor, torch.Tensor]],
) -> None:
    """Train for one epoch as the article's script does."""
    for images, labels in loader:
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()


def time_ours(split: Split) -> float:
    """Return the seconds of one epoch of `mnistcore.train`, without its validation."""
    state = TrainingState(build_network("mynet", seed=1), RECIPES["article"])
    started = time.perf_counter()
    for event in train(state, split, split):
        if isinstance(event, StepEnd) and event.step == 550:
            break
    return time.perf_counter() - started
