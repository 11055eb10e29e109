"""What a page says reaches the browser in few pieces, each drawn once, and all of it.

Streamlit hands over each message of a script by itself and sends what there is every ten
milliseconds; the browser draws its whole page anew for each piece, ten times for one drawing where
the server is busy. Here messages wait for those that follow, for a while or until the script has
run, and go together: the server's loop wakes up for pieces, too, and not for each message.

And what a script has said is taken before another run is asked for. Streamlit drops what it has
not yet looked at once another run has begun: parts of a page that has just been drawn were missing,
and what came next had no place to stand.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent, get_script_run_ctx

Requests = Callable[[Any, ClientState | None], None]

MOST_SECONDS = 0.1  # that a message waits: about as long as the answer to a drawing takes
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


def send_what_is_there() -> None:
    """Let what the script has said so far wait for nothing else."""
    context = get_script_run_ctx()
    if context is not None and (session := _SESSIONS.get(context.session_id)) is not None:
        _take_soon(session)


def taken_in_few_pieces(session: Any, sender: Any, event: Any, *said: Any, **told: Any) -> None:
    """Take an event of a script; messages wait for one another, and nothing overtakes them."""
    _SESSIONS[session.id] = session
    waiting = session.__dict__.setdefault(WAITING, deque())
    waiting.append((sender, event, said, told))
    if event not in PATIENT:
        _take_soon(session)
    elif len(waiting) == 1:  # asked afterwards: the loop may have taken the others just now
        _take_soon(session, MOST_SECONDS)


def requests_when_all_is_taken(request: Requests) -> Requests:
    """Return what requests a run once all is taken that was said before."""

    def requested(session: Any, asked: ClientState | None) -> None:
        if asyncio._get_running_loop() is session._event_loop:
            _take(session)
        request(session, asked)

    return requested


def _take_soon(session: Any, seconds: float = 0) -> None:
    """Have a session's loop take what waits, in its turn or after some seconds."""
    if seconds:
        session._call_soon_on_event_loop(
            lambda: session._event_loop.call_later(seconds, _take, session)
        )
    else:
        session._call_soon_on_event_loop(lambda: _take(session))


def _take(session: Any) -> None:
    """Take all that waits, in order; on the session's loop."""
    waiting = session.__dict__.get(WAITING, ())
    has_messages = False
    while waiting:
        sender, event, said, told = waiting.popleft()
        if event != ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
            session._handle_scriptrunner_event_on_event_loop(sender, event, *said, **told)
        elif sender is session._scriptrunner:  # else another run has replaced that one
            session._browser_queue.enqueue(told["forward_msg"])
            has_messages = True
    if has_messages and session._message_enqueued_callback:
        session._message_enqueued_callback()
