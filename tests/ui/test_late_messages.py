"""A fragment's message that comes too late, by itself and over a browser's own connection."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.visitors import run_apart
from tests.browser.server import running_server
from ui.late_messages import joins_without_its_place, requests_for_the_page_there_is


def waiting_after(*asked: RerunData) -> RerunData:
    """Return what waits to be run once all these were asked for."""
    requests = ScriptRequests()
    join = joins_without_its_place(ScriptRequests.request_rerun)
    for one in asked:
        join(requests, one)
    assert requests._state == ScriptRequestType.RERUN
    return requests._rerun_data


def test_a_fragment_that_joins_a_whole_page_leaves_its_page_and_address() -> None:
    waiting = waiting_after(
        RerunData(page_script_hash="new", query_string="stop=3"),
        RerunData(page_script_hash="old", query_string="stop=2", fragment_id="clock"),
    )

    assert (waiting.page_script_hash, waiting.query_string) == ("new", "stop=3")
    assert not waiting.fragment_id_queue


def test_a_whole_page_that_joins_a_fragment_is_where_it_goes() -> None:
    waiting = waiting_after(
        RerunData(page_script_hash="old", query_string="stop=2", fragment_id="clock"),
        RerunData(page_script_hash="new", query_string="stop=3"),
    )

    assert (waiting.page_script_hash, waiting.query_string) == ("new", "stop=3")


CHOSEN = WidgetStates(widgets=[WidgetState(id="run", string_value="new")])
CHOSEN_BEFORE = WidgetStates(widgets=[WidgetState(id="run", string_value="old")])


def test_a_look_by_the_clock_takes_no_choice_back() -> None:
    look = RerunData(fragment_id="clock", is_auto_rerun=True, widget_states=CHOSEN_BEFORE)

    assert waiting_after(look).widget_states is None
    assert waiting_after(RerunData(widget_states=CHOSEN), look).widget_states == CHOSEN


def test_what_a_visitor_does_in_a_part_is_taken() -> None:
    click = RerunData(fragment_id="clock", widget_states=CHOSEN)

    assert waiting_after(click).widget_states == CHOSEN


def pages_of(*asked: ClientState) -> list[str]:
    """Return for which page each message is run, where the page "old" stands and none has begun."""
    seen: list[str] = []
    session = SimpleNamespace(_client_state=ClientState(page_script_hash="old"))
    request = requests_for_the_page_there_is(
        lambda _, state: seen.append(state.page_script_hash if state else "")
    )
    for one in asked:
        request(session, one)
    return seen


def link(page: str) -> ClientState:
    return ClientState(page_script_hash=page)


def clock(page: str) -> ClientState:
    return ClientState(page_script_hash=page, fragment_id="clock")


def widget(page: str, *, goes_back: bool = False) -> ClientState:
    return ClientState(page_script_hash=page, widget_states=CHOSEN, is_history_navigation=goes_back)


@pytest.mark.parametrize("part", [clock, widget])
def test_a_part_of_a_page_that_was_left_takes_nobody_back(
    part: Callable[[str], ClientState],
) -> None:
    assert pages_of(link("new"), part("old")) == ["new", "new"]
    assert pages_of(link("new"), link("new"), part("old")) == ["new", "new", "new"]


@pytest.mark.parametrize("part", [clock, widget])
def test_who_is_back_is_not_sent_away(part: Callable[[str], ClientState]) -> None:
    assert pages_of(link("new"), part("new"), part("old"))[-1] == "old"
    assert pages_of(link("old"), part("old"))[-1] == "old"
    assert pages_of(link("new"), link("old"), part("old"))[-1] == "old"
    assert pages_of(link("new"), widget("old", goes_back=True), part("old"))[-1] == "old"


@pytest.mark.parametrize("part", [clock, widget])
def test_where_a_page_sends_its_visitor_he_stays(part: Callable[[str], ClientState]) -> None:
    assert pages_of(link("new"), widget("new"), part("third"))[-1] == "third"


def test_what_a_page_reported_last_goes_along_to_the_next() -> None:
    reported = WidgetStates(widgets=[WidgetState(id="canvas", json_value="a stroke")])
    requests = ScriptRequests()
    requests.request_rerun(
        RerunData(page_script_hash="old", fragment_id="draw", widget_states=reported)
    )
    session = SimpleNamespace(
        _client_state=ClientState(page_script_hash="old"),
        _scriptrunner=SimpleNamespace(_requests=requests),
    )
    seen: list[ClientState] = []
    request = requests_for_the_page_there_is(lambda _, state: seen.append(state or ClientState()))

    request(session, ClientState(page_script_hash="new"))

    [state] = seen[0].widget_states.widgets
    assert (state.id, state.json_value) == ("canvas", "a stroke")


async def _message(connection: ClientConnection) -> ForwardMsg:
    content = await connection.recv()
    assert isinstance(content, bytes)
    message: ForwardMsg = ForwardMsg.FromString(content)
    return message


async def _page_after_a_late_message(address: str, *, of_fragment: bool) -> tuple[str, str]:
    """Leave a page while a part of it reports; the page asked for, and the one shown."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(url, max_size=50_000_000, origin=address) as connection:  # type: ignore[arg-type]
        first = BackMsg()
        first.rerun_script.page_name = "prediction"
        await connection.send(first.SerializeToString())
        old = fragment = ""
        links: dict[str, str] = {}
        while True:
            told = await _message(connection)
            if told.HasField("new_session"):
                old = told.new_session.page_script_hash
            if link := told.delta.new_element.page_link.page_script_hash:
                links[told.delta.new_element.page_link.page] = link
            fragment = told.delta.fragment_id or fragment
            if told.HasField("script_finished") and fragment:
                break
        whole, late = BackMsg(), BackMsg()
        whole.rerun_script.page_script_hash = links["convolution"]
        late.rerun_script.page_script_hash = old
        if of_fragment:
            late.rerun_script.fragment_id = fragment
        else:
            late.rerun_script.widget_states.widgets.add(id="unknown", json_value="{}")
        await connection.send(whole.SerializeToString())
        await connection.send(late.SerializeToString())
        shown = ""
        while True:
            try:
                told = await asyncio.wait_for(_message(connection), 3)
            except TimeoutError:
                return links["convolution"], shown
            if told.HasField("new_session"):
                shown = told.new_session.page_script_hash


@pytest.mark.slow
@pytest.mark.parametrize("of_fragment", [True, False])
def test_the_page_that_was_asked_for_stays(tmp_path: Path, *, of_fragment: bool) -> None:
    with running_server(tmp_path / "log.txt", MNISTCORE_RUNS=str(tmp_path / "runs")) as address:
        asked, shown = run_apart(_page_after_a_late_message(address, of_fragment=of_fragment))

    assert shown == asked
