"""What whoever runs the app allows its visitors, in `mnistcore.toml` beside `app.py`.

The command line is the operator's own, and knows none of these limits.
"""

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from filelock import FileLock
from msgspec import Meta

from mnistcore.errors import InvalidInputError
from mnistcore.files import CHECKOUT, as_kind, damaged
from mnistcore.runs.folder import all_folders, refusing, runs_folder
from mnistcore.runs.status import ACTIVE, status

Count = Annotated[int, Meta(ge=0, le=1_000_000)]


@dataclass(frozen=True)
class Settings:
    """What visitors may do.

    Attributes:
        training: Start runs, stop and pause them, change their learning rate and their names.
        deletion: Delete runs.
        only_own: Of all that, only to runs that they have started themselves.
        uploads: Bring pictures, drawings, networks and checkpoints.
        phones: Show on another visitor's page what they draw, by its code.
        most_epochs: Of a run.
        most_runs: Kept at a time.
        most_in_line: Runs that train, wait or pause at a time.
        most_gigabytes: That all runs may take before no new one is begun.
        most_upload_megabytes: Of all files that visitors have brought and that are in memory.
    """

    training: bool = True
    deletion: bool = True
    only_own: bool = False
    uploads: bool = True
    phones: bool = True
    most_epochs: Count = 1000
    most_runs: Count = 500
    most_in_line: Count = 8
    most_gigabytes: Annotated[float, Meta(ge=0)] = 20
    most_upload_megabytes: Annotated[float, Meta(ge=0)] = 500


def settings_file() -> Path:
    """Return where the settings lie: what `MNISTCORE_SETTINGS` names, or `mnistcore.toml`."""
    return Path(os.environ.get("MNISTCORE_SETTINGS") or (CHECKOUT or Path()) / "mnistcore.toml")


def settings() -> Settings:
    """Return what visitors may do now; everything within reason where there is no file.

    Raises:
        InvalidInputError: The file is damaged, or has a setting that there is not.
    """
    path = settings_file()
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Settings()
    return _read(path, changed)


def check_may_train() -> None:
    """Refuse what a visitor asks of a run, if visitors may only watch.

    Raises:
        InvalidInputError: They may.
    """
    if not settings().training:
        raise InvalidInputError("Whoever runs this app lets runs be watched only.")


@contextmanager
def starting(epochs: int, *, is_new: bool) -> Iterator[None]:
    """Check as `check_may_start` does, and let nobody else start a run until this one is.

    Of all who ask at once, at any process that shares the runs, each counts those before him.

    Args:
        epochs: Of the run.
        is_new: Whether its folder is yet to be made.

    Raises:
        InvalidInputError: As there, or the folder of the runs cannot be written.
    """
    check_may_train()
    lock = FileLock(runs_folder() / ".starting.lock")
    with refusing(InvalidInputError("A run cannot be started")):
        runs_folder().mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        check_may_start(epochs, is_new=is_new)
        yield
    finally:
        lock.release()


def check_may_start(epochs: int, *, is_new: bool) -> None:
    """Refuse a run that is too long, or for which there is no room.

    Args:
        epochs: Of the run.
        is_new: Whether its folder is yet to be made.

    Raises:
        InvalidInputError: It is, or there is none.
    """
    check_may_train()
    allowed, runs = settings(), all_folders()
    if epochs > allowed.most_epochs:
        raise InvalidInputError(
            "`epochs` is {epochs:,}, here a run has at most {most_epochs:,}. Choose fewer.",
            epochs=epochs,
            most_epochs=allowed.most_epochs,
        )
    if sum(status(run) in ACTIVE for run in runs) >= allowed.most_in_line:
        raise InvalidInputError(
            "{most_in_line:,} runs train or wait already, which is the most here. Wait until one "
            "has ended, or stop one.",
            most_in_line=allowed.most_in_line,
        )
    if is_new and len(runs) >= allowed.most_runs:
        raise InvalidInputError(
            "{most_runs:,} runs are kept already, the most there may be. Delete one first.",
            most_runs=allowed.most_runs,
        )
    if is_new and _bytes_of_runs() > allowed.most_gigabytes * 1e9:
        raise InvalidInputError(
            "The runs take more than {most_gigabytes:g} GB already, which is the most here. "
            "Delete one first.",
            most_gigabytes=allowed.most_gigabytes,
        )


def check_may_delete() -> None:
    """Refuse to delete a run, if visitors may not.

    Raises:
        InvalidInputError: They may not.
    """
    if not settings().deletion:
        raise InvalidInputError("Whoever runs this app lets no visitor delete a run.")


def check_may_use_phones() -> None:
    """Refuse to show on one page what is drawn on another, if visitors may not.

    Raises:
        InvalidInputError: They may not.
    """
    if not settings().phones:
        raise InvalidInputError("Whoever runs this app lets no page show what another draws.")


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Settings:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        known = [own.name for own in fields(Settings)]
        if unknown := [name for name in content if name not in known]:
            raise InvalidInputError(
                "there is no setting {unknown!r}, only {known}",
                unknown=unknown[0],
                known=", ".join(known),
            )
        return as_kind(content, Settings)
    except (OSError, ValueError) as error:
        raise damaged(path, error) from None


def _bytes_of_runs() -> int:
    num_bytes = 0
    for folder, _, names in os.walk(runs_folder()):
        for name in names:
            with suppress(FileNotFoundError, NotADirectoryError):  # removed since it was seen
                num_bytes += Path(folder, name).lstat().st_size
    return num_bytes
