"""All runs: listed, found, created, started as processes, renamed, deleted.

What lies in a run's folder: `folder`; how it stands: `status`. Imports no torch.
"""

import logging
import os
import platform
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.metadata import version

from mnistcore.drawings.drawing_files import LabelledDrawing
from mnistcore.errors import InvalidInputError
from mnistcore.files import open_file, remove, write_json
from mnistcore.models.catalogue import Network, network_title
from mnistcore.runs import standby
from mnistcore.runs.control import clear_requests
from mnistcore.runs.folder import Run, all_folders, checked_name, refusing, runs_folder
from mnistcore.runs.own_drawings import keep_own_drawings
from mnistcore.runs.schema import Config, Started
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import Recipe

_log = logging.getLogger(__name__)

PACKAGES = ("torch", "torchvision", "numpy")  # whose versions can change a result


def list_runs() -> list[Run]:
    """Return all runs, the newest first, damaged ones at the end."""
    return sorted(all_folders(), key=_created, reverse=True)


def count_runs() -> int:
    """Return how many runs there are, without opening a file."""
    return len(all_folders())


def find_run(name: str) -> Run:
    """Return the run of this name.

    Raises:
        InvalidInputError: There is none.
    """
    run = Run(runs_folder() / checked_name(name))
    if not run.config_file.exists():
        known = ", ".join(run.name for run in list_runs()) or "none yet"
        raise InvalidInputError(
            "There is no run {name!r}. Known runs: {known}.", name=name, known=known
        )
    return run


def create_run(
    name: str,
    *,
    network: Network,
    recipe: Recipe,
    num_threads: int | None = None,
    device: str = "auto",
    owner: str = "",
    own_drawings: Sequence[LabelledDrawing] = (),
) -> Run:
    """Make the folder of a new run; whoever comes second with the same name is refused.

    Args:
        name: Becomes the folder's name.
        network: What is trained, see `models.catalogue`.
        recipe: How.
        num_threads: Of the CPU, see `default_num_threads`; others change the last bits.
        device: A name in `DEVICES`; `auto` becomes the best there is when the run first starts.
        owner: What tells whoever starts it from others.
        own_drawings: Learned from beside the recipe's data, see `training.own_drawings`.

    Raises:
        InvalidInputError: The name is taken or is no folder's name, there is no such device,
            network or number of threads, the network cannot learn from the recipe's data, or a
            drawing cannot be used.
    """
    run = Run(runs_folder() / checked_name(name))
    config = Config(
        network=_checked_for(recipe, network),
        recipe=recipe,
        device=device,
        num_threads=_checked_num_threads(num_threads),
        versions=installed_versions(),
        created=time.time(),
        owner=owner,
    )
    with refusing(InvalidInputError("The run {name!r} cannot be made", name=name)):
        runs_folder().mkdir(parents=True, exist_ok=True)
        _make_folder(run)
        try:
            kept = keep_own_drawings(run, own_drawings)
            write_json(run.config_file, asdict(replace(config, own_drawings=kept)))
        except (OSError, InvalidInputError):
            shutil.rmtree(run.folder)  # else the name would be taken by nothing
            raise
    return run


def default_num_threads() -> int:
    """Return half the machine's processors: the other half keeps the pages quick.

    A network this small gains little from more, and loses much where it has to share them.
    """
    return max(1, (os.cpu_count() or 1) // 2)


def installed_versions() -> dict[str, str]:
    """Return the versions that a result can depend on, without importing what they are of."""
    return {
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }


def suggest_name(prefix: str) -> str:
    """Return the first free name of the form `prefix-1`."""
    number = 1
    while (runs_folder() / f"{prefix}-{number}").exists():
        number += 1
    return f"{prefix}-{number}"


def rename_run(run: Run, name: str) -> Run:
    """Give a run another name.

    Raises:
        InvalidInputError: The run is still going on, or the name is taken or is no folder's name.
    """
    _refuse_if_active(run)
    target = Run(run.folder.with_name(checked_name(name)))
    with refusing(InvalidInputError("The run {name!r} cannot be renamed", name=run.name)):
        _make_folder(target)  # or one that begins now could have that name
        try:
            run.folder.rename(target.folder)
        except OSError:
            target.folder.rmdir()
            raise
    _log.info("run %s renamed to %s", run.name, name)
    return target


def delete_run(run: Run) -> None:
    """Remove a run's folder with all that is in it; one that is gone already is left at that.

    Raises:
        InvalidInputError: The run is still going on, or its files cannot be removed.
    """
    _refuse_if_active(run)
    _log.info("run %s deleted", run.name)
    with refusing(InvalidInputError("The run {name!r} cannot be deleted", name=run.name)):
        while run.folder.exists():
            with suppress(FileNotFoundError):  # two delete it at once
                shutil.rmtree(run.folder)


def prepare_start(run: Run) -> None:
    """Clear what was asked of a run's last process, before anyone can ask the next one.

    Raises:
        InvalidInputError: The run is damaged, or going on; one whose process is only starting
            passes, and keeps what it was asked since.
    """
    stands = status(run)
    if stands == "damaged":
        run.config  # noqa: B018 - it says what is wrong
    if stands in ACTIVE and stands != "starting":
        raise InvalidInputError(
            "The run {name!r} is going on already: it is {stands}.", name=run.name, stands=stands
        )
    if stands != "starting":
        clear_requests(run)


def start(run: Run) -> None:
    """Have a process that outlives this one carry a run out: `train --background --resume NAME`.

    The one that stands by, if there is one, else a new one.

    Args:
        run: New from `create_run`, or one to go on with; one that is alive is left alone.

    Raises:
        InvalidInputError: The run is damaged, or the system has no room for it.
    """
    if status(run) in ACTIVE:
        return
    prepare_start(run)
    _log.info("run %s started", run.name)
    with refusing(InvalidInputError("The run {name!r} cannot be started", name=run.name)):
        write_json(run.started, asdict(Started(time.time())))
        remove(run.outcome)
        if not standby.hand_over(run):
            _start_process(run)


def _start_process(run: Run) -> None:
    with open_file(run.log, "ab") as log:
        standby.start_process(["train", "--background", "--resume", run.name], log)


def _checked_num_threads(num_threads: int | None) -> int:
    if num_threads is None:
        return default_num_threads()
    if not 1 <= num_threads <= 1024:
        raise InvalidInputError(
            "`threads` is {num_threads}. Choose from 1 to 1024.", num_threads=num_threads
        )
    return num_threads


def _checked_for(recipe: Recipe, network: Network) -> Network:
    if recipe.data == "mnist and drawings" and network != "drawing-net":
        raise InvalidInputError(
            "The network {network!r} has no output for what is no digit, which the recipe's "
            "`data` {data!r} has. Choose `drawing-net`, or another recipe.",
            network=network_title(network),
            data=recipe.data,
        )
    return network


def _created(run: Run) -> float:
    try:
        return run.config.created
    except InvalidInputError:
        return -1


def _make_folder(run: Run) -> None:
    try:
        run.folder.mkdir()
    except FileExistsError:  # there is one, or somebody was faster
        raise InvalidInputError(
            "There is a run {name!r} already. Choose another name, or go on with that one.",
            name=run.name,
        ) from None


def _refuse_if_active(run: Run) -> None:
    if status(run) in ACTIVE:
        raise InvalidInputError("The run {name!r} is still going on. Stop it first.", name=run.name)
