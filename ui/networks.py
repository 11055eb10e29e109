"""The networks that can read: each has a key, is loaded once for all, and knows its epochs.

Loading one imports torch: the first visitor of a page that asks for it waits once, the others
never.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import streamlit as st

import mnistcore
from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from ui.language import N_, Spoken, _
from ui.torch_import import freeze, import_torch

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Classifier

WEIGHTS = Path(mnistcore.__file__).parent / "weights"
TITLES = {"mynet": "MyNet", "drawing-net": "DrawingNet", "deep-net": "DeepNet"}
UPLOAD_LABEL = N_("A file of mine ...")
UPLOADED = "uploaded_network"
OF_THE_APP = "~"  # begins the addresses of what is no run: a run's name begins otherwise

# What tells a file from the one that replaces it: the time it was written. Of a file that never
# was on this disk, its whole content.
Version = int | bytes


@dataclass(frozen=True)
class NetworkKey:
    """What stands for a network; people read its `label`.

    Attributes:
        kind: Shipped with the app, a training run's, or the visitor's own file.
        name: Of the shipped file or of the run.
        epoch: After which a run's weights are meant; None for its last checkpoint.
    """

    kind: Literal["shipped", "run", "upload"]
    name: str
    epoch: int | None = None

    @property
    def address(self) -> str:
        """What stands for it in an address, beside the epoch."""
        return self.name if self.kind == "run" else OF_THE_APP + self.name

    @property
    def label(self) -> str:
        """What people read."""
        if self.kind == "upload":
            return _(UPLOAD_LABEL)
        return TITLES[self.name] if self.kind == "shipped" else self.name


READER = NetworkKey("shipped", "drawing-net")  # knows what is no digit, and reads best
LESSON = NetworkKey("shipped", "mynet")  # the article's, small enough to take in
UPLOAD = NetworkKey("upload", "upload")

_numbers = count()
_serial_numbers: "WeakKeyDictionary[Classifier, int]" = WeakKeyDictionary()


def short_label(network: NetworkKey) -> str:
    """Return a network's name within a sentence."""
    if network.kind == "upload":
        return _("Your network")
    return TITLES[network.name] if network.kind == "shipped" else network.name


def run_key(name: str) -> NetworkKey:
    """Return the key of a run's last checkpoint."""
    return NetworkKey("run", name)


def known_networks() -> list[NetworkKey]:
    """Return the shipped networks, every run that has a checkpoint, the newest first, an upload."""
    runs = [run_key(run.name) for run in all_runs.list_runs() if run.checkpoint.is_file()]
    return [READER, LESSON, *runs, UPLOAD]


def epochs(network: NetworkKey) -> list[int]:
    """Return the epochs whose weights a run kept; none of a network that is no run."""
    return list_epochs(all_runs.find_run(network.name)) if network.kind == "run" else []


def keep_upload(file_name: str, content: bytes) -> None:
    """Remember this visitor's own checkpoint, which `UPLOAD` then stands for.

    Raises:
        InvalidInputError: It cannot be used; what was kept before still is.
    """
    load_file(file_name, content)
    st.session_state[UPLOADED] = (file_name, content)


def upload_is_kept() -> bool:
    """Tell whether this visitor has uploaded a checkpoint."""
    return UPLOADED in st.session_state


def load(network: NetworkKey) -> "Classifier":
    """Return a network ready to be asked, as its file stands now.

    Raises:
        InvalidInputError: The run or its epoch is gone, or the file cannot be used.
    """
    return load_file(*find_file(network))


def find_file(network: NetworkKey) -> tuple[Path | str, Version]:
    """Return a network's file, and what tells it from the one that replaces it.

    Raises:
        InvalidInputError: There is no such file, or none any more.
    """
    if network.kind == "upload":
        kept: tuple[str, bytes] = st.session_state[UPLOADED]
        return kept
    if network.kind == "shipped":
        path = WEIGHTS / f"{network.name}.pt"
    else:
        run = all_runs.find_run(network.name)
        path = run.checkpoint if network.epoch is None else find_epoch(run, network.epoch)
    try:
        return path, path.stat().st_mtime_ns
    except FileNotFoundError:
        raise InvalidInputError(
            "{network} has no weights here. Choose another network.", network=network.label
        ) from None


@st.cache_resource(max_entries=30, show_spinner=Spoken(N_("Loading the network ...")))
def load_file(file: Path | str, version: Version) -> "Classifier":
    """Return the network in a file; called with what `find_file` returns."""
    import_torch()
    from mnistcore.reading.classifier import load_classifier

    loaded = load_classifier(file, version if isinstance(version, bytes) else None)
    freeze()
    return loaded


def serial_number(classifier: "Classifier") -> int:
    """Return a number that no other classifier ever has; an `id` is given away again."""
    return _serial_numbers.setdefault(classifier, next(_numbers))


# For caches of what a classifier says: `load` keeps one for each checkpoint.
BY_IDENTITY: dict[str | type[Any], Callable[[Any], Any]] = {
    "mnistcore.reading.classifier.Classifier": serial_number
}
