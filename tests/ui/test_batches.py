"""What a script says, in pieces: a session of Streamlit's with a loop, a queue and no browser."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import ScriptRunnerEvent

from benchmarks.visitors import run_apart
from ui import batches
from ui.batches import (
    clears_for_the_whole_page_alone,
    requests_when_all_is_taken,
    send_what_is_there,
    taken_in_few_pieces,
)

FIRST, SECOND = object(), object()  # who runs the script


class Session:
    """As much of a session as events meet; `pieces` has what would go to the browser at once."""

    def __init__(self) -> None:
        self.id = "one"
        self._event_loop = asyncio.get_running_loop()
        self._scriptrunner = FIRST
        self._browser_queue = ForwardMsgQueue()
        self.pieces: list[list[str]] = []
        self.handled: list[str] = []
        self.sends_at_once = True

    def _call_soon_on_event_loop(self, callback: Callable[[], None]) -> None:
        self._event_loop.call_soon_threadsafe(callback)

    def _message_enqueued_callback(self) -> None:
        if self.sends_at_once:
            self.send()

    def send(self) -> None:
        self.pieces.append(
            [told.page_info_changed.query_string for told in self._browser_queue.flush()]
        )

    def _handle_scriptrunner_event_on_event_loop(self, sender: Any, event: Any) -> None:
        self.handled.append(event.name)
        if event == ScriptRunnerEvent.SCRIPT_STARTED:
            self._browser_queue.clear()
        elif sender is self._scriptrunner:
            self._browser_queue.enqueue(said(event.name))
            self._message_enqueued_callback()


def said(text: str) -> ForwardMsg:
    """Return a message of a script."""
    message = ForwardMsg()
    message.page_info_changed.query_string = text
    return message


def say(session: Session, *texts: str, sender: object = FIRST) -> None:
    for text in texts:
        taken_in_few_pieces(
            session, sender, event=ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, forward_msg=said(text)
        )


def begin(session: Session) -> None:
    taken_in_few_pieces(session, FIRST, event=ScriptRunnerEvent.SCRIPT_STARTED)


def finish(session: Session, sender: object = FIRST) -> None:
    taken_in_few_pieces(session, sender, event=ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS)


def test_what_is_said_in_one_go_is_one_piece_with_the_end() -> None:
    async def talk() -> list[list[str]]:
        session = Session()
        say(session, "canvas", "bars", "steps")
        await asyncio.sleep(0.01)
        assert session.pieces == []
        finish(session)
        await asyncio.sleep(0.01)
        return session.pieces

    [piece, *rest] = run_apart(talk())

    assert piece == ["canvas", "bars", "steps", "FRAGMENT_STOPPED_WITH_SUCCESS"]
    assert not any(rest)


def test_a_message_waits_for_the_next_no_longer_than_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "MOST_SECONDS", 0.05)

    async def talk() -> list[list[str]]:
        session = Session()
        say(session, "reading the photo ...")
        await asyncio.sleep(0.2)
        say(session, "a 7")
        finish(session)
        await asyncio.sleep(0.01)
        return session.pieces

    assert run_apart(talk())[0] == ["reading the photo ..."]


def test_a_page_is_sent_before_it_is_drawn_anew() -> None:
    """Streamlit clears what it has not sent when a run begins."""

    async def talk() -> list[list[str]]:
        session = Session()
        session.sends_at_once = False
        say(session, "epoch 1")
        finish(session)
        begin(session)
        say(session, "epoch 2")
        finish(session)
        for _ in range(20):  # as Streamlit does
            await asyncio.sleep(0.01)
            session.send()
        return session.pieces

    assert [text for piece in run_apart(talk()) for text in piece if "epoch" in text] == [
        "epoch 1",
        "epoch 2",
    ]


def test_who_is_away_holds_up_no_run() -> None:
    async def talk() -> bool:
        session = Session()
        session.sends_at_once = False
        say(session, "nobody takes it")
        finish(session)
        begin(session)
        finish(session)
        await asyncio.sleep(0.2)
        return "".join(session.handled).endswith("FRAGMENT_STOPPED_WITH_SUCCESS") and (
            "SCRIPT_STARTED" in session.handled
        )

    assert run_apart(talk())


def test_what_was_said_before_another_run_began_is_not_lost() -> None:
    async def talk() -> list[list[str]]:
        session = Session()

        def begin_another(session: Any, asked: object) -> None:
            session._scriptrunner = SECOND

        say(session, "the end of a page")
        finish(session)
        requests_when_all_is_taken(begin_another)(session, None)
        say(session, "of a run that was replaced")
        say(session, "a part of it, anew", sender=SECOND)
        finish(session, SECOND)
        await asyncio.sleep(0.01)
        return session.pieces

    pieces = run_apart(talk())

    assert [text for piece in pieces for text in piece] == [
        "the end of a page",
        "FRAGMENT_STOPPED_WITH_SUCCESS",
        "a part of it, anew",
        "FRAGMENT_STOPPED_WITH_SUCCESS",
    ]


def test_a_page_that_is_sure_of_its_answer_waits_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = SimpleNamespace(session_id="one")
    monkeypatch.setattr(batches, "get_script_run_ctx", lambda: context)

    async def talk() -> list[list[str]]:
        session = Session()
        say(session, "bars")
        send_what_is_there()
        await asyncio.sleep(0.01)
        say(session, "steps")
        return session.pieces

    assert run_apart(talk()) == [["bars"]]


def delta(path: list[int], part: str, text: str = "") -> ForwardMsg:
    """Return what a part of the page says at a place: a container, or a text in it."""
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = part
    if text:
        message.delta.new_element.html.body = text
    else:
        message.delta.add_block.allow_empty = True
    return message


def clear(queue: ForwardMsgQueue, parts: list[str] | None) -> None:
    """Do what a session does when a run of these parts begins, or of the whole page."""
    begins: Any = clears_for_the_whole_page_alone(AppSession._clear_queue)
    begins(SimpleNamespace(_browser_queue=queue), parts)


def test_a_part_that_runs_anew_keeps_its_place_in_the_page_that_is_not_sent_yet() -> None:
    queue = ForwardMsgQueue()
    page = [
        delta([0, 0], "", "heading"),
        delta([0, 1], "watch"),
        delta([0, 1, 0], "watch", "step 1"),
        ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY),
    ]
    for message in page:
        queue.enqueue(message)

    clear(queue, ["watch"])
    for message in (anew := [delta([0, 1], "watch"), delta([0, 1, 0], "watch", "step 2")]):
        queue.enqueue(message)

    assert queue.flush() == [*page, *anew]


def test_a_page_that_is_drawn_anew_says_nothing_twice() -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(delta([0, 0], "", "heading"))

    clear(queue, None)

    assert queue.is_empty()


@pytest.mark.parametrize(
    "name",
    [
        "_clear_queue",
        "_handle_scriptrunner_event_on_event_loop",
        "_on_scriptrunner_event",
        "request_rerun",
    ],
)
def test_streamlit_still_has_what_is_replaced(name: str) -> None:
    assert callable(getattr(AppSession, name))
