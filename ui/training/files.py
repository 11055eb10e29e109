"""The tab "Files": use them, take them away, rename the run, delete it."""

import json
from dataclasses import asdict

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.events import metrics_csv
from mnistcore.runs.folder import Run
from mnistcore.runs.status import ACTIVE, Status
from ui.language import _, said
from ui.networks import run_key
from ui.operator_log import log_refusal
from ui.operator_settings import check_may_delete, check_may_train
from ui.plain_text import as_text, sentence
from ui.take_home import show_report_button, show_take_home
from ui.visitor import check_is_own


def show(run: Run, status: Status) -> None:
    """Draw what can be done with what the run has left."""
    with st.container(horizontal=True):
        show_downloads(run)
    active = status in ACTIVE
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Name"),
            run.name,
            key=f"name_{run.name}",
            disabled=active,
            help=_("Letters, digits, '.', '-' and '_'. A run can be renamed once it has ended."),
        )
        st.button(_("Rename"), on_click=rename, args=(run,), disabled=active)
    show_removal(run, disabled=active)


def show_removal(run: Run, *, disabled: bool = False) -> None:
    """Draw the way to delete the run, and where it lies."""
    with st.popover(_("Delete"), icon=":material/delete:", disabled=disabled):
        st.markdown(
            _(
                "Delete **{name}** with its metrics and weights? This cannot be undone.",
                name=as_text(run.name),
            )
        )
        st.button(_("Delete it"), type="primary", on_click=delete, args=(run,))
    if "keeping_error" in st.session_state:
        st.error(sentence(st.session_state.pop("keeping_error")))
    st.caption(_("Kept in {folder}", folder=as_text(str(run.folder))))


def show_downloads(run: Run) -> None:
    """Draw the ways to use the run elsewhere."""
    has_checkpoint = run.checkpoint.is_file()
    st.page_link(
        "pages/prediction.py",
        label=_("Use for prediction"),
        icon=":material/draw:",
        query_params={"network": run_key(run.name).address},
        disabled=not has_checkpoint,
        help=_("Opens the prediction page with this run's last checkpoint."),
    )
    st.download_button(
        _("Metrics (CSV)"),
        lambda: metrics_csv(run.metrics),
        f"{run.name}.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        help=_("Every step and every epoch in a table."),
    )
    if has_checkpoint:
        st.download_button(
            _("Checkpoint"),
            run.checkpoint.read_bytes,
            f"{run.name}.pt",
            on_click="ignore",
            icon=":material/download:",
            help=_("The weights, and all it takes to go on; torch.load opens it."),
        )
        show_take_home(run_key(run.name), key=f"take_home_{run.name}")
        show_report_button(run)
    st.download_button(
        _("Configuration"),
        lambda: json.dumps(asdict(run.config), indent=2),
        f"{run.name}.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
        help=_("Network, recipe, seed, device and versions."),
    )


def rename(run: Run) -> None:
    """Give the run the name in the field."""
    try:
        check_may_train()
        check_is_own(run)
        st.session_state["run"] = all_runs.rename_run(
            run, st.session_state[f"name_{run.name}"]
        ).name
    except InvalidInputError as error:
        log_refusal(__name__, error)
        st.session_state["keeping_error"] = said(error)


def delete(run: Run) -> None:
    """Delete the run."""
    try:
        check_may_delete()
        check_is_own(run)
        all_runs.delete_run(run)
        st.session_state.pop("run", None)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        st.session_state["keeping_error"] = said(error)
