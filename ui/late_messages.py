"""A part of a page that reports too late takes nobody back to where he has left.

What a fragment's message says of page and address is what the browser knew when it sent it. One
that is sent between a click on a link and the answer to it names the page that was left; Streamlit
joins it with what was asked before, and takes page and address from the later of the two: the old
page is shown again, under the new one's address. Here such a message keeps what it reports, and
goes where the last request for a whole page goes. So does what a widget outside of all fragments
says by itself on a page that has just been left: unlike a click on a link it says what all widgets
have to say.

What a part says that looks up on its own, by a clock, is what the browser knew as well: a choice
that a callback has made since would be taken back, and the page drawn anew for what was chosen
before. Whatever a visitor changes is told when he changes it, so nothing is taken of such a look.

The other way round, a page is left before the run has begun that its last message asked for, as by
who lifts the pen and follows a link: Streamlit stops that run, and what was reported is lost. Here
it is handed on to the run of the page that is gone to.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)

Joins = Callable[[Any, RerunData], bool]
Requests = Callable[[Any, ClientState | None], None]

LEFT = "_mnistcore_left"  # of a session: the request that left a page, until the browser knows


@cache
def keep_to_the_last_page() -> None:
    """Say so to Streamlit, once for the whole server; every page calls this."""
    ScriptRequests.request_rerun = joins_without_its_place(  # type: ignore[method-assign,assignment]
        ScriptRequests.request_rerun
    )
    AppSession.request_rerun = requests_for_the_page_there_is(  # type: ignore[method-assign,assignment]
        AppSession.request_rerun
    )


def joins_without_its_place(join: Joins) -> Joins:
    """Return what joins a request with the one that waits, whose page and address stay.

    A look by the clock brings no values of widgets along.
    """

    def joined(requests: Any, new: RerunData) -> bool:
        if new.is_auto_rerun:
            new = replace(new, widget_states=None)
        waiting = getattr(requests, "_rerun_data", None)
        is_waiting = getattr(requests, "_state", None) == ScriptRequestType.RERUN
        if waiting and is_waiting and new.fragment_id and not waiting.fragment_id_queue:
            new = replace(
                new,
                query_string=waiting.query_string,
                page_script_hash=waiting.page_script_hash,
                page_name=waiting.page_name,
            )
        return join(requests, new)

    return joined


def requests_for_the_page_there_is(request: Requests) -> Requests:
    """Return what requests a run, where what a page reports names none that was left."""

    def requested(session: Any, asked: ClientState | None) -> None:
        shown = getattr(session, "_client_state", None)
        if asked is not None and shown is not None:
            here, left = shown.page_script_hash, getattr(session, LEFT, None)
            if _goes_to_a_page(asked) and asked.page_script_hash not in ("", here):
                setattr(session, LEFT, asked)
                known = {state.id for state in asked.widget_states.widgets}
                asked.widget_states.widgets.extend(
                    state for state in _reported(session) if state.id not in known
                )
            elif (
                _goes_to_a_page(asked)
                or not left
                or asked.page_script_hash == left.page_script_hash
            ):
                setattr(session, LEFT, None)  # the browser knows by now where it is
            else:
                asked.page_script_hash = left.page_script_hash
                asked.query_string = left.query_string
        request(session, asked)

    return requested


def _goes_to_a_page(asked: ClientState) -> bool:
    """Tell whether a link was followed, or the browser's way back: no part of a page reports."""
    says_something = asked.fragment_id or asked.widget_states.widgets
    return asked.is_history_navigation or not says_something


def _reported(session: Any) -> list[WidgetState]:
    """Return what the page reported last, for a run that has not begun and now never will."""
    requests: Any = getattr(getattr(session, "_scriptrunner", None), "_requests", None)
    if getattr(requests, "_state", None) != ScriptRequestType.RERUN:
        return []
    states = requests._rerun_data.widget_states
    return list(states.widgets) if states else []
