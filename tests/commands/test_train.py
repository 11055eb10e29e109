import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from mnistcore.__main__ import main
from mnistcore.commands import urgency
from mnistcore.runs import all_runs
from mnistcore.runs.claim import claim
from mnistcore.runs.control import Requests
from mnistcore.runs.folder import Run
from mnistcore.runs.status import status
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import preset
from mnistcore.worker import execution
from tests.commands.conftest import PROJECT
from tests.conftest import idle_run
from tests.waiting import PATIENCE_SECONDS, wait_until

TRAIN = [sys.executable, "-m", "mnistcore", "train"]


def test_train_prints_its_progress_and_keeps_a_checkpoint(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code = main(
        ["train", "--run", "toy", "--epochs", "25", "--batch-size", "10", "--augmentation", "0"]
    )

    output = capsys.readouterr().out
    assert exit_code == 0
    assert re.search(r"step +50  loss \d\.\d{4}, accuracy \d+\.\d%", output)
    assert re.search(r"epoch +25  validation: loss \d\.\d{4}, accuracy 100\.00%", output)
    assert (toy_data / "toy" / "checkpoint.pt").exists()


def test_train_goes_on_with_a_stopped_run(
    toy_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stopping:
        stopping.setattr(execution, "read_requests", lambda run: Requests(stop=True))
        first = main(["train", "--run", "toy", "--epochs", "2", "--batch-size", "10"])
    second = main(["train", "--resume", "toy"])
    third = main(["train", "--resume", "toy"])

    assert (first, second, third) == (130, 0, 0)
    output = capsys.readouterr().out
    assert "To go on: python -m mnistcore train --resume toy" in output
    assert "has finished already" in output


def test_a_stack_of_the_calculators_is_trained_and_read_again(
    toy_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "stack.json"
    file.write_text(stack_to_json(preset("LeNet-5")))

    exit_code = main(
        ["train", "--run", "lenet", "--stack", str(file), "--epochs", "1", "--batch-size", "10"]
    )

    assert exit_code == 0
    network = all_runs.find_run("lenet").config.network
    assert isinstance(network, dict)
    assert network["input_shape"] == [1, 28, 28]
    assert main(["evaluate", "--checkpoint", str(toy_data / "lenet" / "checkpoint.pt")]) == 0
    assert "of the 10,000 test images" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("--epochs 5", "--epochs cannot"),
        ("--threads 1 --seed 2", "--threads and --seed cannot"),
        ("--recipe default", "--recipe cannot"),
        ("--network mynet", "--network cannot"),
        ("--drawings x.json", "--drawings cannot"),
    ],
)
def test_settings_for_a_run_that_goes_on_are_refused(
    given: str, named: str, toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = idle_run("toy")

    exit_code = main(["train", "--resume", "toy", *given.split()])

    assert exit_code == 1
    assert f"{named} be given with --resume toy" in capsys.readouterr().err
    assert not run.metrics.exists()


def test_a_run_that_is_going_on_is_neither_trained_twice_nor_disturbed(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = idle_run("toy")
    with claim(run) as turn:
        turn.take()
        run.pause_request.touch()

        exit_code = main(["train", "--resume", "toy"])

        assert exit_code == 1
        assert "'toy' is going on already: it is running" in capsys.readouterr().err
        assert run.pause_request.exists()


def test_what_was_asked_of_a_runs_last_process_is_not_asked_of_the_next(toy_data: Path) -> None:
    run = idle_run("killed")  # whose process died before it could do what it was asked
    run.stop_request.touch()

    def stopped_at_once() -> bool:
        return main(["train", "--resume", "killed"]) == 130

    assert not stopped_at_once()


def test_images_that_every_epoch_leaves_out_are_told(
    toy_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["train", "--run", "whole", "--epochs", "1", "--batch-size", "10"])
    assert "leave" not in capsys.readouterr().out

    main(["train", "--run", "some", "--epochs", "1", "--batch-size", "25"])
    output = capsys.readouterr().out
    assert "Every epoch sees 25 of the 40 training images: batches of 25 leave 15 over" in output


def test_a_network_is_not_trained_on_data_it_has_no_output_for(
    toy_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code = main(["train", "--run", "eleven", "--data", "mnist and drawings"])

    assert exit_code == 1
    assert "'mynet' has no output for what is no digit" in capsys.readouterr().err
    assert all_runs.list_runs() == []  # its name is free


def await_step(run: Run) -> None:
    wait_until(lambda: run.metrics.exists() and '"StepEnd"' in run.metrics.read_text())


@pytest.mark.slow
def test_a_run_is_a_process_that_kill_interrupts_and_ctrl_c_stops(runs_folder: Path) -> None:
    call = [sys.executable, "-m", "mnistcore", "train"]
    process = subprocess.Popen([*call, "--run", "real", "--epochs", "50"], cwd=PROJECT)
    run = Run(runs_folder / "real")
    await_step(run)
    assert status(run) == "running"
    process.kill()
    process.wait()
    assert status(run) == "interrupted"
    run.metrics.unlink()

    resumed = subprocess.Popen([*call, "--resume", "real"], cwd=PROJECT)
    await_step(run)
    resumed.send_signal(signal.SIGINT)

    assert resumed.wait(PATIENCE_SECONDS) == 130
    assert status(run) == "stopped"
    assert torch.load(run.checkpoint, weights_only=True)["origin"]["step"] > 0


@pytest.mark.slow
def test_the_articles_recipe_learns_the_real_mnist(
    runs_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["train", "--run", "article", "--recipe", "article", "--epochs", "1"]
    subprocess.run([sys.executable, "-m", "mnistcore", *call], cwd=PROJECT, check=True)

    main(["evaluate", "--checkpoint", str(runs_folder / "article" / "checkpoint.pt")])

    found = re.search(r"(\d+\.\d+)% of the 10,000", capsys.readouterr().out)
    assert found is not None
    assert float(found.group(1)) > 97.5


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0, 0.3, 1, 2, 4])
def test_ctrl_c_stops_a_run_however_early_it_comes(runs_folder: Path, delay: float) -> None:
    # As in a script: there a shell lets what runs in the background ignore Ctrl-C at first.
    command = shlex.join([*TRAIN, "--run", "early", "--epochs", "500", "--threads", "1"])
    process = subprocess.Popen(["bash", "-c", f"trap '' INT; exec {command}"], cwd=PROJECT)
    run = Run(runs_folder / "early")
    wait_until(run.config_file.exists)
    time.sleep(delay)

    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE_SECONDS) == 130
    assert status(run) == "stopped"
    assert not run.stop_request.exists()


@pytest.mark.slow
def test_a_second_ctrl_c_ends_the_process_at_once_and_one_within_a_second_does_not(
    runs_folder: Path,
) -> None:
    process = subprocess.Popen([*TRAIN, "--run", "twice", "--epochs", "500"], cwd=PROJECT)
    run = Run(runs_folder / "twice")
    await_step(run)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)

    assert process.wait(PATIENCE_SECONDS) == 130
    assert status(run) == "stopped"


def test_a_run_in_the_background_takes_what_others_leave_and_no_other_does(
    runs_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, ...]] = []
    session = tmp_path / "autogroup"
    monkeypatch.setattr(os, "setpriority", lambda *given: asked.append(given))
    monkeypatch.setattr(urgency, "AUTOGROUP", session)
    monkeypatch.delenv("MNISTCORE_RUN_NICENESS", raising=False)

    assert main(["train", "--resume", "nothing"]) == 1
    assert not asked and not session.exists()
    assert main(["train", "--background", "--resume", "nothing"]) == 1
    assert asked == [(os.PRIO_PROCESS, 0, 19)]
    assert session.read_text() == "19"
    monkeypatch.setenv("MNISTCORE_RUN_NICENESS", "0")
    assert main(["train", "--background", "--resume", "nothing"]) == 1
    assert asked[-1] == (os.PRIO_PROCESS, 0, 0)
    assert session.read_text() == "0"


def test_a_run_that_waits_has_not_loaded_torch(runs_folder: Path) -> None:
    busy = idle_run("busy")
    with claim(busy) as turn:
        turn.take()
        process = subprocess.Popen([*TRAIN, "--run", "patient"], cwd=PROJECT)
        run = Run(runs_folder / "patient")
        wait_until(lambda: run.config_file.exists() and status(run) == "waiting")
        loaded = Path(f"/proc/{process.pid}/maps")
        has_torch = loaded.exists() and "libtorch" in loaded.read_text()
        process.send_signal(signal.SIGINT)

        assert process.wait(PATIENCE_SECONDS) == 130

    assert not has_torch
    assert status(run) == "stopped"
