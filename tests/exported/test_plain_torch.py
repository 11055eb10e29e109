"""The program to copy, run where this project cannot be imported."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
import torch

from mnistcore.exported.plain_torch import plain_program, plain_zip
from mnistcore.layers.kinds import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d
from mnistcore.mnist.splits import load_split
from mnistcore.models.catalogue import Network
from mnistcore.models.checkpoint import Checkpoint, build_model, load_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT, classifier_of
from mnistcore.stacks.json_format import stack_to_dict
from mnistcore.stacks.stack import LayerStack
from tests.exported.networks import STACKS, unsettled

SHIPPED = {"mynet": MYNET, "drawing-net": SHIPPED_CHECKPOINT}

ASKED = """
import sys
try:
    import mnistcore
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("the project can be imported")
sys.path.insert(0, ".")
from net import probabilities
torch.save(probabilities(torch.load("images.pt")), "answer.pt")
"""


# What torch's own description of a layer leaves out, or writes without quotes.
LEFT_OUT = LayerStack(
    (1, 28, 28),
    (
        *(Conv2d(1, 4, 3, stride=2, padding=1), AvgPool2d(3, stride=2, ceil_mode=True)),
        *(Conv2d(4, 4, 3, padding="same"), AvgPool2d(2, padding=1)),
        *(MaxPool2d(3, stride=2, ceil_mode=True), Flatten(), Linear(16, 10)),
    ),
)
NETWORKS: dict[str, Network] = {
    **{name: name for name in ("deep-net", "dense")},
    **{name: stack_to_dict(stack) for name, stack in {**STACKS, "left out": LEFT_OUT}.items()},
}


def checkpoint_of(name: str) -> Checkpoint:
    """Return a shipped network, or one of a kind with weights by chance."""
    if name in SHIPPED:
        return load_checkpoint(SHIPPED[name])
    model = unsettled(build_network(NETWORKS[name], seed=1))
    return Checkpoint(NETWORKS[name], model.state_dict())


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SHIPPED, *NETWORKS])
def test_the_program_answers_as_this_library_does(name: str, tmp_path: Path) -> None:
    checkpoint = checkpoint_of(name)
    with ZipFile(BytesIO(plain_zip(checkpoint, "net"))) as folder:
        folder.extractall(tmp_path)
    images = load_split("test").images[:50]
    torch.save(images[:, None].float() / 255, tmp_path / "images.pt")

    # Isolated: neither this folder nor what the environment names is looked through.
    subprocess.run([sys.executable, "-I", "-c", f"import torch\n{ASKED}"], cwd=tmp_path, check=True)

    answer = torch.load(tmp_path / "answer.pt").numpy()
    expected = classifier_of(checkpoint).predict(images.numpy())
    assert np.abs(answer - expected).max() < 1e-5


def test_the_weights_to_take_home_are_without_what_only_training_needs() -> None:
    checkpoint = replace(load_checkpoint(MYNET), training={"optimizer": torch.zeros(100_000)})

    taken = plain_zip(checkpoint, "net")

    assert len(taken) < 200_000
    with ZipFile(BytesIO(taken)) as folder:
        assert load_checkpoint(Path("net.pt"), folder.read("net.pt")).training is None


def test_the_program_takes_a_file_of_weights_alone(tmp_path: Path) -> None:
    checkpoint = load_checkpoint(MYNET)
    torch.save(build_model(checkpoint).state_dict(), tmp_path / "net.pt")
    (tmp_path / "net.py").write_text(plain_program(checkpoint, "net.pt"), encoding="utf-8")

    subprocess.run([sys.executable, "-I", "net.py"], cwd=tmp_path, check=True)
