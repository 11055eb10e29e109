"""Runs whose files are spoilt while they train: each goes on, or ends with a sentence."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.control import request_stop
from mnistcore.runs.folder import Run, runs_folder
from mnistcore.runs.status import is_locked, status
from tests.damaged_runs import clear, content_of, damages, files_of, own_runs, whole_run

WORDS = ("cut at 30%", "null", "[]", "not UTF-8", "a folder", "nowhere")
SETTINGS = ("--recipe", "article", "--seed", "3", "--threads", "1")
LONGEST_LOOK = 1.0  # seconds from the damage to the request to stop
PATIENCE_SECONDS = 300


@dataclass
class Trained:
    """What became of runs that were spoilt in training.

    Attributes:
        number: Of damages.
        endings: How the runs stood then, and after they were gone on with.
        faults: What went wrong, with the last damage that it came of.
    """

    number: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def spoil_trainings(number: int, seed: int) -> Trained:
    """Spoil files of runs that train, one of each, and go on with what is left.

    Args:
        number: Of runs.
        seed: Of the files and the moments.
    """
    trained, chance = Trained(), random.Random(seed)
    with own_runs():
        sample = whole_run("other")
        pairs = [(file, word) for file in files_of(sample) for word in WORDS]
        untouched = content_of(sample.checkpoint)
        for file, word in chance.sample(pairs, min(number, len(pairs))):
            trained.number += 1
            for fault in _faults(file, word, chance, trained):
                trained.faults[fault] = f"in training, {file}, {word}"
            if content_of(sample.checkpoint) != untouched or status(sample) != "finished":
                trained.faults["The other run was touched."] = f"in training, {file}, {word}"
    return trained


def _faults(file: str, word: str, chance: random.Random, trained: Trained) -> list[str]:
    """Spoil one file of a run that trains, go on with it, and return what went wrong."""
    told = _train_and_spoil(("--run", "spoilt", *SETTINGS), chance, (file, word))
    run = Run(runs_folder() / "spoilt")
    trained.endings[status(run)] += 1
    told += _train_and_spoil(("--resume", "spoilt"), chance, None)
    trained.endings[f"{status(run)} again"] += 1
    if is_locked(run.lock):
        told.append("a process is left")
    try:
        all_runs.delete_run(run)
    except InvalidInputError as error:
        told.append(f"it cannot be deleted: {error}")
        clear(run.folder)
    return told


def _train_and_spoil(
    arguments: tuple[str, ...], chance: random.Random, damage: tuple[str, str] | None
) -> list[str]:
    """Train, spoil a file at a random moment if asked to, and have the run stop."""
    run = Run(runs_folder() / "spoilt")
    log = run.folder.with_name("spoilt.txt")
    before = len(content_of(run.metrics))
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mnistcore", "train", *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and len(content_of(run.metrics)) <= before:
        time.sleep(0.02)
        if time.monotonic() > deadline:
            os.killpg(process.pid, signal.SIGKILL)
    if damage:
        file, word = damage
        path = run.folder / file
        dict(damages(content_of(path)))[word](path)
    time.sleep(chance.uniform(0.1, LONGEST_LOOK))
    return _ended(process, run, log)


def _ended(process: subprocess.Popen[bytes], run: Run, log: Path) -> list[str]:
    """Have a run stop, and return what is wrong with how it did."""
    try:
        if process.poll() is None:
            request_stop(run)
        process.wait(PATIENCE_SECONDS)
    except InvalidInputError:  # it ended in that moment, or the request is what was spoilt
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return ["it does not stop"]
    text = log.read_text()
    return [text.splitlines()[-1][:300]] if "Traceback" in text else []
