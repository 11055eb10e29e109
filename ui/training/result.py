"""The tab "Result": how often a run is right on the test split, and where it is wrong."""

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, Status
from ui import mnist
from ui.accuracies import accuracy_rows
from ui.components.confusion.component import show_confusion
from ui.components.digit_tiles.component import show_tiles, tile_of
from ui.networks import run_key


def show(run: Run, status: Status) -> None:
    """Draw the test split's verdict on the run's last checkpoint."""
    if status in ACTIVE:
        st.info("The run is judged once it has ended. Stop it to have it judged as it is now.")
        return
    if not run.checkpoint.is_file():
        st.info("The run has no checkpoint yet, so there is nothing to judge. Let it go on.")
        return
    network = run_key(run.name)
    reading, report = mnist.read_all(network), mnist.report(network)
    whole = report.whole
    st.markdown(
        f"**{whole.accuracy:.2%}** of the {whole.num_images:,} test images are read right "
        f"(95% interval {whole.low:.2%} to {whole.high:.2%})."
    )
    left, right = st.columns([5, 4], gap="medium")
    with left:
        st.markdown("**What was read as what**")
        show_confusion(report.confusion, key="confusion")
    with right:
        st.markdown("**Digit by digit**")
        st.html(accuracy_rows(report.digits))
        st.caption("A dot with its 95% interval, by Wilson: how far 1,000 digits can tell.")
    st.markdown("**The worst mistakes**: the surest first")
    if not report.worst:
        st.success("There are none.")
    tiles = [tile_of(reading, index) for index in report.worst]
    show_tiles("The worst mistakes", tiles, key="worst")
