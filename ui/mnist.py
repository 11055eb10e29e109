"""MNIST's test set, and what each network reads in it: calculated once for all visitors."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.mnist.idx import ARCHIVES, read_idx
from mnistcore.reading.gallery import ReadSplit
from mnistcore.reading.report import Report, make_report
from ui.language import N_, Spoken
from ui.networks import NetworkKey, Version, find_file, load_file


@st.cache_resource(show_spinner=False)
def images_and_labels() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Return the test images (10,000, 28, 28) and labels (10,000,), read without torch."""
    images, labels = (
        read_idx(ARCHIVES / f"t10k-{part}-ubyte.gz") for part in ("images-idx3", "labels-idx1")
    )
    return images, labels


def read_all(network: NetworkKey) -> ReadSplit:
    """Return the test set and what a network reads in it."""
    return _read_all(*find_file(network))


def report(network: NetworkKey) -> Report:
    """Return where a network goes wrong in the test set."""
    return _report(*find_file(network))


@st.cache_resource(max_entries=100, show_spinner=Spoken(N_("Reading 10,000 test digits ...")))
def _read_all(file: Path | str, version: Version) -> ReadSplit:
    images, labels = images_and_labels()  # the same in every reading: kept once
    probabilities = load_file(file, version).predict(images)
    return ReadSplit(images, labels.astype(np.int64), probabilities)


@st.cache_resource(max_entries=100, show_spinner=Spoken(N_("Counting ...")))
def _report(file: Path | str, version: Version) -> Report:
    return make_report(_read_all(file, version))
