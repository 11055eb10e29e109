"""What a page and the app say to each other: whether the app still works on what was asked of it.

The page alone cannot tell. Between a click and the start of the script it stands as still as after
the script's end, for an instant on an idle machine and for seconds on a busy one.
"""

import time
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.waiting import PATIENCE_SECONDS

# Longer than the page's own timers hold back what a control has to say; later than they, in the
# page's own order of events, however slow the page is.
LONGEST_DELAY_MS = 50


class Conversation:
    """Follows the messages of one page.

    Attributes:
        is_asked: The app owes this page a run of its script.
        has_rested: It has come to owe none since someone last set this to False.
    """

    def __init__(self, page: Page) -> None:
        self.has_rested = False
        self.expect_a_new_page()
        page.on("websocket", self._listen)

    def expect_a_new_page(self) -> None:
        """Take note that the page is about to be left for another, which asks for itself."""
        self.is_asked, self._runs = True, False
        self._socket: WebSocket | None = None

    def _listen(self, socket: WebSocket) -> None:
        self.expect_a_new_page()
        self._socket = socket
        socket.on("framesent", lambda content: self._take_question(socket, content))
        socket.on("framereceived", lambda content: self._take_answer(socket, content))

    def _take_question(self, socket: WebSocket, content: bytes | str) -> None:
        if socket is not self._socket or not isinstance(content, bytes):
            return
        if BackMsg.FromString(content).HasField("rerun_script"):
            self.is_asked, self._runs = True, False

    def _take_answer(self, socket: WebSocket, content: bytes | str) -> None:
        if socket is not self._socket or not isinstance(content, bytes):
            return
        message = ForwardMsg.FromString(content)
        if message.HasField("new_session"):
            self._runs = True
        elif self._runs and message.HasField("script_finished"):
            is_cut_short = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            self.is_asked = is_cut_short
            self.has_rested |= not is_cut_short


_conversations: WeakKeyDictionary[Page, Conversation] = WeakKeyDictionary()


def follow(page: Page) -> Conversation:
    """Follow what a page says from now on."""
    if page not in _conversations:
        _conversations[page] = Conversation(page)
    return _conversations[page]


def await_answer(page: Page) -> None:
    """Wait until the app has answered all that a page has asked; at once if nobody follows it."""
    conversation = _conversations.get(page)
    if conversation is None:
        return
    page.evaluate("delay => new Promise(done => setTimeout(done, delay))", LONGEST_DELAY_MS)
    conversation.has_rested = not conversation.is_asked
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not conversation.has_rested:
        assert time.monotonic() < deadline, f"the app has not answered: {page.url}"
        page.wait_for_timeout(20)
    page.evaluate("() => new Promise(done => setTimeout(done))")  # what came is drawn
