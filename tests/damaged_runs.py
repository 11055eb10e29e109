"""Runs as they are found after a bad day: each file of a folder spoilt in every way there is."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from mnistcore.reading.classifier import MYNET
from mnistcore.reading.kept_reading import keep_reading
from mnistcore.runs.all_runs import create_run
from mnistcore.runs.claim import claim
from mnistcore.runs.events import Begin, LayerSizes, LearningRateChange, Notice, append_event
from mnistcore.runs.folder import Run
from mnistcore.runs.snapshot import Snapshot, save_snapshot
from mnistcore.runs.status import record_outcome
from mnistcore.training.events import EpochEnd, StepEnd
from mnistcore.training.recipes import RECIPES
from tests.own_drawings import strange_fours

OTHERS: tuple[Any, ...] = (None, [], {}, "x", "\ud800", -1, float("nan"), 10**400, True)
Spoil = Callable[[Path], None]
Life = Callable[[Run], AbstractContextManager[None]]


def whole_run(name: str) -> Run:
    """Make a finished run with every file that one can have."""
    run = create_run(
        name,
        network="mynet",
        recipe=RECIPES["article"],
        num_threads=1,
        own_drawings=strange_fours(1, seed=1),
    )
    for event in (
        Begin(0, num_steps=2, batch_size=100, device="cpu"),
        Notice("A sentence."),
        StepEnd(1, 1, 0.25, accuracy=0.9, learning_rate=0.001, seconds=0.1),
        LayerSizes(1, {"1 Conv2d": 0.5}, {"1 Conv2d": 0.1}),
        LearningRateChange(2, 0.002),
        StepEnd(2, 1, 0.25, accuracy=0.9, learning_rate=0.002, seconds=0.1),
        EpochEnd(2, 1, valid_loss=0.2, valid_accuracy=0.987, seconds=1, images_per_second=200),
    ):
        append_event(run.metrics, event)
    kernels, images = np.ones((16, 3, 3), np.float32), np.zeros((20, 28, 28), np.uint8)
    labels, said = np.zeros(20, np.int64), np.full((20, 10), 0.1, np.float32)
    save_snapshot(run.snapshot, Snapshot(2, kernels, images, labels, said))
    run.epochs.mkdir()
    for path in (run.checkpoint, run.previous_checkpoint, run.epoch_file(0), run.epoch_file(1)):
        shutil.copyfile(MYNET, path)
    keep_reading(run.checkpoint, np.full((10_000, 10), 0.1, np.float32))
    run.started.write_text('{"time": 1.0}')
    run.log.write_text("epoch 1\n")
    record_outcome(run, "finished")
    return run


@contextmanager
def finished(run: Run) -> Iterator[None]:
    """Leave a run as it is, with nobody who carries it out."""
    yield


@contextmanager
def waiting(run: Run) -> Iterator[None]:
    """Have a run wait in line."""
    with claim(run) as turn:
        turn._enter("waiting", since=5)
        yield


@contextmanager
def running(run: Run) -> Iterator[None]:
    """Have a run take its turn."""
    with claim(run) as turn:
        assert turn.take()
        yield


LIVES: dict[str, Life] = {"finished": finished, "waiting": waiting, "running": running}


@contextmanager
def own_runs() -> Iterator[Path]:
    """Give runs a folder of their own, in the one that this gives; visitors may do everything."""
    with TemporaryDirectory() as folder:
        settings = {
            "MNISTCORE_RUNS": f"{folder}/runs",
            "MNISTCORE_STANDBY_SECONDS": "0",
            "MNISTCORE_SETTINGS": os.devnull,
        }
        with patch.dict(os.environ, settings):
            yield Path(folder)


def content_of(path: Path) -> bytes:
    """Return what a file holds; nothing where there is none."""
    return path.read_bytes() if path.is_file() else b""


def files_of(run: Run) -> list[str]:
    """Return every file that a run's folder can hold, by its path in it; `epochs` too."""
    always = ("phase.json", "learning_rate.json", "stop", "pause", ".reserved", "epochs")
    found = (path.relative_to(run.folder) for path in run.folder.rglob("*") if path.is_file())
    return sorted({*always, *(path.as_posix() for path in found)} - {".lock"})


def damages(content: bytes) -> Iterator[tuple[str, Spoil]]:
    """Yield a word, and what spoils a file that holds this."""
    for share in (0, 0.3, 0.9):
        yield f"cut at {share:.0%}", write(content[: int(len(content) * share)])
    for place in (0, len(content) // 2, len(content) - 1):
        if content:
            flipped = bytearray(content)
            flipped[place] ^= 0x5A
            yield f"flipped at {place}", write(bytes(flipped))
    yield "not UTF-8", write(b'{"network": "\xff\xfe", "event": 7}\n')
    for value in ("null", "[]", "7", '"x"', "{}", "[" * 3000, "9" * 5000, "NaN", '{"event":[]}'):
        yield f"{value[:20]}", write(value.encode() + b"\n")
    yield from wrong_types(content)
    yield "a folder", make_folder
    yield "nowhere", make_dangling_link
    yield "a loop", make_loop
    yield "a pipe", make_pipe
    yield "half a character", write(b'{"event": "Notice", "message": "\\ud800", "time": 1}\n')


def wrong_types(content: bytes) -> Iterator[tuple[str, Spoil]]:
    """Yield JSON in which one field after another is what it cannot be."""
    for line in content.splitlines() if content.count(b"\n{") else [content]:
        try:
            values = json.loads(line)
        except ValueError:
            return
        if not isinstance(values, dict):
            return
        for name in values:
            for other in OTHERS:
                changed = json.dumps({**values, name: other}).encode() + b"\n"
                yield f"{name} = {ascii(str(other)[:20])[1:-1]}", write(changed)


def write(content: bytes) -> Spoil:
    """Return what puts other content into a file."""

    def spoil(path: Path) -> None:
        clear(path)
        path.write_bytes(content)

    return spoil


def make_folder(path: Path) -> None:
    """Put a folder with something in it where a file should be; a file where `epochs` should."""
    was_folder = path.is_dir()
    clear(path)
    if was_folder:
        path.write_text("")
    else:
        (path / "inside").mkdir(parents=True)


def make_dangling_link(path: Path) -> None:
    """Put a link there that leads nowhere."""
    clear(path)
    path.symlink_to("nowhere")


def make_loop(path: Path) -> None:
    """Put a link there that leads to itself."""
    clear(path)
    path.symlink_to(path.name)


def make_pipe(path: Path) -> None:
    """Put a pipe there that nobody ever writes to; a folder where the system has none."""
    clear(path)
    getattr(os, "mkfifo", os.mkdir)(path)


def clear(path: Path) -> None:
    """Remove what stands at a path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
