"""What outlives a rerun: caches shared by all visitors, and session state shared by pages.

Everything that imports torch does so inside a cached function: the first visitor of a page that
needs it waits once, the others never. `gc.freeze` afterwards keeps Streamlit's collection after
every script run from walking through torch's million objects.
"""

import gc
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import streamlit as st

import mnistcore
from mnistcore.mnist.idx import ARCHIVES, read_idx
from mnistcore.reading.gallery import ReadSplit
from mnistcore.reading.report import Report, make_report
from mnistcore.runs import all_runs
from mnistcore.runs.epochs import find_epoch, list_epochs
from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics
from ui.digits import Digit

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Classifier, Verdict
    from mnistcore.reading.number import NumberReading

WEIGHTS = Path(mnistcore.__file__).parent / "weights"
READER = "DrawingNet, as shipped"
SHIPPED = "MyNet, as shipped"
SHIPPED_FILES = {READER: WEIGHTS / "drawing-net.pt", SHIPPED: WEIGHTS / "mynet.pt"}
UPLOADED = "A file of mine ..."
EPOCH = " after epoch "  # between a run's name, which has no spaces, and the epoch
OFFER_ADDRESS = {"train": "calculator"}  # of the training page, for whoever brings a network


_numbers = count()
_serial_numbers: "WeakKeyDictionary[Classifier, int]" = WeakKeyDictionary()


def serial_number(classifier: "Classifier") -> int:
    """Return a number that no other classifier ever has; an `id` is given away again."""
    return _serial_numbers.setdefault(classifier, next(_numbers))


# For caches of what a classifier says: `classifier` keeps one for each checkpoint.
BY_IDENTITY: dict[str | type[Any], Callable[[Any], Any]] = {
    "mnistcore.reading.classifier.Classifier": serial_number
}


def classifier(name: str) -> "Classifier":
    """Return the classifier of a name in `classifier_names`, as its file stands now.

    Args:
        name: One of them, or of `epoch_name`.

    Raises:
        InvalidInputError: The run or its epoch is gone, or the file cannot be used.
    """
    return _classifier(*_file(name))


def keep_upload(file_name: str, content: bytes) -> None:
    """Remember this visitor's own checkpoint, which `UPLOADED` then stands for."""
    st.session_state[UPLOADED] = (file_name, content)


def upload_is_kept() -> bool:
    """Tell whether this visitor has uploaded a checkpoint."""
    return UPLOADED in st.session_state


def classifier_names() -> list[str]:
    """Return the shipped classifiers and every run that has a checkpoint, the newest first."""
    return [*SHIPPED_FILES, *(run.name for run in all_runs.list_runs() if run.checkpoint.exists())]


def epochs(name: str) -> list[int]:
    """Return the epochs whose weights a run kept; none of a network that is no run."""
    return [] if name in (*SHIPPED_FILES, UPLOADED) else list_epochs(all_runs.find_run(name))


def epoch_name(run_name: str, epoch: int) -> str:
    """Return the name under which `classifier` knows a run as it was after an epoch."""
    return f"{run_name}{EPOCH}{epoch}"


def verdict(name: str, image: Digit) -> "Verdict":
    """Return what a classifier makes of one image, (28, 28) uint8."""
    asked = classifier(name)
    from mnistcore.reading.classifier import read_image

    return read_image(asked, image)


def read_number(name: str, drawing: npt.NDArray[np.uint8]) -> "NumberReading":
    """Return what a classifier reads on a drawing, (H, W, 4) uint8 RGBA."""
    asked, finder = classifier(name), classifier(READER)
    from mnistcore.reading.number import read_number

    return read_number(asked, drawing, finder=asked if asked.threshold is not None else finder)


def test_reading(name: str) -> ReadSplit:
    """Return the test split and what a classifier reads in it."""
    return _test_reading(*_file(name))


def test_report(name: str) -> Report:
    """Return where a classifier goes wrong on the test split."""
    return _test_report(*_file(name))


def offer_network(stack: dict[str, object]) -> None:
    """Keep a network for the training page, which is opened at `OFFER_ADDRESS`.

    Args:
        stack: As `mnistcore.stacks.json_format.stack_to_dict` writes it.
    """
    st.session_state["offered_network"] = stack


def offered_network() -> dict[str, object] | None:
    """Return the network this visitor brought to the training page, if any."""
    stack: dict[str, object] | None = st.session_state.get("offered_network")
    return stack


def network_is_brought() -> bool:
    """Tell whether this visitor came to the training page to train the calculator's network."""
    asked = all(st.query_params.get(key) == value for key, value in OFFER_ADDRESS.items())
    return asked and offered_network() is not None


@st.cache_resource(show_spinner=False)
def test_digits() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return the test images (10,000, 28, 28) and labels (10,000,), read without torch."""
    images, labels = (
        read_idx(ARCHIVES / f"t10k-{part}-ubyte.gz") for part in ("images-idx3", "labels-idx1")
    )
    return images, labels


def metrics(run: Run) -> RunMetrics:
    """Return the follower of a run's metrics, one for all visitors."""
    return _metrics(run, run.config.get("created", 0.0))


@st.cache_resource(max_entries=50)
def _metrics(run: Run, created: float) -> RunMetrics:
    return RunMetrics(run.metrics)


def _file(name: str) -> tuple[Path | str, int | bytes]:
    """Return a classifier's file, and what tells it from the one that replaces it.

    That is the time it was written; of a file that never was on this disk, its whole content.
    """
    if name == UPLOADED:
        kept: tuple[str, bytes] = st.session_state[UPLOADED]
        return kept
    if name in SHIPPED_FILES:
        path = SHIPPED_FILES[name]
    else:
        run_name, _, epoch = name.partition(EPOCH)
        run = all_runs.find_run(run_name)
        path = find_epoch(run, int(epoch)) if epoch else run.checkpoint
    return path, path.stat().st_mtime_ns


@st.cache_resource(max_entries=30, show_spinner="Loading the network ...")
def _classifier(file: Path | str, version: int | bytes) -> "Classifier":
    from mnistcore.reading.classifier import load_classifier

    if isinstance(version, bytes):
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(str(file)).name
            path.write_bytes(version)
            loaded = load_classifier(path)
    else:
        loaded = load_classifier(file)
    _freeze()
    return loaded


@st.cache_resource(max_entries=100, show_spinner="Reading 10,000 test digits ...")
def _test_reading(file: Path | str, version: int | bytes) -> ReadSplit:
    images, labels = test_digits()  # the same in every reading: kept once
    probabilities = _classifier(file, version).predict(images)
    return ReadSplit(images, labels.astype(np.int64), probabilities)


@st.cache_resource(max_entries=100, show_spinner="Counting ...")
def _test_report(file: Path | str, version: int | bytes) -> Report:
    return make_report(_test_reading(file, version))


@st.cache_resource(show_spinner=False)
def import_torch() -> None:
    """Import torch once and for all; whoever needs it calls this first, under a spinner."""
    import mnistcore.in_torch.verification  # noqa: F401

    _freeze()


def _freeze() -> None:
    gc.collect()
    gc.freeze()
