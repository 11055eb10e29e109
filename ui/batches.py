"""What a page says reaches the browser in few pieces, each drawn once, and all of it.

Streamlit hands over each message of a script by itself and sends what there is every ten
milliseconds; the browser draws its whole page anew for each piece, ten times for one drawing where
the server is busy. Here messages wait for those that follow, for a while or until the script has
run, and go together: the server's loop wakes up for pieces, too, and not for each message.

And what a script has said is taken before another run is asked for. Streamlit drops what it has
not yet looked at once another run has begun: parts of a page that has just been drawn were missing,
and what came next had no place to stand. For the same reason a part of the page that runs anew lets
go out what it has said in the run of the whole page: without its place the browser took that away
at the whole run's end, and was lost at the next message ("Cannot set a node at a delta path").
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from functools import cache
from math import inf
from typing import Any
from weakref import WeakValueDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent, get_script_run_ctx

Requests = Callable[[Any, ClientState | None], None]
Clears = Callable[[Any, list[str] | None], None]

MOST_SECONDS = 0.1  # that a message waits: about as long as the answer to a drawing takes
SENDING_SECONDS = 0.02  # in which Streamlit, which looks every 10 ms, has sent what was taken
WAITING = "_mnistcore_waiting"  # of a session: what its script has said and nobody has taken
# Kept, since a script that runs already has it by a weak reference.
TAKEN_ONE_BY_ONE = AppSession._on_scriptrunner_event
_SESSIONS: WeakValueDictionary[str, Any] = WeakValueDictionary()  # by their identities

PATIENT = (ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG)


@cache
def send_in_few_pieces() -> None:
    """Say so to Streamlit, once for the whole server; every page calls this."""
    AppSession._on_scriptrunner_event = taken_in_few_pieces  # type: ignore[method-assign,assignment]
    AppSession.request_rerun = requests_when_all_is_taken(  # type: ignore[method-assign,assignment]
        AppSession.request_rerun
    )
    AppSession._clear_queue = clears_for_the_whole_page_alone(  # type: ignore[method-assign,assignment]
        AppSession._clear_queue
    )


def send_what_is_there() -> None:
    """Let what the script has said so far wait for nothing else."""
    context = get_script_run_ctx()
    if context is not None and (session := _SESSIONS.get(context.session_id)) is not None:
        _take_soon(session)


def taken_in_few_pieces(session: Any, sender: Any, event: Any, *said: Any, **told: Any) -> None:
    """Take an event of a script; messages wait for one another, and nothing overtakes them."""
    _SESSIONS[session.id] = session
    waiting = session.__dict__.setdefault(WAITING, deque())
    waiting.append((sender, event, said, told, inf))
    if event not in PATIENT:
        _take_soon(session)
    elif len(waiting) == 1:  # asked afterwards: the loop may have taken the others just now
        _take_soon(session, MOST_SECONDS)


def requests_when_all_is_taken(request: Requests) -> Requests:
    """Return what requests a run once all is taken that was said before."""

    def requested(session: Any, asked: ClientState | None) -> None:
        if asyncio._get_running_loop() is session._event_loop:
            _take(session, lets_send=False)
        request(session, asked)

    return requested


def clears_for_the_whole_page_alone(clear: Clears) -> Clears:
    """Return what clears a session's queue when a run begins, unless it is a run of parts."""

    def cleared(session: Any, parts: list[str] | None = None) -> None:
        if parts:
            # What comes now follows what is there; it does not take the place of it, before the
            # end of the run that said that.
            session._browser_queue._delta_index_map.clear()
        else:
            clear(session, parts)

    return cleared


def _take_soon(session: Any, seconds: float = 0) -> None:
    """Have a session's loop take what waits, in its turn or after some seconds."""
    if seconds:
        session._call_soon_on_event_loop(
            lambda: session._event_loop.call_later(seconds, _take, session)
        )
    else:
        session._call_soon_on_event_loop(lambda: _take(session))


def _take(session: Any, *, lets_send: bool = True) -> None:
    """Take all that waits, in order; on the session's loop.

    Args:
        session: Whose.
        lets_send: Whether what is taken is sent before another run begins, which clears it: a page
            that is drawn anew at once, as a run's epochs are in turn, would show the last alone.
    """
    waiting = session.__dict__.get(WAITING, ())
    has_messages = False
    while waiting:
        sender, event, said, told, due = waiting.popleft()
        begins = event == ScriptRunnerEvent.SCRIPT_STARTED
        now = time.monotonic()
        if begins and lets_send and now < due and not session._browser_queue.is_empty():
            if due == inf:
                due = now + SENDING_SECONDS
                _take_soon(session, 1.5 * SENDING_SECONDS)
            waiting.appendleft((sender, event, said, told, due))
            break
        if event != ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
            session._handle_scriptrunner_event_on_event_loop(sender, event, *said, **told)
        elif sender is session._scriptrunner:  # else another run has replaced that one
            session._browser_queue.enqueue(told["forward_msg"])
            has_messages = True
    if has_messages and session._message_enqueued_callback:
        session._message_enqueued_callback()
