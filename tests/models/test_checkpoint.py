"""Checkpoints written whole, read back, and kept under another name."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.models.catalogue import network_from_stack
from mnistcore.models.checkpoint import (
    Checkpoint,
    build_model,
    keep_as,
    load_checkpoint,
    save_checkpoint,
)
from mnistcore.models.model import build_network
from mnistcore.stacks.presets import pooling_net
from tests.models.conftest import mynet_weights


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


def test_a_file_from_elsewhere_needs_no_place_on_this_disk(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "mine.pt", Checkpoint("mynet", mynet_weights()))
    content = (tmp_path / "mine.pt").read_bytes()

    loaded = load_checkpoint(Path("数" * 120 + ".pt"), content)

    assert torch.equal(loaded.model["mlp.bias"], mynet_weights()["mlp.bias"])
    with pytest.raises(InvalidInputError, match=r"^数+\.\.\.数+\.pt cannot be used") as refused:
        load_checkpoint(Path("数" * 1_000_000 + ".pt"), content[:100])
    assert len(str(refused.value)) < 300
