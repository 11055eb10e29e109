"""Weights on disk: written whole or not at all, read without running anything in the file.

A checkpoint is a dict that `torch.load(..., weights_only=True)` could open, with the network's
weights under `"model"`. A plain `state_dict` of MyNet, as any script saves it, is read as well.
Files are read by `torch_file`, and every field is checked.
"""

import os
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import torch
from msgspec import Meta
from torch import Tensor, nn

from mnistcore.errors import InvalidInputError, shortened
from mnistcore.files import as_kind, reason_of, written_whole
from mnistcore.mnist.splits import MNIST_MEAN, MNIST_STD
from mnistcore.models.catalogue import IMAGE_SHAPE, Network, network_title
from mnistcore.models.model import build_network
from mnistcore.models.torch_file import read_file, read_torch_file

DESCRIBED = ("network", "normalisation", "calibration", "origin")

Mean = Annotated[float, Meta(ge=-1000, le=1000)]
Divisor = Annotated[float, Meta(ge=1e-3, le=1000)]
LogOdds = Annotated[float, Meta(ge=-1e6, le=1e6)]


@dataclass(frozen=True)
class _Normalisation:
    mean: Mean = MNIST_MEAN
    std: Divisor = MNIST_STD


@dataclass(frozen=True)
class _Calibration:
    temperature: Divisor = 1.0
    threshold: LogOdds | None = None


@dataclass(frozen=True)
class _Description:
    """What a file says beside the weights: types and ranges."""

    network: Network
    normalisation: _Normalisation = _Normalisation()
    calibration: _Calibration = _Calibration()
    origin: dict[str, Any] | None = None


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
    content = serialised(checkpoint)  # torch would hide a full disk behind an error of its own
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as aside, aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def serialised(checkpoint: Checkpoint) -> memoryview:
    """Return what a checkpoint's file holds."""
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
    file = BytesIO()
    torch.save(content, file)
    return file.getbuffer()


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


def load_checkpoint(path: Path, content: bytes | None = None) -> Checkpoint:
    """Read a checkpoint and check it in full; nothing in the file is executed.

    Args:
        path: A file of `save_checkpoint`, or a plain `state_dict` of MyNet.
        content: What it holds, if it does not lie on this disk; the path then only names it.

    Raises:
        InvalidInputError: There is no such file, or it is no checkpoint of a known network; the
            message says what is wrong with it.
    """
    try:
        held = read_torch_file(read_file(path) if content is None else content)
        if not isinstance(held, dict):
            raise InvalidInputError("it holds a {kind}, not a dict", kind=type(held).__name__)
        if "model" not in held:
            held = {"network": "mynet", "model": held}
        checkpoint = _as_checkpoint(held)
        _check_weights(checkpoint)
    except InvalidInputError as error:
        fault = InvalidInputError(
            "{file} cannot be used as a checkpoint: {reason}.",
            file=shortened(path.name),
            reason=reason_of(error),
        )
        raise InvalidInputError("{fault} Choose another file.", fault=fault) from None
    return checkpoint


def build_model(checkpoint: Checkpoint) -> nn.Module:
    """Return the checkpoint's network with its weights, in evaluation mode, on the CPU."""
    model = build_network(checkpoint.network, seed=0)
    model.load_state_dict(checkpoint.model)
    return model.eval()


def _as_checkpoint(held: dict[Any, Any]) -> Checkpoint:
    """Return what a file holds, each field of the type and in the range that it can have."""
    said = as_kind({name: value for name, value in held.items() if name in DESCRIBED}, _Description)
    for name, kinds in (("model", dict), ("training", dict | None)):
        if not isinstance(held.get(name), kinds):
            raise InvalidInputError(
                "`{name}` is a {kind}, not a dict", name=name, kind=type(held[name]).__name__
            )
    return Checkpoint(
        network=said.network,
        model=held["model"],
        mean=said.normalisation.mean,
        std=said.normalisation.std,
        temperature=said.calibration.temperature,
        threshold=said.calibration.threshold,
        training=held.get("training"),
        origin=said.origin,
    )


def _check_weights(checkpoint: Checkpoint) -> None:
    """Refuse weights that do not fit their network, or with which it answers with no numbers."""
    model = build_network(checkpoint.network, seed=0).eval()
    network = network_title(checkpoint.network)
    given, expected = checkpoint.model, model.state_dict()
    if missing := [name for name in expected if name not in given]:
        raise InvalidInputError(
            "weights are missing for {network}: {named}", network=network, named=_named(missing)
        )
    if unknown := [str(name) for name in given if name not in expected]:
        raise InvalidInputError(
            "{network} has no such weights: {named}", network=network, named=_named(unknown)
        )
    for name, value in given.items():
        _check_weight(name, value, expected[name], network)
    model.load_state_dict(given)
    with torch.inference_mode():
        # One at a time: of some layers PyTorch does three together ten times as slowly.
        answers = [model(probe) for probe in _probes(checkpoint).split(1)]
        if not torch.cat(answers).isfinite().all():
            raise InvalidInputError(
                "{network} answers with no finite numbers when it is asked", network=network
            )


def _check_weight(name: str, value: Any, expected: Tensor, network: str) -> None:
    if not isinstance(value, Tensor) or value.shape != expected.shape:
        shape = tuple(value.shape) if isinstance(value, Tensor) else type(value).__name__
        raise InvalidInputError(
            "{name} is {shape}, {network} needs {shape_2}",
            name=name,
            shape=shape,
            network=network,
            shape_2=tuple(expected.shape),
        )
    if value.dtype != expected.dtype:
        raise InvalidInputError(
            "{name} is {dtype}, {network} needs {dtype_2}",
            name=name,
            dtype=value.dtype,
            network=network,
            dtype_2=expected.dtype,
        )
    if not value.isfinite().all():
        raise InvalidInputError("{name} has values that are no finite numbers", name=name)


def _probes(checkpoint: Checkpoint) -> Tensor:
    """Return a blank image, a full one and noise as the network takes them, (3, 1, 28, 28)."""
    noise = torch.rand(1, *IMAGE_SHAPE, generator=torch.Generator().manual_seed(0))
    images = torch.cat([torch.zeros_like(noise), torch.ones_like(noise), noise])
    return (images - checkpoint.mean) / checkpoint.std


def _named(names: list[str]) -> str:
    return ", ".join(shortened(name) for name in names[:3])
