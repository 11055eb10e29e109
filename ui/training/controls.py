"""What may be done to a run: stop, pause, go on, another learning rate."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.runs import all_runs
from mnistcore.runs.control import (
    request_learning_rate,
    request_pause,
    request_stop,
    request_unpause,
)
from mnistcore.runs.folder import Run
from mnistcore.runs.queue import runs_before
from mnistcore.runs.status import ACTIVE, Status, outcome_message
from mnistcore.training.recipes import LIMITS
from ui.language import N_, _, said
from ui.networks import run_key
from ui.next_steps import show_next_steps
from ui.operator_log import log_refusal
from ui.operator_settings import check_may_train, starting
from ui.plain_text import as_text, sentence
from ui.training.own_drawings import tell_own_drawings
from ui.visitor import check_is_own, is_awaited

ICONS: dict[Status, str] = {
    "starting": ":material/hourglass_top:",
    "waiting": ":material/hourglass_empty:",
    "running": ":material/play_arrow:",
    "paused": ":material/pause:",
    "finished": ":material/check:",
    "stopped": ":material/stop:",
    "failed": ":material/error:",
    "interrupted": ":material/power_off:",
    "damaged": ":material/broken_image:",
}
STANDS: dict[Status, str] = {
    "starting": N_("**{name}** is starting"),
    "waiting": N_("**{name}** is waiting"),
    "running": N_("**{name}** is running"),
    "paused": N_("**{name}** is paused"),
    "finished": N_("**{name}** is finished"),
    "stopped": N_("**{name}** is stopped"),
    "failed": N_("**{name}** is failed"),
    "interrupted": N_("**{name}** is interrupted"),
    "damaged": N_("**{name}** is damaged"),
}
REMARKS: dict[Status, str] = {
    "interrupted": N_(
        "Its process ended before its time. Go on: it repeats the steps since its last "
        "checkpoint and comes to the very same weights."
    ),
    "paused": N_("It waits until you let it go on; other runs may train meanwhile."),
}


class Action(NamedTuple):
    """What may be asked of a run that stands in one of some ways."""

    label: str
    icon: str
    statuses: tuple[Status, ...]
    request: Callable[[Run], None]
    explanation: str


ACTIONS = (
    Action(
        N_("Stop"),
        "stop",
        ACTIVE,
        request_stop,
        N_("Ends the run at its next step. Everything is kept, and it can go on later."),
    ),
    Action(
        N_("Pause"),
        "pause",
        ("running", "waiting"),
        request_pause,
        N_("Lets the run wait at its next step, and other runs train meanwhile."),
    ),
    Action(
        N_("Continue"),
        "play_arrow",
        ("paused",),
        request_unpause,
        N_("Lets the run go on, behind those that wait in line."),
    ),
    Action(
        N_("Go on"),
        "resume",
        ("stopped", "failed", "interrupted"),
        lambda run: go_on(run),
        N_("Goes on from the last checkpoint, as if nothing had happened."),
    ),
)


def show_controls(run: Run, status: Status) -> None:
    """Draw how the run stands, and the buttons that make sense now."""
    with st.container(horizontal=True, vertical_alignment="center", key="run_status"):
        st.markdown(f"{ICONS[status]} {_(STANDS[status], name=as_text(run.name))}", width="content")
        for action in ACTIONS:
            if status in action.statuses:
                st.button(
                    _(action.label),
                    icon=f":material/{action.icon}:",
                    on_click=ask,
                    args=(action.request, run),
                    disabled=is_awaited(),
                    help=_(action.explanation),
                )
        if status in ("running", "paused"):
            show_learning_rate(run)
    if status != "damaged":
        tell_own_drawings(run)
    if message := outcome_message(run):
        st.error(sentence(message))
    if status in REMARKS:
        st.caption(_(REMARKS[status]))
    if status not in ACTIVE and run.checkpoint.exists():
        show_next_steps(run_key(run.name))


def show_learning_rate(run: Run) -> None:
    """Let the learning rate be changed while the run goes on."""
    low, high = LIMITS["learning_rate"]
    with st.popover(_("Learning rate"), icon=":material/tune:", key="learning_rate_change"):
        st.number_input(
            _("New learning rate"),
            low,
            high,
            run.config.recipe.learning_rate,
            step=0.001,
            format="%.5f",
            key=f"new_rate_{run.name}",
            help=_("From the next step on; where a schedule varies it, this is its highest value."),
        )
        st.button(_("Change it"), on_click=change_learning_rate, args=(run,), width="stretch")


def change_learning_rate(run: Run) -> None:
    """Ask the run for the learning rate in the field."""
    ask(request_learning_rate, run, st.session_state[f"new_rate_{run.name}"])


def go_on(run: Run) -> None:
    """Start a run that has ended before its time, if there is room in the line."""
    with starting(run.config.recipe.epochs, is_new=False):
        all_runs.start(run)


def ask(request: Callable[..., None], run: Run, *values: object) -> None:
    """Ask a run for something; it may have ended since the page was drawn."""
    try:
        check_may_train()
        check_is_own(run)
        request(run, *values)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        st.session_state["start_error"] = said(error)


def show_line(run: Run) -> None:
    """Say who trains or waits before this run."""
    before = runs_before(run)
    if before:
        names = _(", then ").join(f"**{as_text(other.name)}**" for other in before)
        st.info(
            _(
                "One run trains at a time. Before {name}: {names}.",
                name=as_text(run.name),
                names=names,
            ),
            icon=":material/groups:",
        )
