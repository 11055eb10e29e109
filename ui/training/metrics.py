"""What a run has reported, followed once for all visitors."""

import time

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics

MOMENT, BETWEEN_POLLS = 0.4, 0.02  # seconds


def follow(run: Run) -> RunMetrics:
    """Return a run's metrics as they stand now."""
    metrics = _metrics(run, run.config.created)
    metrics.poll()
    return metrics


def await_first_step(metrics: RunMetrics) -> bool:
    """Return whether a first step comes within a moment; who stands by takes no longer."""
    for _ in range(round(MOMENT / BETWEEN_POLLS)):
        time.sleep(BETWEEN_POLLS)
        metrics.poll()
        if metrics.step is not None:
            return True
    return False


@st.cache_resource(max_entries=50)
def _metrics(run: Run, created: float) -> RunMetrics:
    return RunMetrics(run.metrics)
