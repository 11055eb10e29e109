"""Which test digits to show: widgets whose values stand in the page's address."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from mnistcore.reading.gallery import Order, Selection
from ui import address
from ui.address import Key
from ui.language import N_, _, each

ANY = "any"
DIGITS = {ANY: N_("any")} | {str(digit): str(digit) for digit in range(10)}
ORDERS: dict[Order, str] = {
    "index": N_("in MNIST's order"),
    "loss": N_("worst loss first"),
    "least sure": N_("least sure first"),
    "most sure": N_("most sure first"),
}
CERTAIN = (0, 100)

# Each is a widget's key, its name in the address, and the value that filters nothing.
NOTHING_FILTERED: dict[str, Any] = {
    "shows": ANY,
    "read_as": ANY,
    "only_mistakes": False,
    "doubtful": False,
    "sure": CERTAIN,
}


def choose_digits() -> tuple[Selection, Order]:
    """Show the filter and return what it asks for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        shows = _choose(_("Shows"), DIGITS, "shows", width=82)
        read_as = _choose(_("Read as"), DIGITS, "read_as", width=82)
        order = _choose(_("Sorted"), ORDERS, "order", width=176)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        only_mistakes = _toggle(_("Only mistakes"), "only_mistakes", _("Only what is read wrong."))
        with st.popover(_("More"), icon=":material/tune:"):
            low, high = _choose_probability()
            doubtful = _toggle(
                _("Doubtful labels"),
                "doubtful",
                _("Only the 15 test digits whose label at most two of five people agreed with."),
            )
        if any(st.session_state[key] != value for key, value in NOTHING_FILTERED.items()):
            st.button(
                _("Show all"),
                icon=":material/filter_alt_off:",
                type="tertiary",
                on_click=set_filter,
                kwargs=NOTHING_FILTERED,
            )
    selection = Selection(
        label=None if shows == ANY else int(shows),
        prediction=None if read_as == ANY else int(read_as),
        only_mistakes=only_mistakes,
        only_doubtful=doubtful,
        confidence=(low / 100, high / 100),
    )
    return selection, order


def set_filter(**values: Any) -> None:
    """Set some of the filter's widgets, by their keys, from a callback."""
    st.session_state.update(values)
    _back_to_first_page()


def _choose(label: str, options: Mapping[Key, str], key: str, *, width: int) -> Key:
    return address.choose(
        st.selectbox,
        label,
        each(options),
        key=key,
        on_change=_back_to_first_page,
        persist_state="page",
        width=width,
    )


def _choose_probability() -> tuple[int, int]:
    return st.slider(
        _("Probability of the answer, %"),
        *CERTAIN,
        value=CERTAIN,
        key="sure",
        on_change=_back_to_first_page,
        bind="query-params",
        persist_state="page",
    )


def _toggle(label: str, key: str, explanation: str) -> bool:
    return st.toggle(
        label,
        key=key,
        on_change=_back_to_first_page,
        bind="query-params",
        persist_state="page",
        help=explanation,
    )


def _back_to_first_page() -> None:
    st.session_state["page"] = 1
    st.session_state["slide"] = 0
