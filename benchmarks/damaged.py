"""Damaged run folders: every file of a run spoilt in every way, under pages, commands, training.

Each damage befalls a finished, a waiting and a running run that has every file a run can have; then
pages and commands look at it. The files of runs that really train are spoilt in between: such a run
goes on or ends with a sentence. Faults are exceptions, commands that do not answer, a run that
cannot be deleted, and whatever happens to the other run in the folder.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from itertools import cycle, islice
from pathlib import Path

from benchmarks.damaged_training import spoil_trainings
from mnistcore.__main__ import main
from mnistcore.runs.folder import Run
from tests.damaged_runs import (
    LIVES,
    Life,
    clear,
    content_of,
    damages,
    files_of,
    own_runs,
    whole_run,
)
from tests.pages.conftest import visit
from tests.pictures import picture
from ui.torch_import import import_torch

PAGES = [
    *(("pages/training.py", {"run": "spoilt", "training_view": view}) for view in
      ("live", "result", "compare", "files")),
    *(("pages/prediction.py", {"network": "spoilt", "epoch": "1", "view": view}) for view in
      ("draw", "test-set", "slideshow")),
    ("pages/network.py", {"inside_network": "spoilt", "inside_epoch": "1"}),
]  # fmt: skip
COMMANDS = (
    "runs",
    "runs compare spoilt other",
    "runs learning-rate spoilt 0.01",
    "runs pause spoilt",
    "runs unpause spoilt",
    "runs stop spoilt",
    "export spoilt {folder}/network.pt",
    "export --report spoilt {folder}/report.html",
    "predict --checkpoint {folder}/runs/spoilt/checkpoint.pt {folder}/picture.png",
)


@dataclass
class Report:
    """What became of damaged runs.

    Attributes:
        damages: How often a file was spoilt, by the run's life.
        looks: How often a page or command looked at what was left.
        faults: What went wrong, with the last damage that it came of.
    """

    damages: Counter[str] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--share", type=float, default=1, help="of all damages (%(default)s)")
    parser.add_argument("--pages", type=int, default=1, help="for each damage (%(default)s)")
    parser.add_argument("--trainings", type=int, default=40, help="spoilt (%(default)s)")
    parser.add_argument("--seed", type=int, default=17, help="(%(default)s)")


def run(options: argparse.Namespace) -> None:
    report = spoil_runs(options.share, options.pages, options.seed)
    for life, number in report.damages.items():
        print(f"{number:6,} damages of a {life} run")
    print(f"{report.looks['page']:,} visits of pages, {report.looks['command']:,} commands")
    trained = spoil_trainings(options.trainings, options.seed)
    print(f"{trained.number:6,} damages of a run in training: {dict(trained.endings)}")
    faults = {**report.faults, **trained.faults}
    for fault, damage in faults.items():
        print(f"  {damage}: {fault}")
    print(f"{len(faults)} kinds of faults")
    if faults:
        sys.exit(1)


def spoil_runs(share: float, num_pages: int, seed: int) -> Report:
    """Spoil every file of a run in each of its lives, and look at what is left.

    Args:
        share: Of all damages, that are tried.
        num_pages: That look at each, in turn.
        seed: Of those that are tried.
    """
    import_torch()
    report, chance, pages = Report(), random.Random(seed), cycle(PAGES)
    with own_runs() as folder:
        (folder / "picture.png").write_bytes(picture(5, "PNG"))
        other = whole_run("other")
        untouched = bytes_of(other)
        for life, live in LIVES.items():
            for file, word in every_damage(live):
                if chance.random() > share:
                    continue
                report.damages[life] += 1
                for fault in _faults(live, file, word, islice(pages, num_pages), folder, report):
                    report.faults[fault] = f"{life}, {file}, {word}"
                if bytes_of(other) != untouched:
                    report.faults["The other run was touched."] = f"{life}, {file}, {word}"
                    return report
    return report


def every_damage(live: Life) -> list[tuple[str, str]]:
    """Return every file that a run can have, with a word for each way to spoil it."""
    run = whole_run("sample")
    with live(run):
        found = [
            (file, word)
            for file in files_of(run)
            for word, _ in damages(content_of(run.folder / file))
        ]
    main(["runs", "delete", run.name])
    return found


def _faults(
    live: Life,
    file: str,
    word: str,
    pages: Iterator[tuple[str, dict[str, str]]],
    folder: Path,
    report: Report,
) -> Iterator[str]:
    """Spoil one file of a new run, have it looked at and deleted, and yield what goes wrong."""
    run = whole_run("spoilt")
    with live(run):
        path = run.folder / file
        dict(damages(content_of(path)))[word](path)
        for page, address in pages:
            report.looks["page"] += 1
            yield from told_by(partial(_visit, page, address))
        for command in COMMANDS:
            report.looks["command"] += 1
            yield from told_by(partial(_call, command, folder))
    if run.config_file.exists():
        yield from told_by(partial(_delete, run))
    else:  # no run any more, to anybody
        clear(run.folder)


def told_by(look: Callable[[], str]) -> Iterator[str]:
    """Yield what a look tells of, if anything; an exception is told of like the rest."""
    try:
        told = look()
    except Exception as error:  # whatever it is, it is what is looked for
        told = f"{type(error).__name__}: {str(error)[:200]}"
    if told:
        yield told


def _visit(path: str, address: dict[str, str]) -> str:
    page = visit(path, **address)
    shown = next(iter(page.exception), None)
    return f"{path} {address}: {shown.message} {shown.value[:200]}" if shown else ""


def _call(command: str, folder: Path) -> str:
    said, refused = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(refused):
        try:
            code = main(command.format(folder=folder).split())
        except Exception as error:  # whatever it is, it is what is looked for
            return f"{command}: {type(error).__name__}: {str(error)[:200]}"
    if command == "runs":
        is_told = code == 0 and f"\nother{' ' * 20}finished" in said.getvalue()
        return "" if is_told else f"runs: {said.getvalue()[:200]}"
    is_sentence = code == 0 or 10 < len(refused.getvalue()) < 1500
    return "" if is_sentence else f"{command}: {code}, {refused.getvalue()[:200]}"


def _delete(run: Run) -> str:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as refused:
        main(["runs", "delete", run.name])
    return f"delete: {refused.getvalue()}" if run.folder.exists() else ""


def bytes_of(run: Run) -> dict[Path, bytes]:
    """Return what every file of a run holds."""
    return {path: path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
