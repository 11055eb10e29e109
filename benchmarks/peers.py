"""What one would take instead, each by its own published recipe: time by the clock, and accuracy.

PyTorch's own MNIST example, the article's script, Keras' published MNIST convnet written in torch,
and ours. Each reads its data from disk, trains to its last epoch, and then reads the test set once;
the time is that of the training with its data, importing torch apart, and all have as many threads.
A peer's whole training takes up to a quarter of an hour; one that is cut short (`--epochs`) says
so, and its time is of what it did.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import mean

import torch
from torch import Tensor, nn, optim
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import MNIST

from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD, find_root, load_split
from mnistcore.models.evaluation import evaluate
from mnistcore.models.model import build_network
from mnistcore.training.loop import TrainingState, resolve_precision, train
from mnistcore.training.recipes import RECIPES

EXAMPLE_MEAN, EXAMPLE_STD = 0.1307, 0.3081


@dataclass(frozen=True)
class Peer:
    """A published training.

    Attributes:
        published: What its authors say of its accuracy, and where.
        epochs: Of the whole.
        train: Trains so many epochs from a seed; returns the network with its mean and std.
    """

    published: str
    epochs: int
    train: Callable[[int, int], tuple[nn.Module, float, float]]


class ExampleNet(nn.Module):
    """The network of PyTorch's example.

    Source: github.com/pytorch/examples, mnist/main.py: 1,199,882 parameters.
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Dropout(0.25),
            nn.Flatten(),
            nn.Linear(9216, 128),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(128, 10),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, 10) for images (N, 1, 28, 28)."""
        logits: Tensor = self.layers(images)
        return logits


class KerasNet(nn.Module):
    """The network of Keras' example.

    Source: keras.io/examples/vision/mnist_convnet: 34,826 parameters.
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(0.5),
            nn.Linear(1600, 10),
        )
        for layer in self.layers:
            if isinstance(layer, nn.Conv2d | nn.Linear):  # as Keras begins
                nn.init.xavier_uniform_(layer.weight)
                assert layer.bias is not None
                nn.init.zeros_(layer.bias)

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, 10) for images (N, 1, 28, 28)."""
        logits: Tensor = self.layers(images)
        return logits


def train_example(seed: int, epochs: int) -> tuple[nn.Module, float, float]:
    """Train as PyTorch's example does: Adadelta from 1.0, times 0.7 after each epoch."""
    model = ExampleNet()
    optimizer = optim.Adadelta(model.parameters(), lr=1.0)
    scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    mnist = _training_images(EXAMPLE_MEAN, EXAMPLE_STD)
    loader = DataLoader(mnist, batch_size=64, shuffle=True)
    for _ in range(epochs):
        _epoch(model, optimizer, loader)
        scheduler.step()
    return model, EXAMPLE_MEAN, EXAMPLE_STD


def train_article(seed: int, epochs: int) -> tuple[nn.Module, float, float]:
    """Train as the article's script does: MyNet by Adam at batch 100."""
    model = build_network("mynet", seed=seed)
    optimizer = optim.Adam(model.parameters())
    loader = DataLoader(_training_images(0.5, 0.5), batch_size=100, shuffle=True)
    for _ in range(epochs):
        _epoch(model, optimizer, loader)
    return model, 0.5, 0.5


def train_keras(seed: int, epochs: int) -> tuple[nn.Module, float, float]:
    """Train as Keras' example does: Adam at batch 128, a tenth of the images held back.

    The images lie in memory as one array, as Keras has them; so no `DataLoader` slows it down.
    """
    model = KerasNet()
    optimizer = optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
    mnist = MNIST(find_root(), train=True)
    images, labels = mnist.data[:54_000].float().div(255).unsqueeze(1), mnist.targets[:54_000]
    for _ in range(epochs):
        _epoch(model, optimizer, _batches(images, labels, 128))
    return model, 0.0, 1.0


def train_ours(recipe: str) -> Callable[[int, int], tuple[nn.Module, float, float]]:
    """Return what trains MyNet by one of our recipes, its validations included."""

    def trained(seed: int, epochs: int) -> tuple[nn.Module, float, float]:
        settings = replace(RECIPES[recipe], seed=seed, epochs=epochs)
        settings = resolve_precision(settings, torch.device("cpu"))
        state = TrainingState(build_network("mynet", seed=seed), settings)
        for _ in train(state, load_split("train"), load_split("valid")):
            pass
        return state.model, MNIST_MEAN, MNIST_STD

    return trained


PEERS = {
    "PyTorch's example": Peer("99.2 %, its README", 14, train_example),
    "the article's script": Peer("not given", 5, train_article),
    "Keras' convnet, in torch": Peer("about 99 %, keras.io", 15, train_keras),
    "ours, default": Peer("README", RECIPES["default"].epochs, train_ours("default")),
    "ours, quick": Peer("README", RECIPES["quick"].epochs, train_ours("quick")),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, default=3, help="of each (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="of the CPU (%(default)s)")
    parser.add_argument("--epochs", type=int, help="at most, of each; then no peer is whole")
    parser.add_argument("--only", nargs="+", choices=list(PEERS), help="of the peers")


def run(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    whole: dict[str, float] = {}
    for name in options.only or PEERS:
        peer = PEERS[name]
        epochs = min(peer.epochs, options.epochs or peer.epochs)
        results = [time_peer(peer, seed, epochs) for seed in range(1, options.seeds + 1)]
        whole[name] = mean(seconds for seconds, _ in results)
        accuracies = ", ".join(f"{accuracy:.2%}" for _, accuracy in results)
        short = "" if epochs == peer.epochs else f" CUT SHORT: {epochs} of {peer.epochs} epochs,"
        print(
            f"{name}:{short} {whole[name]:.1f} s, test accuracy {accuracies}, mean "
            f"{mean(accuracy for _, accuracy in results):.2%} (published: {peer.published})",
            flush=True,
        )
    if options.epochs is None and {"PyTorch's example", "ours, quick"} <= whole.keys():
        ratio = whole["PyTorch's example"] / whole["ours, quick"]
        print(f"ours, quick, takes 1/{ratio:.0f} of the time of PyTorch's example")


def time_peer(peer: Peer, seed: int, epochs: int) -> tuple[float, float]:
    """Return the seconds from data on disk to the last epoch, and the accuracy then."""
    torch.manual_seed(seed)
    begun = time.perf_counter()
    model, mean_, std = peer.train(seed, epochs)
    seconds = time.perf_counter() - begun
    return seconds, evaluate(model, load_split("test"), mean=mean_, std=std).accuracy


def _training_images(mean_: float, std: float) -> MNIST:
    steps = [transforms.ToTensor(), transforms.Normalize([mean_], [std])]
    return MNIST(find_root(), train=True, transform=transforms.Compose(steps))


def _batches(images: Tensor, labels: Tensor, batch_size: int) -> Iterator[tuple[Tensor, Tensor]]:
    for rows in torch.randperm(len(labels)).split(batch_size):
        yield images[rows], labels[rows]


def _epoch(
    model: nn.Module,
    optimizer: optim.Optimizer,
    batches: "Iterator[tuple[Tensor, Tensor]] | DataLoader[tuple[Tensor, Tensor]]",
) -> None:
    model.train()
    for images, labels in batches:
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()
