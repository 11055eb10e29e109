"""The process that stands by, from its start to the end of a run that it was handed, or its own."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from mnistcore.runs import all_runs, standby
from mnistcore.runs.status import status
from mnistcore.training.recipes import Recipe
from mnistcore.worker.execution import carry_out
from tests.damaged_runs import make_folder, make_loop, make_pipe
from tests.waiting import finish, in_background, wait_until

BRIEF = Recipe(epochs=1, batch_size=1000, learning_rate=0.01, schedule="constant", augmentation=0)

pytestmark = pytest.mark.usefixtures("standby_is_wanted")


@pytest.mark.parametrize("spoil", [make_loop, make_pipe, make_folder])
def test_where_its_log_cannot_be_written_none_is_started(
    spoil: Callable[[Path], None], runs_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(runs_folder / ".standby.log")

    for _ in range(3):
        finish(in_background(standby.ensure))

    assert not standby._started
    assert len(caplog.records) == 1


def test_it_is_gone_after_its_idle_time_and_with_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parents = iter([1, 1, 1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))

    with standby.place():
        assert standby.await_run() is None

    assert next(parents, None) is None
    monkeypatch.undo()
    monkeypatch.setenv(standby.SECONDS, "0.05")
    with standby.place():
        assert standby.await_run() is None


def test_none_is_started_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(standby, "start_process", lambda *given: started.append(given))
    monkeypatch.setenv(standby.SECONDS, "0")

    standby.ensure()

    assert not started


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    """Have a process stand by, ready."""
    standby.ensure()
    [process] = standby._started
    wait_until(standby._ready().exists)
    yield process
    process.kill()
    process.wait()


@pytest.mark.slow
def test_a_run_that_was_handed_over_comes_to_the_weights_of_any_other(
    process: "subprocess.Popen[bytes]",
) -> None:
    handed, other = (
        all_runs.create_run(name, network="mynet", recipe=BRIEF, num_threads=1)
        for name in ("handed", "other")
    )
    list(carry_out(other))

    all_runs.start(handed)

    wait_until(lambda: status(handed) == "finished", handed.log.read_text)
    assert process.wait() == 0
    first, second = (torch.load(run.checkpoint)["model"] for run in (handed, other))
    assert all(torch.equal(first[name], second[name]) for name in second)
    assert "Run handed finished" in handed.log.read_text()


@pytest.mark.slow
def test_a_run_whose_process_was_killed_goes_on(process: "subprocess.Popen[bytes]") -> None:
    run = all_runs.create_run("mine", network="mynet", recipe=BRIEF, num_threads=1)
    all_runs.start(run)
    wait_until(lambda: status(run) == "running")

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert status(run) == "interrupted"
    assert not standby.hand_over(run)
    list(carry_out(run))
    assert status(run) == "finished"


def test_it_is_gone_if_its_parent_ended_while_it_loaded() -> None:
    parent = subprocess.Popen(["true"])
    parent.wait()

    with standby.place():
        assert standby.await_run(parent.pid) is None
