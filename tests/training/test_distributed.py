"""Two processes under PyTorch's own launcher against one, on the real MNIST."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_stop
from mnistcore.runs.events import Begin, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from mnistcore.training.augmentation import random_affine
from mnistcore.training.distributed import Group
from mnistcore.training.events import StepEnd

PROJECT = Path(__file__).parent.parent.parent
TRAIN = ["-m", "mnistcore", "train"]
TOGETHER = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", *TRAIN]
# SGD, since Adam makes steps of full size of what is rounding alone: the gradient of a bias before
# BatchNorm is zero. One process with two threads differs from one with one thread as much (0.0013
# of the loss at most, over these steps).
SETTINGS = ["--batch-size", "500", "--epochs", "1", "--threads", "1", "--device", "cpu"]
SETTINGS += ["--optimizer", "SGD", "--learning-rate", "0.01"]
EXACT, FAST = ["--precision", "float32"], ["--precision", "bfloat16"]
NUM_STEPS = 110


def run_python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=PROJECT, check=True)


def losses(name: str) -> list[float]:
    events = read_events(all_runs.find_run(name).metrics)
    return [event.loss for event in events if isinstance(event, StepEnd)]


def largest_difference(values: list[float], expected: list[float]) -> float:
    return max(abs(a - b) / b for a, b in zip(values, expected, strict=True))


def weights(name: str) -> dict[str, torch.Tensor]:
    saved = torch.load(all_runs.find_run(name).checkpoint, weights_only=True)
    model: dict[str, torch.Tensor] = saved["model"]
    return model


@pytest.mark.slow
def test_two_processes_give_one_processs_loss_curve(runs_folder: Path) -> None:
    run_python(*TRAIN, "--run", "alone", *SETTINGS, *EXACT)
    run_python(*TRAIN, "--run", "two-threads", *SETTINGS, *EXACT, "--threads", "2")
    run_python(*TOGETHER, "--name", "together", *SETTINGS, *EXACT)

    alone, together = losses("alone"), losses("together")
    assert len(alone) == len(together) == NUM_STEPS
    assert together == pytest.approx(alone, rel=5e-3)
    # Within rounding: what a second thread alone changes, which adds up in another order, too.
    rounding = largest_difference(losses("two-threads")[:10], alone[:10])
    assert largest_difference(together[:10], alone[:10]) < 3 * max(rounding, 1e-5)
    begin = read_events(all_runs.find_run("together").metrics)[0]
    assert isinstance(begin, Begin)
    assert begin.num_processes == 2
    assert weights("together").keys() == weights("alone").keys()


@pytest.mark.slow
def test_two_processes_stop_together_and_go_on_to_the_same_weights(runs_folder: Path) -> None:
    run_python(*TOGETHER, "--name", "whole", *SETTINGS, *FAST)
    stopped = subprocess.Popen(
        [sys.executable, *TOGETHER, "--name", "stopped", *SETTINGS, *FAST], cwd=PROJECT
    )
    run = Run(runs_folder / "stopped")
    deadline = time.monotonic() + 120
    while not run.metrics.exists() or run.metrics.read_text().count("StepEnd") < 30:
        assert time.monotonic() < deadline
        time.sleep(0.02)

    request_stop(run)

    assert stopped.wait(60) == 0
    assert status(run) == "stopped"
    assert len(losses("stopped")) < NUM_STEPS
    run_python(*TOGETHER, "--resume", "stopped")
    assert status(run) == "finished"
    assert losses("stopped") == losses("whole")
    expected, given = weights("whole"), weights("stopped")
    assert all(torch.equal(expected[name], given[name]) for name in expected)


def test_a_batch_that_cannot_be_shared_evenly_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="`batch_size` is 25, which 2 processes cannot"):
        Group(rank=0, size=2).check_batch_size(25)


def test_shares_make_up_the_whole() -> None:
    shares = [Group(rank, size=3).share(torch.arange(9)) for rank in range(3)]

    assert sorted(torch.cat(shares).tolist()) == list(range(9))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_augmentation_falls_alike_however_a_batch_is_shared_out(size: int) -> None:
    images = torch.rand(10, 1, 28, 28)
    images[:, :, 0] = 0  # every share has the background's value
    whole = random_affine(images, strength=1, generator=torch.Generator().manual_seed(1))

    for rank in range(size):
        group = Group(rank, size)
        generator = torch.Generator().manual_seed(1)
        share = random_affine(
            group.share(images), strength=1, generator=generator, rank=rank, size=size
        )
        assert torch.allclose(share, group.share(whole), atol=1e-6)
