"""The tab "Result": how often a run is right on the test split, and where it is wrong."""

import streamlit as st

from mnistcore.reading.report import Report
from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, Status
from ui import digits, mnist
from ui.networks import run_key
from ui.training.confusion import confusion_table


def show(run: Run, status: Status) -> None:
    """Draw the test split's verdict on the run's last checkpoint."""
    if status in ACTIVE:
        st.info("The run is judged once it has ended. Stop it to have it judged as it is now.")
        return
    if not run.checkpoint.exists():
        st.info("The run has no checkpoint yet, so there is nothing to judge. Let it go on.")
        return
    network = run_key(run.name)
    reading, report = mnist.read_all(network), mnist.report(network)
    whole = report.whole
    st.markdown(
        f"**{whole.accuracy:.2%}** of the {whole.num_images:,} test images are read right "
        f"(95 % interval {whole.low:.2%} to {whole.high:.2%})."
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**What was read as what**")
        st.html(confusion_table(report.confusion))
    with right:
        st.markdown("**Digit by digit**")
        show_digit_accuracies(report)
    st.markdown("**The worst mistakes**: the surest first")
    if not report.worst:
        st.success("There are none.")
    st.html(
        digits.tiles(
            digits.tile(reading.images[i], int(reading.predictions[i]), int(reading.labels[i]))
            for i in report.worst
        )
    )


def show_digit_accuracies(report: Report) -> None:
    """Draw each digit's accuracy with its interval."""
    st.dataframe(
        [
            {
                "digit": digit.digit,
                "right": f"{digit.num_correct} of {digit.num_images}",
                "accuracy": f"{digit.accuracy:.2%}",
                "95 % interval": f"{100 * digit.low:.1f} to {digit.high:.1%}",
            }
            for digit in report.digits
        ],
        hide_index=True,
        height="content",
    )
