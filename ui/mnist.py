"""MNIST's test set, and what each network reads in it: kept, or read once for all visitors.

What was kept beside the weights needs no torch. What was not is read by a thread, which goes on
whatever becomes of the visitor's page; the page shows how far it is.
"""

from concurrent.futures import Future, TimeoutError
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.mnist.idx import ARCHIVES, read_idx
from mnistcore.reading.gallery import ReadSplit
from mnistcore.reading.kept_reading import kept_reading
from mnistcore.reading.report import Report, make_report
from ui.language import _
from ui.networks import NetworkKey, Version, find_file, load_file

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Classifier

IMAGES_AT_A_TIME = 250
SECONDS_BETWEEN_LOOKS = 0.1


class Reading:
    """What a network reads in images, as it comes.

    Attributes:
        share: Of the images that have been read.
    """

    def __init__(
        self, images: npt.NDArray[np.uint8], known: npt.NDArray[np.float32] | None = None
    ) -> None:
        self.share = 0.0
        self._images = images
        self._probabilities: Future[npt.NDArray[np.float32]] = Future()
        if known is not None:
            self._probabilities.set_result(known)

    def begin(self, classifier: "Classifier") -> None:
        """Have a thread read the images."""
        Thread(target=self._read, args=(classifier,), name="read the test set", daemon=True).start()

    def wait(self, seconds: float) -> npt.NDArray[np.float32] | None:
        """Return the probabilities, (N, 10) float32; None if they take longer than this."""
        try:
            return self._probabilities.result(seconds)
        except TimeoutError:
            if self._probabilities.done():  # the reading's own
                raise
            return None

    def _read(self, classifier: "Classifier") -> None:
        try:
            parts = []
            for first in range(0, len(self._images), IMAGES_AT_A_TIME):
                parts.append(classifier.predict(self._images[first : first + IMAGES_AT_A_TIME]))
                self.share = min(1.0, (first + IMAGES_AT_A_TIME) / len(self._images))
            self._probabilities.set_result(np.concatenate(parts))
        except Exception as error:
            self._probabilities.set_exception(error)


@st.cache_resource(show_spinner=False)
def images_and_labels() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return the test images (10,000, 28, 28) and labels (10,000,), read without torch."""
    images, labels = (
        read_idx(ARCHIVES / f"t10k-{part}-ubyte.gz") for part in ("images-idx3", "labels-idx1")
    )
    return images, labels


def read_all(network: NetworkKey) -> ReadSplit:
    """Return the test set and what a network reads in it, showing how far it is meanwhile."""
    file, version = find_file(network)
    reading = _reading(file, version)
    place = st.empty()
    try:
        while (probabilities := reading.wait(SECONDS_BETWEEN_LOOKS)) is None:
            place.progress(reading.share, _("Reading 10,000 test digits ..."))
    except Exception:
        _reading.clear(file, version)  # whoever asks next begins anew
        raise
    place.empty()
    return _read_split(file, version, probabilities)


def report(network: NetworkKey) -> Report:
    """Return where a network goes wrong in the test set."""
    file, version = find_file(network)
    return _report(file, version, read_all(network))


@st.cache_resource(max_entries=100, show_spinner=False)
def _reading(file: Path | str, version: Version) -> Reading:
    images, _ = images_and_labels()
    kept = kept_reading(file) if isinstance(file, Path) else None
    reading = Reading(images, kept)
    if kept is None:
        reading.begin(load_file(file, version))
    return reading


@st.cache_resource(max_entries=100, show_spinner=False)
def _read_split(
    file: Path | str, version: Version, _probabilities: npt.NDArray[np.float32]
) -> ReadSplit:
    images, labels = images_and_labels()  # the same in every reading: kept once
    return ReadSplit(images, labels.astype(np.int64), _probabilities)


@st.cache_resource(max_entries=100, show_spinner=False)
def _report(file: Path | str, version: Version, _reading: ReadSplit) -> Report:
    return make_report(_reading)
