"""Two processes under PyTorch's own launcher against one, on the real MNIST."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from mnistcore.drawings.drawing_files import to_json
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_stop
from mnistcore.runs.events import Begin, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from mnistcore.training.events import StepEnd
from tests.own_drawings import strange_fours
from tests.waiting import PATIENCE_SECONDS, wait_until

PROJECT = Path(__file__).parent.parent.parent
TRAIN = ["-m", "mnistcore", "train"]
TOGETHER = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", *TRAIN]
# SGD, since Adam makes steps of full size of what is rounding alone: the gradient of a bias before
# BatchNorm is zero. One process with two threads differs from one with one thread as much (0.0013
# of the loss at most, over these steps).
SETTINGS = ["--batch-size", "500", "--epochs", "1", "--threads", "1", "--device", "cpu"]
SETTINGS += ["--optimizer", "SGD", "--learning-rate", "0.01"]
SETTINGS += ["--precision", "float32"]
OWN_DRAWINGS = 10  # beside MNIST, each a hundred times
NUM_STEPS, NUM_COMPARED = 112, 10


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


def with_drawings(runs: Path) -> list[str]:
    """Return the settings, with own drawings in a file beside a folder of runs."""
    file = runs.parent / "fours.json"
    file.write_text(to_json(strange_fours(OWN_DRAWINGS, seed=1)))
    return [*SETTINGS, "--drawings", str(file)]


@pytest.fixture(scope="module")
def folder_of_whole_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have two processes train to the end once, for all that is compared with that."""
    folder = tmp_path_factory.mktemp("whole") / "runs"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MNISTCORE_RUNS", str(folder))
        run_python(*TOGETHER, "--name", "together", *with_drawings(folder))
        yield folder


@pytest.mark.slow
def test_two_processes_give_one_processs_loss_curve(folder_of_whole_runs: Path) -> None:
    settings = with_drawings(folder_of_whole_runs)
    run_python(*TRAIN, "--run", "alone", *settings)
    command = [sys.executable, *TRAIN, "--run", "two-threads", *settings, "--threads", "2"]
    train_until(Run(folder_of_whole_runs / "two-threads"), NUM_COMPARED, command)

    alone, together = losses("alone"), losses("together")
    assert len(alone) == len(together) == NUM_STEPS
    assert together == pytest.approx(alone, rel=5e-3)
    # Within rounding: what a second thread alone changes, which adds up in another order, too.
    few = slice(NUM_COMPARED)
    rounding = largest_difference(losses("two-threads")[few], alone[few])
    assert largest_difference(together[few], alone[few]) < 3 * max(rounding, 1e-5)
    begin = read_events(all_runs.find_run("together").metrics)[0]
    assert isinstance(begin, Begin)
    assert begin.num_processes == 2
    assert weights("together").keys() == weights("alone").keys()


def train_until(run: Run, num_steps: int, command: list[str] | str, **settings: Any) -> int:
    """Start a training and ask it to stop once it has taken so many steps; return its exit code."""
    training = subprocess.Popen(command, cwd=PROJECT, **settings)
    await_steps(run, num_steps)
    request_stop(run)
    code = training.wait(PATIENCE_SECONDS)
    assert status(run) == "stopped"
    return code


def await_steps(run: Run, number: int = 1) -> None:
    wait_until(lambda: run.metrics.exists() and run.metrics.read_text().count("StepEnd") >= number)


@pytest.mark.slow
def test_two_processes_stop_together_and_go_on_to_the_same_weights(
    folder_of_whole_runs: Path,
) -> None:
    stopped = Run(folder_of_whole_runs / "stopped")

    settings = with_drawings(folder_of_whole_runs)
    command = [sys.executable, *TOGETHER, "--name", "stopped", *settings]
    assert train_until(stopped, 1, command) == 0

    assert len(losses("stopped")) < NUM_STEPS
    run_python(*TOGETHER, "--resume", "stopped")
    assert status(stopped) == "finished"
    assert losses("stopped") == losses("together")
    expected, given = weights("together"), weights("stopped")
    assert all(torch.equal(expected[name], given[name]) for name in expected)


@pytest.mark.slow
def test_ctrl_c_to_the_whole_group_ends_all_processes_with_a_checkpoint(runs_folder: Path) -> None:
    call = [sys.executable, *TOGETHER, "--name", "together", *SETTINGS, "--epochs", "500"]
    # In a group of their own, as a terminal has them.
    together = subprocess.Popen(call, cwd=PROJECT, start_new_session=True)
    run = Run(runs_folder / "together")
    await_steps(run)

    os.killpg(together.pid, signal.SIGINT)

    together.wait(PATIENCE_SECONDS)
    with pytest.raises(ProcessLookupError):  # nobody of the group is left
        os.killpg(together.pid, 0)
    assert status(run) == "stopped"
    last = [event.step for event in read_events(run.metrics) if isinstance(event, StepEnd)][-1]
    assert torch.load(run.checkpoint, weights_only=True)["origin"]["step"] == last


def documented_commands() -> list[str]:
    """Return what README has for several processes, a line for each."""
    readme = (PROJECT / "README.md").read_text("utf-8").replace("\\\n", "")
    return re.findall("^torchrun .*", readme, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("command", documented_commands())
def test_the_documented_commands_train_together(runs_folder: Path, command: str) -> None:
    # Of several machines there is one here, which is the first.
    command = re.sub("--nnodes=[0-9]+", "--nnodes=1", command).replace("FIRST", "localhost")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = Run(runs_folder / "NAME")

    settings = {"shell": True, "env": {**os.environ, "PATH": path}}
    assert train_until(run, NUM_COMPARED, command, **settings) == 0

    begin = read_events(run.metrics)[0]
    assert isinstance(begin, Begin)
    assert begin.num_processes == 2
    first, *_, last = losses("NAME")
    assert last < first
