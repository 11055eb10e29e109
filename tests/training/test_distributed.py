"""A batch divided among processes, who learn from it as one process does."""

import os
import socket
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.mnist.splits import Split
from mnistcore.models.model import build_network
from mnistcore.training.augmentation import random_affine, random_thickness
from mnistcore.training.distributed import Group, joined_group
from mnistcore.training.loop import TrainingState, train
from mnistcore.training.recipes import Recipe


def test_more_processes_than_images_are_explained() -> None:
    with pytest.raises(InvalidInputError, match="`batch_size` is 2, which leaves some of the 3"):
        Group(rank=0, size=3).check_batch_size(2)


def test_the_parts_make_up_the_whole_and_differ_by_an_image() -> None:
    parts = [torch.arange(125)[Group(rank, size=2).rows] for rank in range(2)]

    assert sorted(torch.cat(parts).tolist()) == list(range(125))
    assert [len(part) for part in parts] == [63, 62]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_augmentation_falls_alike_however_a_batch_is_divided(size: int) -> None:
    images = torch.rand(10, 1, 28, 28)
    images[:, :, 0] = 0  # every part has the background's value

    def changed(rows: slice) -> torch.Tensor:
        chance = torch.Generator().manual_seed(1)
        some = random_affine(
            images[rows], strength=1, generator=chance, rows=rows, batch_size=len(images)
        )
        return random_thickness(
            some, strength=1, generator=chance, rows=rows, batch_size=len(images)
        )

    whole = changed(slice(None))

    for rank in range(size):
        rows = Group(rank, size).rows
        assert torch.allclose(changed(rows), whole[rows], atol=1e-6)


UNEVEN = Recipe(
    epochs=2,
    batch_size=8,
    learning_rate=0.01,
    schedule="constant",
    augmentation=0.5,
    label_smoothing=0.1,
    optimizer="SGD",
)
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.training.test_distributed"])


def noise(num_images: int) -> Split:
    """Make images of which no feature is nearly constant, which would blow rounding up."""
    chance = torch.Generator().manual_seed(num_images)
    images = torch.randint(0, 256, (num_images, 28, 28), generator=chance, dtype=torch.uint8)
    images[:, 0] = 0  # every part has the background's value
    return Split("train", images, torch.arange(num_images) % 10)


def train_noise(rank: int, size: int, file: Path) -> None:
    """Train as one of several processes, and write events and network down."""
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": str(size), "LOCAL_RANK": str(rank)}
    os.environ |= {"MASTER_ADDR": "localhost", "MASTER_PORT": file.name}
    torch.set_num_threads(1)
    with joined_group() as group:
        state = TrainingState(build_network("mynet", seed=1), UNEVEN, group)
        events = [vars(event) for event in train(state, noise(32), noise(10))]
        if group.is_writer:
            torch.save({"events": events, "model": state.state_dict()["model"]}, file)


def trained_by(size: int, folder: Path) -> dict[str, Any]:
    with socket.create_server(("localhost", 0)) as free:
        file = folder / str(free.getsockname()[1])
    processes = [
        PROCESSES.Process(target=train_noise, args=(rank, size, file)) for rank in range(size)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * size
    trained: dict[str, Any] = torch.load(file, weights_only=True)
    return trained


@pytest.mark.slow
def test_a_batch_divided_unevenly_is_learned_from_as_by_one_process(tmp_path: Path) -> None:
    alone, together = trained_by(1, tmp_path), trained_by(3, tmp_path)  # of 8 images: 3, 3 and 2

    for name, expected in alone["model"].items():  # weights, and what BatchNorm has measured
        torch.testing.assert_close(together["model"][name], expected, rtol=1e-5, atol=1e-5)
    assert len(together["events"]) == len(alone["events"]) == 10
    for expected, given in zip(alone["events"], together["events"], strict=True):
        for quantity in expected.keys() & {"loss", "accuracy", "valid_loss", "valid_accuracy"}:
            assert given[quantity] == pytest.approx(expected[quantity], rel=1e-5)
