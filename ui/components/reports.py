"""What a browser reports of a component: anybody can report anything, so it is looked at first."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.files import as_kind
from ui.operator_log import log_refusal

Kind = TypeVar("Kind")
MOST = 10_000  # things on a page


def reported(key: str, name: str, kind: type[Kind]) -> Kind | None:
    """Return what a component reports by a name; None if that is nothing, or of another kind.

    Args:
        key: Of the component.
        name: Of a value of its state, or of its trigger.
        kind: What it is if the component's own script sent it.
    """
    state = st.session_state.get(key)
    told = state.get(name) if isinstance(state, Mapping) else None
    if told is None:
        return None
    try:
        return as_kind(told, kind)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        return None


def reported_place(key: str, count: int = MOST) -> int | None:
    """Return which of so many things was clicked, from 0; None if none of them was.

    Args:
        key: Of the component, whose trigger is `clicked`.
        count: How many there are, if that is known here.
    """
    place = reported(key, "clicked", int)
    return place if place is not None and 0 <= place < count else None
