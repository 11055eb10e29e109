"""Which epoch of a run reads: a slider, and a button that plays its learning from the start."""

from collections.abc import Sequence

import streamlit as st

from mnistcore.runs import all_runs
from mnistcore.runs.life import status
from ui import session

SECONDS_TO_AN_EPOCH = 0.8
# On a phone slider and button share a line.
_STYLE = """<style>
[class*=_epochs] {flex-wrap: nowrap !important;}
[class*=_epochs] > :first-child {flex: 1 1 0; min-width: 0; max-width: 26rem;}
</style>"""
NOW = "now"  # the last checkpoint of a run that may have gone on since its last epoch


def choose_epoch(name: str, *, key: str) -> str:
    """Show a slider if a network is a run that kept its epochs; return the chosen one's name.

    Args:
        name: Of the network, in `session.classifier_names`.
        key: Of the slider, and its name in the page's address.
    """
    epochs = session.epochs(name)
    if not epochs:
        return name
    options = [*map(str, epochs)]
    if status(all_runs.find_run(name)) != "finished":
        options.append(NOW)
    if st.session_state.get(key) not in options:  # another run's epoch
        st.session_state.pop(key, None)
    plays = _plays(key)
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_epochs"):
        chosen = st.select_slider(
            "As it read after epoch",
            options,
            options[-1],
            key=key,
            bind="query-params",
            width=420,
            help="How this run's network read as it learned; 0 is before its first step.",
        )
        st.button(
            "Stop" if plays else "Replay",
            icon=":material/stop:" if plays else ":material/play_arrow:",
            key=f"{key}_button",
            on_click=_stop if plays else _start,
            args=(key,) if plays else (key, options),
            help="Watch it learn, from before its first step to its last epoch.",
        )
    if plays:
        _advance_on_time(options, key)
    return name if chosen == options[-1] else session.epoch_name(name, int(chosen))


def _advance_on_time(options: Sequence[str], key: str) -> None:
    @st.fragment(run_every=SECONDS_TO_AN_EPOCH)
    def advance() -> None:
        if st.session_state.pop(f"{key}_is_drawn", False):
            return  # part of the page's own run, not of the clock's
        place = options.index(st.session_state[key]) + 1
        if place >= len(options) - 1:
            _stop(key)
        st.session_state[key] = options[min(place, len(options) - 1)]
        st.rerun()

    st.session_state[f"{key}_is_drawn"] = True
    advance()


def _plays(key: str) -> bool:
    return bool(st.session_state.get(f"{key}_plays", False))


def _start(key: str, options: Sequence[str]) -> None:
    st.session_state[f"{key}_plays"] = True
    st.session_state[key] = options[0]


def _stop(key: str) -> None:
    st.session_state[f"{key}_plays"] = False
