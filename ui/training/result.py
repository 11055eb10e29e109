"""The tab "Result": how often a run is right on the test split, and where it is wrong."""

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, Status
from ui import mnist
from ui.accuracies import accuracy_rows
from ui.components.confusion.component import show_confusion
from ui.components.digit_tiles.component import show_tiles, tile_of
from ui.language import _
from ui.networks import run_key


def show(run: Run, status: Status) -> None:
    """Draw the test split's verdict on the run's last checkpoint."""
    if status in ACTIVE:
        st.info(_("The run is judged once it has ended. Stop it to have it judged as it is now."))
        return
    if not run.checkpoint.is_file():
        st.info(_("The run has no checkpoint yet, so there is nothing to judge. Let it go on."))
        return
    network = run_key(run.name)
    reading, report = mnist.read_all(network), mnist.report(network)
    whole = report.whole
    st.markdown(
        _(
            "**{accuracy:.2%}** of the {num_images:,} test images are read right (95% "
            "interval {low:.2%} to {high:.2%}).",
            accuracy=whole.accuracy,
            num_images=whole.num_images,
            low=whole.low,
            high=whole.high,
        )
    )
    left, right = st.columns([5, 4], gap="medium")
    with left:
        st.markdown(_("**What was read as what**"))
        show_confusion(report.confusion, key="confusion")
    with right:
        st.markdown(_("**Digit by digit**"))
        st.html(accuracy_rows(report.digits))
        st.caption(_("A dot with its 95% interval, by Wilson: how far 1,000 digits can tell."))
    st.markdown(_("**The worst mistakes**: the surest first"))
    if not report.worst:
        st.success(_("There are none."))
    tiles = [tile_of(reading, index) for index in report.worst]
    show_tiles(_("The worst mistakes"), tiles, key="worst")
