"""Train a network and watch it learn; every run goes on when this page is left."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.folder import Run
from mnistcore.runs.life import ACTIVE, Status, status
from ui import session
from ui.menu import open_page
from ui.training.comparison import show_comparison
from ui.training.controls import show_controls, show_line
from ui.training.keeping import show_keeping
from ui.training.live import show_live
from ui.training.result import show_result
from ui.training.settings import show_settings

SECONDS_BETWEEN_UPDATES = 0.4
SECONDS_BETWEEN_LOOKS = 1.0  # idle pages look up too, so that other tabs notice a new run


def main() -> None:
    open_page("pages/training.py")
    st.title("Train a network")
    st.markdown(
        "A network learns from 55,000 handwritten digits, here and now, on this machine. A run is "
        "a process of its own: it goes on when you leave this page, and you find it again here."
    )
    settings, progress = st.columns([1, 3], gap="large")
    with settings:
        show_settings()
    with progress:
        show_runs()


def show_runs() -> None:
    found = all_runs.list_runs()
    if not found:
        st.subheader("Runs")
        st.info("No runs yet. Press Start: the settings are good as they are.")
        watch(0)
        return
    names = [run.name for run in found]
    if st.session_state.get("run") not in (None, *names):
        del st.session_state["run"]  # deleted or renamed in another tab
    name = st.selectbox(
        "Run",
        names,
        key="run",
        bind="query-params",
        help="The newest first. Each is a folder that keeps its metrics and its weights.",
    )
    run = all_runs.find_run(name)
    seen = status(run)
    show_controls(run, seen)
    views = ["Live", "Result", "Compare", "Files"]
    tabs = st.tabs(views, on_change="rerun", key="training_view", bind="query-params")

    watch(len(names), run, seen)
    if tabs[0].open:
        with tabs[0]:
            follow(run, seen)
    if tabs[1].open:
        with tabs[1]:
            show_result(run, seen)
    if tabs[2].open:
        with tabs[2]:
            show_comparison(run, found)
    if tabs[3].open:
        with tabs[3]:
            show_keeping(run, seen)


def follow(run: Run, seen: Status) -> None:
    @st.fragment(run_every=SECONDS_BETWEEN_UPDATES if seen in ACTIVE else None)
    def draw() -> None:
        if not run.folder.exists():
            return
        metrics = session.metrics(run)
        metrics.poll()
        show_line(run)
        show_live(run, metrics, seen)

    draw()


def watch(num_runs: int, run: Run | None = None, seen: Status | None = None) -> None:
    """Draw the page anew once a run has come, gone or changed."""

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def look_up() -> None:
        if all_runs.count_runs() != num_runs or (run is not None and status(run) != seen):
            st.rerun()

    look_up()


try:
    main()
except InvalidInputError as error:
    st.error(error)
