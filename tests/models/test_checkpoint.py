import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from mnistcore.errors import InvalidInputError
from mnistcore.models import torch_file
from mnistcore.models.catalogue import network_from_stack
from mnistcore.models.checkpoint import (
    Checkpoint,
    build_model,
    keep_as,
    load_checkpoint,
    save_checkpoint,
)
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import load_classifier
from mnistcore.stacks.presets import pooling_net


def mynet_weights() -> dict[str, Tensor]:
    return build_network("mynet", seed=7).state_dict()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    weights = mynet_weights()
    saved = Checkpoint("mynet", weights, mean=0.1307, std=0.3081, origin={"seed": 7})

    save_checkpoint(tmp_path / "folder" / "mynet.pt", saved)
    loaded = load_checkpoint(tmp_path / "folder" / "mynet.pt")

    assert all(torch.equal(loaded.model[name], weights[name]) for name in weights)
    assert (loaded.mean, loaded.std, loaded.origin) == (0.1307, 0.3081, {"seed": 7})
    assert not build_model(loaded).training


def test_the_file_opens_as_weights_only_with_the_weights_under_model(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "mynet.pt", Checkpoint("mynet", mynet_weights()))

    content = torch.load(tmp_path / "mynet.pt", weights_only=True)

    build_network("mynet", seed=1).load_state_dict(content["model"])


def test_a_failure_while_writing_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mynet.pt"
    save_checkpoint(path, Checkpoint("mynet", mynet_weights(), mean=0.25))

    def disk_full(content: Any, file: Any) -> None:
        file.write(b"half a file")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", disk_full)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(path, Checkpoint("mynet", mynet_weights()))

    assert load_checkpoint(path).mean == 0.25
    assert os.listdir(tmp_path) == ["mynet.pt"]  # noqa: PTH208 - names are all that is asked


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


def test_training_state_is_kept_beside_the_weights_once(tmp_path: Path) -> None:
    weights = mynet_weights()
    saved = Checkpoint("mynet", weights, training={"model": weights, "step": 3, "optimizer": {}})

    save_checkpoint(tmp_path / "run.pt", saved)

    assert load_checkpoint(tmp_path / "run.pt").training == {"step": 3, "optimizer": {}}
    save_checkpoint(tmp_path / "alone.pt", replace(saved, training=None))
    sizes = [(tmp_path / name).stat().st_size for name in ("run.pt", "alone.pt")]
    assert sizes[0] < 1.1 * sizes[1]


def test_a_network_from_a_layer_stack_is_loaded(tmp_path: Path) -> None:
    network = network_from_stack(pooling_net())
    weights = build_network(network, seed=7).state_dict()

    save_checkpoint(tmp_path / "stack.pt", Checkpoint(network, weights))
    loaded = load_checkpoint(tmp_path / "stack.pt")

    assert loaded.network == network
    assert build_model(loaded)(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_a_checkpoint_of_an_impossible_network_is_explained(tmp_path: Path) -> None:
    network = {"input_shape": [1, 28, 28], "layers": [{"kind": "ReLU"}]}
    torch.save({"network": network, "model": {}}, tmp_path / "bad.pt")

    with pytest.raises(InvalidInputError, match=r"bad\.pt cannot be used.*a number for each digit"):
        load_checkpoint(tmp_path / "bad.pt")


def test_what_a_checkpoint_was_is_kept_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, previous = tmp_path / "mynet.pt", tmp_path / "previous.pt"
    keep_as(path, previous)
    assert not previous.exists()
    for mean in (0.1, 0.2):
        save_checkpoint(path, Checkpoint("mynet", mynet_weights(), mean=mean))
        keep_as(path, previous)
    save_checkpoint(path, Checkpoint("mynet", mynet_weights(), mean=0.3))

    assert (load_checkpoint(path).mean, load_checkpoint(previous).mean) == (0.3, 0.2)

    def no_links(*paths: Path) -> None:
        raise OSError("this file system has no links")

    monkeypatch.setattr(os, "link", no_links)
    keep_as(path, previous)
    assert load_checkpoint(previous).mean == 0.3


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


def test_a_file_from_elsewhere_needs_no_place_on_this_disk(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "mine.pt", Checkpoint("mynet", mynet_weights()))
    content = (tmp_path / "mine.pt").read_bytes()

    loaded = load_checkpoint(Path("数" * 120 + ".pt"), content)

    assert torch.equal(loaded.model["mlp.bias"], mynet_weights()["mlp.bias"])
    with pytest.raises(InvalidInputError, match=r"^数+\.\.\.数+\.pt cannot be used") as refused:
        load_checkpoint(Path("数" * 1_000_000 + ".pt"), content[:100])
    assert len(str(refused.value)) < 300
