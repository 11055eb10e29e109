"""Who started a run: known again by a key that the browser keeps, of which a run has the hash.

Asked only where whoever runs the app lets visitors stop and delete no runs but their own.
"""

import hashlib
import re

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.runs.folder import Run
from ui.components.visitor_key.component import report_key
from ui.operator_settings import settings

KEY, HAS_TOLD = "visitor", "visitor_has_told"  # in session state
_WHOLE = re.compile(r"[0-9a-f]{32}")


def know_visitor() -> None:
    """Have the browser tell its key, if that matters here; every page calls this."""
    if settings().only_own:
        known = st.session_state.get(KEY, "" if HAS_TOLD in st.session_state else None)
        told = report_key(known, key="visitor_key")
        if told is not None:
            st.session_state[HAS_TOLD] = True
            if _WHOLE.fullmatch(told):
                st.session_state[KEY] = told


def is_awaited() -> bool:
    """Tell whether the browser has yet to say who its visitor is, for an instant after it came.

    What only a known visitor may press is disabled meanwhile: pressed, it would be refused.
    """
    return settings().only_own and not {KEY, HAS_TOLD} & {*st.session_state}


def owner() -> str:
    """Return what stands in the runs that this visitor starts; empty where it does not matter.

    Raises:
        InvalidInputError: It matters, and the browser keeps no key.
    """
    if not settings().only_own:
        return ""
    if KEY not in st.session_state:
        raise InvalidInputError(
            "This browser keeps no key by which your runs could be told from others'. Allow it to "
            "keep data of this page, and load the page again."
        )
    return hashlib.sha256(st.session_state[KEY].encode()).hexdigest()[:32]


def check_is_own(run: Run) -> None:
    """Refuse what is asked of a run that somebody else has started, if that matters here.

    Raises:
        InvalidInputError: Somebody else has.
    """
    if settings().only_own and (run.fault or run.config.owner != owner()):
        raise InvalidInputError(
            "The run {name!r} was started by somebody else. Here everybody changes, stops and "
            "deletes what is their own.",
            name=run.name,
        )
