"""What a run has reported, followed once for all visitors."""

import time

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics

MOMENT, BETWEEN_POLLS = 0.4, 0.02  # seconds
AWAITED = "first_step_awaited"  # in session state: the run whose was, so that it is so once


def follow(run: Run) -> RunMetrics:
    """Return a run's metrics as they stand now."""
    metrics = _metrics(run, run.config.created)
    metrics.poll()
    return metrics


def await_first_step(run: Run, metrics: RunMetrics) -> bool:
    """Return whether a first step comes within a moment; who stands by takes no longer.

    Once for each run: a page that waited at each look would never come to rest.
    """
    if st.session_state.get(AWAITED) == run:
        return False
    st.session_state[AWAITED] = run
    for _ in range(round(MOMENT / BETWEEN_POLLS)):
        time.sleep(BETWEEN_POLLS)
        metrics.poll()
        if metrics.step is not None:
            return True
    return False


@st.cache_resource(max_entries=50)
def _metrics(run: Run, created: float) -> RunMetrics:
    return RunMetrics(run.metrics)
