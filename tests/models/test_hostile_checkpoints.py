"""Files that are no usable checkpoint: refused in a sentence, and nothing in them is run."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import AdaptiveAvgPool2d, ConvTranspose2d, Flatten, Linear
from mnistcore.models import torch_file
from mnistcore.models.catalogue import MOST_MACS, network_from_stack
from mnistcore.models.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.stacks.stack import LayerStack
from tests.bounds import within_bounds
from tests.models.conftest import mynet_weights


class Hostile:
    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return (os.mkdir, ("hostile-code-ran",))


def test_code_in_a_file_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"model": Hostile()}, tmp_path / "hostile.pt")
    (tmp_path / "hostile.pkl").write_bytes(pickle.dumps(Hostile(), protocol=2))

    for name in ("hostile.pt", "hostile.pkl"):
        with pytest.raises(InvalidInputError, match="more than weights"):
            load_checkpoint(tmp_path / name)

    assert not (tmp_path / "hostile-code-ran").exists()


def with_weights(change: Callable[[dict[str, Tensor]], Any]) -> dict[str, Tensor]:
    weights = mynet_weights()
    change(weights)
    return weights


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([1, 2], "it holds a list"),
        (with_weights(lambda w: w.pop("mlp.bias")), r"missing for mynet: mlp\.bias"),
        (with_weights(lambda w: w.update(extra=torch.ones(1))), "no such weights: extra"),
        (
            with_weights(lambda w: w.update({"mlp.bias": torch.ones(3)})),
            r"mlp\.bias is \(3,\), mynet needs \(10,\)",
        ),
        (
            with_weights(lambda w: w.update({"mlp.bias": torch.ones(10).double()})),
            r"mlp\.bias is torch\.float64",
        ),
        (
            with_weights(lambda w: w.update({"mlp.bias": torch.full((10,), torch.nan)})),
            "no finite numbers",
        ),
        ({"model": 3, "network": "mynet"}, "`model` is a int, not a dict"),
        (
            {"model": {}, "network": "mynet", "normalisation": {"mean": 0.5, "std": 0.0}},
            "`float` >= 0.001",
        ),
    ],
)
def test_an_unusable_file_is_explained(tmp_path: Path, content: Any, message: str) -> None:
    torch.save(content, tmp_path / "bad.pt")

    with pytest.raises(
        InvalidInputError, match=f"bad.pt cannot be used as a checkpoint.*{message}"
    ):
        load_checkpoint(tmp_path / "bad.pt")


def test_a_normalisation_that_divides_by_zero_is_explained(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "bad.pt", Checkpoint("mynet", mynet_weights(), std=0.0))

    with pytest.raises(InvalidInputError, match=r">= 0\.001 - at `\$\.normalisation\.std`"):
        load_checkpoint(tmp_path / "bad.pt")


@pytest.mark.parametrize("keep", [0, 10, 1000, 5000, 60_000, 100_000])
def test_a_torn_file_is_explained(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "torn.pt"
    save_checkpoint(path, Checkpoint("mynet", mynet_weights()))
    path.write_bytes(path.read_bytes()[:keep])

    with pytest.raises(InvalidInputError, match=r"torn\.pt cannot be used"):
        load_checkpoint(path)


@pytest.mark.slow
def test_the_slowest_network_allowed_is_loaded_for_little(tmp_path: Path) -> None:
    """Of transposed convolutions, whose multiply-adds PyTorch does most slowly."""
    slow = [ConvTranspose2d(1, 1, 31, padding=15)] * 195
    stack = LayerStack((1, 28, 28), (*slow, AdaptiveAvgPool2d(1), Flatten(), Linear(1, 10)))
    assert 0.95 * MOST_MACS < stack.analyse().num_macs < MOST_MACS
    network, path = network_from_stack(stack), tmp_path / "slow.pt"
    save_checkpoint(path, Checkpoint(network, build_network(network, seed=1).state_dict()))

    with within_bounds():
        load_checkpoint(path)


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_file, "MAX_CHECKPOINT_BYTES", 1000)
    save_checkpoint(tmp_path / "big.pt", Checkpoint("mynet", mynet_weights()))

    with pytest.raises(InvalidInputError, match="the limit is 1,000"):
        load_checkpoint(tmp_path / "big.pt")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"no file at .*none\.pt"):
        load_checkpoint(tmp_path / "none.pt")


def test_a_checkpoint_of_an_impossible_network_is_explained(tmp_path: Path) -> None:
    network = {"input_shape": [1, 28, 28], "layers": [{"kind": "ReLU"}]}
    torch.save({"network": network, "model": {}}, tmp_path / "bad.pt")

    with pytest.raises(InvalidInputError, match=r"bad\.pt cannot be used.*a number for each digit"):
        load_checkpoint(tmp_path / "bad.pt")


ODD: tuple[Any, ...] = (
    None,
    "x",
    [],
    {},
    True,
    -1,
    0,
    float("nan"),
    float("inf"),
    1e300,
    10**18,
    torch.ones(2),
)


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize(
    "field",
    [
        ("network",),
        ("model",),
        ("model", "mlp.bias"),
        ("normalisation",),
        ("normalisation", "mean"),
        ("normalisation", "std"),
        ("calibration", "temperature"),
        ("calibration", "threshold"),
        ("training",),
        ("origin",),
    ],
    ids=".".join,
)
def test_whatever_a_field_holds_the_network_answers_with_numbers_or_is_refused(
    tmp_path: Path, field: tuple[str, ...], odd: Any
) -> None:
    path = tmp_path / "odd.pt"
    save_checkpoint(path, Checkpoint("mynet", mynet_weights(), training={}, origin={}))
    content = torch.load(path, weights_only=True)
    inner = content
    for name in field[:-1]:
        inner = inner[name]
    inner[field[-1]] = odd
    torch.save(content, path)

    try:
        classifier = load_classifier(path)
    except InvalidInputError as error:
        assert len(str(error)) < 400
        return

    said = classifier.predict(np.random.default_rng(1).integers(0, 256, (3, 28, 28), np.uint8))
    assert np.allclose(said.sum(axis=1), 1)
    assert field[0] in ("training", "origin", "normalisation", "calibration")


@pytest.mark.parametrize(
    ("name", "value"),
    [("conv.1.running_var", -1.0), ("conv.0.weight", 3e38), ("conv.7.running_var", -1e-3)],
)
def test_weights_that_make_no_numbers_are_refused(tmp_path: Path, name: str, value: float) -> None:
    weights = mynet_weights()
    weights[name].fill_(value)
    save_checkpoint(tmp_path / "odd.pt", Checkpoint("mynet", weights))

    with pytest.raises(InvalidInputError, match="no finite numbers"):
        load_classifier(tmp_path / "odd.pt")
