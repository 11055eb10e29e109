"""What a browser reports of a component: anybody can report anything, so it is looked at first.

A report that the browser waits for comes with a number, `{"number": ..., "value": ...}`. A
component that is drawn gives back the numbers of the last that were taken, by `answered`: what is
drawn for an older one must not undo what its visitor has done since (`answers.js`).
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.files import as_kind
from ui.operator_log import log_refusal

Kind = TypeVar("Kind")
MOST = 10_000  # things on a page
LONGEST_NUMBER = 40  # characters
ANSWERED = "reports_answered"  # in session state: a trigger's report is gone after one run


def reported(key: str, name: str, kind: type[Kind]) -> Kind | None:
    """Return what a component reports by a name; None if that is nothing, or of another kind.

    Args:
        key: Of the component.
        name: Of a value of its state, or of its trigger.
        kind: What it is if the component's own script sent it.
    """
    number, told = _told(key, name)
    if number is not None:
        st.session_state.setdefault(ANSWERED, {})[key, name] = number
    if told is None:
        return None
    try:
        return as_kind(told, kind)
    except InvalidInputError as error:
        log_refusal(__name__, error)
        return None


def answered(key: str, *names: str) -> dict[str, str | None]:
    """Return, for each name, the number of a component's last report; None if it had none.

    Args:
        key: Of the component.
        names: Of what it reports.
    """
    before = st.session_state.get(ANSWERED, {})
    return {name: _told(key, name)[0] or before.get((key, name)) for name in names}


def reported_place(key: str, count: int = MOST) -> int | None:
    """Return which of so many things was clicked, from 0; None if none of them was.

    Args:
        key: Of the component, whose trigger is `clicked`.
        count: How many there are, if that is known here.
    """
    place = reported(key, "clicked", int)
    return place if place is not None and 0 <= place < count else None


def _told(key: str, name: str) -> tuple[str | None, Any]:
    """Return a report's number, if it has one, and what it says."""
    state = st.session_state.get(key)
    told = state.get(name) if isinstance(state, Mapping) else None
    if not isinstance(told, Mapping) or set(told) != {"number", "value"}:
        return None, told
    number = told["number"]
    is_one = isinstance(number, str) and len(number) <= LONGEST_NUMBER
    return number if is_one else None, told["value"]
