"""The networks of `networks/` built in torch: the very texts run, as the independent oracle."""

import ast
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as functional
from torch import nn

from mnistcore.in_torch.saved_tensors import saved_bytes
from mnistcore.in_torch.verification import Figures, torch_figures

FOLDER = Path(__file__).parent / "networks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@dataclass(frozen=True)
class Pasted:
    """A text, the input it is for, and what makes its network in torch."""

    text: str
    input_shape: tuple[int, ...]
    expression: str


class FirstOutput(nn.Module):
    """A network of which the first of several outputs counts."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: torch.Tensor) -> Any:
        output = self.network(images)
        return output[0] if isinstance(output, tuple) else output


def pasted(name: str) -> Pasted:
    """Read one of the texts; its first line, a comment, says what makes the network."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    expression, _, shape = text.partition("\n")[0].removeprefix("# ").rpartition(" on ")
    return Pasted(text, tuple(map(int, shape.split(","))), expression)


def figures_of(network: Pasted) -> Figures:
    """Return what torch says of a text's network."""
    device = _device(network)
    return torch_figures(module_of(network), network.input_shape, device)


def saved_of_batch(network: Pasted, batch_size: int) -> int:
    """Return what torch's hooks say that a text's network keeps of a batch."""
    return saved_bytes(
        module_of(network), network.input_shape, batch_size=batch_size, device=_device(network)
    )


def module_of(network: Pasted) -> nn.Module:
    """Return a text's network, made by running the text."""
    names = _names()
    device = _device(network)
    with torch.device(device):
        _run(network.text, names)
        module = FirstOutput(eval(network.expression, names))
        if device == "cpu":
            module.eval()(torch.zeros(2, *network.input_shape))
    return module


def _device(network: Pasted) -> str:
    return "cpu" if "Lazy" in network.text else "meta"


def _run(text: str, names: dict[str, Any]) -> None:
    """Run each statement by itself: training ends in an error, since there are no data."""
    try:
        statements = ast.parse(text).body
    except SyntaxError:
        return  # what print(model) shows
    for statement in statements:
        try:
            exec(compile(ast.Module([statement], []), "pasted", "exec"), names)
        except Exception as error:
            assert not isinstance(error, SyntaxError)


def _names() -> dict[str, Any]:
    class LightningModule(nn.Module):
        def save_hyperparameters(self) -> None: ...

    packages: dict[str, Any] = {
        "pytorch_lightning": types.SimpleNamespace(LightningModule=LightningModule),
        "torchmetrics": types.SimpleNamespace(Accuracy=dict),
    }
    for name, content in packages.items():
        module: Any = types.ModuleType(name)
        vars(module).update(vars(content))
        sys.modules.setdefault(name, module)
    return {"torch": torch, "nn": nn, "F": functional, "optim": torch.optim, "__name__": "pasted"}
