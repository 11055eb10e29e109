"""All runs: listed, found, created, started as processes, renamed, deleted, compared.

What lies in a run's folder: `folder`; how it stands: `status`; what may be asked of it while
it is going on: `control`. Imports no torch.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from mnistcore.errors import InvalidInputError
from mnistcore.files import CHECKOUT, write_json
from mnistcore.models.catalogue import Network, checked_network, network_title
from mnistcore.runs.control import clear_requests
from mnistcore.runs.folder import Run, all_folders, runs_folder
from mnistcore.runs.status import ACTIVE, status
from mnistcore.training.recipes import Recipe

DEVICES = ("auto", "cpu", "cuda", "mps")
PACKAGES = ("torch", "torchvision", "numpy")  # whose versions can change a result


def list_runs() -> list[Run]:
    """Return all runs, the newest first."""
    created = [(c.get("created", 0.0), run) for run in all_folders() if (c := run.config)]
    return [run for _, run in sorted(created, key=lambda pair: pair[0], reverse=True)]


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
        raise InvalidInputError(f"There is no run {name!r}. Known runs: {known}.")
    return run


def create_run(
    name: str,
    *,
    network: Network,
    recipe: Recipe,
    num_threads: int | None = None,
    device: str = "auto",
) -> Run:
    """Make the folder of a new run; whoever comes second with the same name is refused.

    Args:
        name: Becomes the folder's name.
        network: What is trained, see `models.catalogue`.
        recipe: How.
        num_threads: Of the CPU, see `default_num_threads`; others change the last bits.
        device: A name in `DEVICES`; `auto` becomes the best there is when the run first starts.

    Raises:
        InvalidInputError: The name is taken or is no folder's name, there is no such device,
            network or number of threads, or the network cannot learn from the recipe's data.
    """
    if device not in DEVICES:
        raise InvalidInputError(f"There is no device {device!r}. Choose {' or '.join(DEVICES)}.")
    run = Run(runs_folder() / checked_name(name))
    config = {
        "network": _checked_for(recipe, network),
        "recipe": asdict(recipe),
        "device": device,
        "num_threads": _checked_num_threads(num_threads),
        "versions": installed_versions(),
        "created": time.time(),
    }
    try:
        run.folder.mkdir(parents=True)
    except FileExistsError:
        raise InvalidInputError(
            f"There is a run {name!r} already. Choose another name, or go on with that one."
        ) from None
    write_json(run.config_file, config)
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
    target = run.folder.with_name(checked_name(name))
    if target.exists():
        raise InvalidInputError(f"There is a run {name!r} already. Choose another name.")
    return Run(run.folder.rename(target))


def delete_run(run: Run) -> None:
    """Remove a run's folder with all that is in it.

    Raises:
        InvalidInputError: The run is still going on.
    """
    _refuse_if_active(run)
    shutil.rmtree(run.folder)


def prepare_start(run: Run) -> None:
    """Clear what was asked of a run's last process, before anyone can ask the next one.

    Raises:
        InvalidInputError: The run is going on; one whose process is only starting passes, and keeps
            what it was asked since.
    """
    stands = status(run)
    if stands in ACTIVE and stands != "starting":
        raise InvalidInputError(f"The run {run.name!r} is going on already: it is {stands}.")
    if stands != "starting":
        clear_requests(run)


def start(run: Run) -> None:
    """Start `python -m mnistcore train --resume NAME` as a process that outlives this one.

    Args:
        run: New from `create_run`, or one to go on with; one that is alive is left alone.
    """
    if status(run) in ACTIVE:
        return
    prepare_start(run)
    write_json(run.started, {"time": time.time()})
    run.outcome.unlink(missing_ok=True)
    with run.log.open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "mnistcore", "train", "--resume", run.name],
            cwd=CHECKOUT,
            env={**os.environ, "MNISTCORE_RUNS": str(runs_folder()), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def differences(compared: Sequence[Run]) -> dict[str, list[Any]]:
    """Return the settings in which runs differ: for each, what every run has.

    Args:
        compared: The runs, in the order of the answer's lists.
    """
    settings = [_settings(run) for run in compared]
    names = dict.fromkeys(name for own in settings for name in own)
    table = {name: [own.get(name, "–") for own in settings] for name in names}
    return {name: values for name, values in table.items() if any(v != values[0] for v in values)}


def checked_name(name: str) -> str:
    """Return a name that a run can have.

    Raises:
        InvalidInputError: It is no folder's name.

    >>> checked_name("a-1")
    'a-1'
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name):
        raise InvalidInputError(
            f"A run cannot be called {name!r}. Use up to 64 letters, digits, '.', '-' and '_', "
            "beginning with a letter or digit."
        )
    return name


def _checked_num_threads(num_threads: int | None) -> int:
    if num_threads is None:
        return default_num_threads()
    if not 1 <= num_threads <= 1024:
        raise InvalidInputError(f"`threads` is {num_threads}. Choose from 1 to 1024.")
    return num_threads


def _checked_for(recipe: Recipe, network: Network) -> Network:
    if recipe.data == "mnist and drawings" and network != "drawing-net":
        raise InvalidInputError(
            f"The network {network_title(network)!r} has no output for what is no digit, which the "
            f"recipe's `data` {recipe.data!r} has. Choose `drawing-net`, or another recipe."
        )
    return checked_network(network)


def _settings(run: Run) -> dict[str, Any]:
    config = run.config
    own = {name: config[name] for name in ("device", "num_threads") if name in config}
    network = network_title(config["network"])
    return {"network": network, **config["recipe"], **own, **config.get("versions", {})}


def _refuse_if_active(run: Run) -> None:
    if status(run) in ACTIVE:
        raise InvalidInputError(f"The run {run.name!r} is still going on. Stop it first.")
