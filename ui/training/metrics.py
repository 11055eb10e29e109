"""What a run has reported, followed once for all visitors."""

import streamlit as st

from mnistcore.runs.folder import Run
from mnistcore.runs.metrics import RunMetrics


def follow(run: Run) -> RunMetrics:
    """Return a run's metrics as they stand now."""
    metrics = _metrics(run, run.config.created)
    metrics.poll()
    return metrics


@st.cache_resource(max_entries=50)
def _metrics(run: Run, created: float) -> RunMetrics:
    return RunMetrics(run.metrics)
