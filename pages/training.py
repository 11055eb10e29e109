"""Train a network and watch it learn; every run goes on when this page is left."""

import streamlit as st

from mnistcore.runs import all_runs, standby
from mnistcore.runs.folder import Run
from mnistcore.runs.status import Status, status
from ui import brought_network, operator_settings
from ui.language import N_, _
from ui.menu import open_page
from ui.parts import Tab, fragment, show_tabs, tells_what_is_wrong
from ui.shared_bar import open_bar
from ui.training import compare, files, live, result
from ui.training.controls import show_controls
from ui.training.settings import show_settings

SECONDS_BETWEEN_LOOKS = 1.0  # idle pages look up too, so that other tabs notice a new run
TABS = {
    "live": Tab(N_("Live"), live.show),
    "result": Tab(N_("Result"), result.show),
    "compare": Tab(N_("Compare"), compare.show),
    "files": Tab(N_("Files"), files.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/training.py")
    bar = open_bar(_("Train a network"))
    st.markdown(
        _(
            "A network learns from 55,000 handwritten digits, here and now, on this machine. "
            "A run is a process of its own: it goes on when you leave this page, and you "
            "find it again here."
        )
    )
    settings, progress = st.columns([1, 3], gap="large")
    with settings:
        show_settings()
    with progress:
        show_runs()
    bar.show_digit()
    if operator_settings.settings().training:
        standby.ensure()  # last: the page stands by now


def show_runs() -> None:
    names = [run.name for run in all_runs.list_runs()]
    if not names:
        st.header(_("Runs"))
        st.info(_("No runs yet. Press Start: the settings are good as they are."))
        watch(0)
        return
    if st.session_state.get("run") not in (None, *names):
        del st.session_state["run"]  # deleted or renamed in another tab
    waits = brought_network.has_come() and st.session_state.get("run") is None
    name = st.selectbox(
        _("Run"),
        names,
        index=None if waits else 0,
        placeholder=_("An earlier run"),
        key="run",
        bind="query-params",
        help=_("The newest first. Each is a folder that keeps its metrics and its weights."),
    )
    if name is None:
        st.info(_("Your network from the calculator is chosen on the left: press Start."))
        watch(len(names))
        return
    run = all_runs.find_run(name)
    seen = status(run)
    show_controls(run, seen)
    watch(len(names), run, seen)
    if seen == "damaged":
        files.show_removal(run)
    else:
        show_tabs(TABS, run, seen, key="training_view")


def watch(num_runs: int, run: Run | None = None, seen: Status | None = None) -> None:
    """Draw the page anew once a run has come, gone or changed."""

    @fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def look_up() -> None:
        if all_runs.count_runs() != num_runs or (run is not None and status(run) != seen):
            st.rerun()

    look_up()


main()
