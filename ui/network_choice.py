"""The choice of a network, the same on every page: which one, and after which epoch of a run."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from mnistcore.runs import all_runs
from mnistcore.runs.status import status
from ui import address, networks, shared
from ui.language import _
from ui.networks import NetworkKey
from ui.parts import fragment
from ui.shared_bar import CHOICE_WIDTH_PX, HELP, Bar, open_bar
from ui.uploads import content_of, take_file

SECONDS_TO_AN_EPOCH = 0.8
NOW = "now"  # the last checkpoint of a run that may have gone on since its last epoch


def choose_network(
    title: str, default: NetworkKey, *, prefix: str = ""
) -> tuple[NetworkKey, Bar] | None:
    """Show the bar with a page's title; return the chosen network, or None while it has no file.

    Args:
        title: Of the page.
        default: What reads on this page as long as the visitor has chosen none, on any page.
        prefix: Of the names in the page's address.

    Raises:
        InvalidInputError: The network's file cannot be used.
    """
    bar = open_bar(title, lambda: _choose(default, key=f"{prefix}network"))
    network = bar.network
    if network.kind == "upload" and not _take_file():
        return None
    if network != default or shared.is_chosen():
        shared.use_network(network)
    network = _choose_epoch(network, key=f"{prefix}epoch")
    if network.kind != "shipped":
        networks.load(network)  # so that what is wrong with it is told once, here
    return network, bar


def _choose(default: NetworkKey, *, key: str) -> NetworkKey:
    known = {network.address: network for network in networks.known_networks()}
    chosen = address.choose(
        st.selectbox,
        _("Network"),
        {name: network.label for name, network in known.items()},
        key=key,
        default=default.address,
        at_first=shared.network().address if shared.is_chosen() else None,
        label_visibility="collapsed",
        width=CHOICE_WIDTH_PX,
        help=_(HELP),
    )
    return known[chosen]


def _take_file() -> bool:
    file = take_file(
        _("A checkpoint of this app, or a `state_dict` of MyNet. Nothing in the file is executed."),
        type=["pt", "pth"],
        key="checkpoint_file",
    )
    if file is not None:
        networks.keep_upload(file.name, content_of(file))
    return networks.upload_is_kept()


def _choose_epoch(network: NetworkKey, *, key: str) -> NetworkKey:
    """Show a slider if a network is a run that kept its epochs; return it as of the chosen one."""
    epochs = networks.epochs(network)
    if not epochs:
        return network
    options = [*map(str, epochs)]
    if status(all_runs.find_run(network.name)) != "finished":
        options.append(NOW)
    if st.session_state.get(key) not in options:  # another run's epoch
        st.session_state.pop(key, None)
    plays = _plays(key)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}s"):
        chosen = st.select_slider(
            _("As it read after epoch"),
            options,
            options[-1],
            key=key,
            bind="query-params",
            width=420,
            help=_("How this run's network read as it learned; 0 is before its first step."),
        )
        st.button(
            _("Stop") if plays else _("Replay"),
            icon=":material/stop:" if plays else ":material/play_arrow:",
            key=f"{key}_button",
            on_click=_stop if plays else _start,
            args=(key,) if plays else (key, options),
            help=_("Watch it learn, from before its first step to its last epoch."),
        )
    if plays:
        _advance_on_time(options, key)
    return network if chosen == options[-1] else replace(network, epoch=int(chosen))


def _advance_on_time(options: Sequence[str], key: str) -> None:
    @fragment(run_every=SECONDS_TO_AN_EPOCH)
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
