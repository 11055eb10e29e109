"""Weights on disk: written whole or not at all, read without running anything in the file.

A checkpoint is a dict that `torch.load(..., weights_only=True)` opens, with the network's weights
under `"model"`. A plain `state_dict` of MyNet, as any script saves it, is read as well.
"""

import logging
import os
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from pickle import UnpicklingError
from typing import Any
from zipfile import BadZipFile

import torch
from torch import Tensor, nn

from mnistcore.errors import InvalidInputError
from mnistcore.files import written_whole
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD
from mnistcore.models.catalogue import Network, network_title
from mnistcore.models.model import build_network

_log = logging.getLogger(__name__)

MAX_CHECKPOINT_BYTES = 100_000_000  # far above any network here, far below what would hurt


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint file holds.

    Attributes:
        network: Its name, or its layers (see `catalogue`).
        model: Its `state_dict`.
        mean: Of the normalisation it was trained with.
        std: Of the same.
        temperature: What the logits are divided by so that probabilities are honest.
        threshold: The log odds of "no digit" (see `reading.calibration`) above which it is
            believed; None where the network cannot tell.
        training: What `TrainingState.load_state_dict` takes, where the file is meant to be gone
            on with.
        origin: How the weights came about: recipe, steps, validation accuracy.
    """

    network: Network
    model: dict[str, Tensor]
    mean: float = MNIST_MEAN
    std: float = MNIST_STD
    temperature: float = 1.0
    threshold: float | None = None
    training: dict[str, Any] | None = None
    origin: dict[str, Any] | None = None


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint beside its place, then rename it there: never half a file.

    Args:
        path: Its folder is made where missing.
        checkpoint: The weights under `model` are not written twice if `training` has them too.

    >>> from tempfile import TemporaryDirectory
    >>> weights = build_network("mynet", seed=1).state_dict()
    >>> with TemporaryDirectory() as folder:
    ...     save_checkpoint(Path(folder) / "mynet.pt", Checkpoint("mynet", weights))
    ...     load_checkpoint(Path(folder) / "mynet.pt").network
    'mynet'
    """
    content: dict[str, Any] = {
        "network": checkpoint.network,
        "model": {name: value.detach().cpu() for name, value in checkpoint.model.items()},
        "normalisation": {"mean": checkpoint.mean, "std": checkpoint.std},
        "calibration": {
            "temperature": checkpoint.temperature,
            "threshold": checkpoint.threshold,
        },
        "origin": checkpoint.origin,
    }
    if checkpoint.training is not None:
        content["training"] = {k: v for k, v in checkpoint.training.items() if k != "model"}
    path.parent.mkdir(parents=True, exist_ok=True)
    serialised = BytesIO()  # else torch hides a full disk behind an error of its own
    torch.save(content, serialised)
    with written_whole(path) as aside, aside.open("wb") as file:
        file.write(serialised.getbuffer())
        file.flush()
        os.fsync(file.fileno())


def keep_as(path: Path, other: Path) -> None:
    """Let a second name stand for a checkpoint as it is now; the first can then be replaced.

    Args:
        path: Where there is no file, nothing is kept.
        other: What it named before is let go of.
    """
    if not path.exists():
        return
    with written_whole(other) as aside:
        try:
            os.link(path, aside)
        except OSError:  # a file system that has no links
            shutil.copyfile(path, aside)


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint and check it in full; nothing in the file is executed.

    Args:
        path: A file of `save_checkpoint`, or a plain `state_dict` of MyNet.

    Raises:
        InvalidInputError: There is no such file, or it is no checkpoint of a known network; the
            message says what is wrong with it.
    """
    content = _read(path)
    if not isinstance(content, dict):
        raise InvalidInputError(_refusal(path, f"it holds a {type(content).__name__}, not a dict"))
    if "model" not in content:
        content = {"network": "mynet", "model": content}
    normalisation = content.get("normalisation", {"mean": MNIST_MEAN, "std": MNIST_STD})
    calibration = content.get("calibration", {"temperature": 1.0, "threshold": None})
    try:
        threshold = calibration["threshold"]
        checkpoint = Checkpoint(
            network=content["network"],
            model=dict(content["model"]),
            mean=float(normalisation["mean"]),
            std=float(normalisation["std"]),
            temperature=float(calibration["temperature"]),
            threshold=None if threshold is None else float(threshold),
            training=content.get("training"),
            origin=content.get("origin"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInputError(_refusal(path, f"its description is unusable: {error!r}")) from None
    if fault := _find_fault(checkpoint):
        raise InvalidInputError(_refusal(path, fault))
    return checkpoint


def build_model(checkpoint: Checkpoint) -> nn.Module:
    """Return the checkpoint's network with its weights, in evaluation mode, on the CPU."""
    model = build_network(checkpoint.network, seed=0)
    model.load_state_dict(checkpoint.model)
    return model.eval()


def _read(path: Path) -> Any:
    if not path.is_file():
        raise InvalidInputError(f"There is no checkpoint at {path}. Check the path.")
    size = path.stat().st_size
    if size > MAX_CHECKPOINT_BYTES:
        raise InvalidInputError(
            _refusal(path, f"it is {size:,} bytes long, the limit is {MAX_CHECKPOINT_BYTES:,}")
        )
    try:
        # From memory: a torn file would have torch seek before its start, an error of the system.
        content = BytesIO(path.read_bytes())
        return torch.load(content, map_location="cpu", weights_only=True)
    except UnpicklingError:
        reason = "it holds more than weights, or is no PyTorch file"
    except (RuntimeError, ValueError, EOFError, BadZipFile, LookupError, AttributeError) as error:
        _log.warning("%s could not be read", path, exc_info=error)
        reason = "it is damaged, or is no PyTorch file"
    raise InvalidInputError(_refusal(path, reason))


def _find_fault(checkpoint: Checkpoint) -> str | None:
    """Return in words how the weights fail to fit their network, or None."""
    try:
        expected = build_network(checkpoint.network, seed=0).state_dict()
    except InvalidInputError as error:
        return str(error)
    network = network_title(checkpoint.network)
    given = checkpoint.model
    if missing := [name for name in expected if name not in given]:
        return f"weights are missing for {network}: {', '.join(missing[:3])}"
    if unknown := [str(name) for name in given if name not in expected]:
        return f"{network} has no such weights: {', '.join(unknown[:3])}"
    for name, value in given.items():
        if not isinstance(value, Tensor) or value.shape != expected[name].shape:
            shape = tuple(value.shape) if isinstance(value, Tensor) else type(value).__name__
            return f"{name} is {shape}, {network} needs {tuple(expected[name].shape)}"
        if value.dtype != expected[name].dtype:
            return f"{name} is {value.dtype}, {network} needs {expected[name].dtype}"
        if not value.isfinite().all():
            return f"{name} has values that are no finite numbers"
    if not checkpoint.std > 0:
        return f"its normalisation divides by {checkpoint.std}"
    if not checkpoint.temperature > 0:
        return f"its calibration divides by {checkpoint.temperature}"
    return None


def _refusal(path: Path, reason: str) -> str:
    return f"{path.name} cannot be used as a checkpoint: {reason}. Choose another file."
