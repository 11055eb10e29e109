"""A run's folder and every file in it; nobody else spells their names.

None is ever half there: see `files.written_whole`. Imports no torch: whoever only watches runs does
not wait for it.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mnistcore.errors import InvalidInputError
from mnistcore.files import CHECKOUT, check_is_file
from mnistcore.runs.schema import Config, read_config
from mnistcore.sentences import Sentence

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # of a run, and so of its folder


class _File:
    """A path in a run's folder."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, run: "Run", kind: type["Run"]) -> Path:
        return run.folder / self._name


@dataclass(frozen=True)
class Run:
    """A run's folder, and where its files lie.

    >>> Run(Path("runs/mine")).epoch_file(7).as_posix()
    'runs/mine/epochs/0007.pt'
    """

    folder: Path

    config_file = _File("config.json")  # what was asked for: network, recipe, device, versions
    own_drawings = _File("drawings.json")  # learned from beside MNIST, if any: see `own_drawings`
    metrics = _File("metrics.jsonl")  # an event a line, only ever added to: see `events`
    checkpoint = _File("checkpoint.pt")  # weights and training state, replaced as the run goes on
    previous_checkpoint = _File("checkpoint.previous.pt")  # the one before, should that be damaged
    damaged_checkpoint = _File("checkpoint.damaged.pt")  # put aside
    epochs = _File("epochs")  # a folder: see `epochs`
    reading = _File("checkpoint.reading")  # of the test split: see `reading.kept_reading`
    snapshot = _File("snapshot.npz")  # what the page shows of the network as it forms
    log = _File("log.txt")  # what the process printed, if it was started by `all_runs.start`

    started = _File("started.json")  # when a process was last started
    lock = _File(".lock")  # held by the process that lives
    phase = _File("phase.json")  # what that process does, and its place in line: see `queue`
    outcome = _File("outcome.json")  # how the run ended, once it has
    reserved = _File(".reserved")  # room for the outcome on a full disk

    stop_request = _File("stop")  # see `control`
    pause_request = _File("pause")
    learning_rate_request = _File("learning_rate.json")

    @property
    def name(self) -> str:
        """The folder's name, which is the run's."""
        return self.folder.name

    @property
    def config(self) -> Config:
        """What was asked for.

        Raises:
            InvalidInputError: That is not known any more.
        """
        try:
            check_is_file(self.lock)
            config = read_config(self.config_file)
        except InvalidInputError as error:
            raise InvalidInputError(
                "The run {name!r} cannot be used: {error} Delete it, or put the file back.",
                name=self.name,
                error=error,
            ) from None
        if config is None:
            raise InvalidInputError(
                "There is no run {name!r} any more. Choose another one.", name=self.name
            )
        return config

    @property
    def fault(self) -> str:
        """What makes the run unusable, in a sentence; empty if nothing does."""
        try:
            self.config  # noqa: B018
        except InvalidInputError as error:
            return Sentence(error.template, **error.values)
        return ""

    def epoch_file(self, epoch: int) -> Path:
        """Return where the weights after an epoch lie, if they were kept."""
        return self.epochs / f"{epoch:04}.pt"


def runs_folder() -> Path:
    """Return the folder of all runs: what `MNISTCORE_RUNS` names, or `runs/`.

    That is the checkout's; of an installed library, the one where it is called.
    """
    return Path(os.environ.get("MNISTCORE_RUNS") or (CHECKOUT or Path()) / "runs").absolute()


def all_folders() -> list[Run]:
    """Return every run there is, in no order."""
    folders = runs_folder()
    if not folders.is_dir():
        return []
    try:
        return [
            Run(folder)
            for folder in folders.iterdir()
            if NAME.fullmatch(folder.name) and Run(folder).config_file.exists()
        ]
    except OSError as error:
        raise InvalidInputError(
            "The runs cannot be listed: {error}. Mend that folder.", error=error
        ) from None


def checked_name(name: str) -> str:
    """Return a name that a run can have.

    Raises:
        InvalidInputError: It is no folder's name.

    >>> checked_name("a-1")
    'a-1'
    """
    if not NAME.fullmatch(name):
        raise InvalidInputError(
            "A run cannot be called {name!r}. Use up to 64 letters, digits, '.', '-' and '_', "
            "beginning with a letter or digit.",
            name=name,
        )
    return name


def machine_lock() -> Path:
    """Return the lock that is held by the one run that trains."""
    return runs_folder() / ".lock"


@contextmanager
def refusing(what: InvalidInputError) -> Iterator[None]:
    """Tell in a sentence what the system refuses: a full disk, a folder that cannot be written."""
    try:
        yield
    except OSError as error:
        raise InvalidInputError(
            "{what}: {error}. See that there is room in {folder} and that it can be written, or "
            "name another folder in MNISTCORE_RUNS.",
            what=what,
            error=error,
            folder=runs_folder(),
        ) from error
