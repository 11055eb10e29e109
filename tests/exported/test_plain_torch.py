"""The program to copy, run where this project cannot be imported."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from mnistcore.exported.plain_torch import plain_program
from mnistcore.mnist.splits import load_split
from mnistcore.models.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import MYNET, SHIPPED_CHECKPOINT, classifier_of

ASKED = """
import sys
try:
    import mnistcore
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("the project can be imported")
sys.path.insert(0, ".")
from program import probabilities
torch.save(probabilities(torch.load("images.pt")), "answer.pt")
"""


@pytest.mark.slow
@pytest.mark.parametrize("network", ["mynet", "drawing-net", "deep-net"])
def test_the_program_answers_as_this_library_does(network: str, tmp_path: Path) -> None:
    shipped = {"mynet": MYNET, "drawing-net": SHIPPED_CHECKPOINT}
    checkpoint = (
        load_checkpoint(shipped[network])
        if network in shipped
        else Checkpoint(network, build_network(network, seed=1).state_dict())
    )
    save_checkpoint(tmp_path / "net.pt", checkpoint)
    (tmp_path / "program.py").write_text(plain_program(checkpoint, "net.pt"))
    images = load_split("test").images[:50]
    torch.save(images[:, None].float() / 255, tmp_path / "images.pt")

    # Isolated: neither this folder nor what the environment names is looked through.
    subprocess.run([sys.executable, "-I", "-c", f"import torch\n{ASKED}"], cwd=tmp_path, check=True)

    answer = torch.load(tmp_path / "answer.pt").numpy()
    expected = classifier_of(checkpoint).predict(images.numpy())
    assert np.abs(answer - expected).max() < 1e-5
