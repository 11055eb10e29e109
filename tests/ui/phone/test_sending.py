"""What a phone's session sends, and what it is told."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image

from ui import address
from ui.phone import sending
from ui.phone.relay import Relay
from ui.phone.sending import SIDE_PX


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> Relay:
    relay = Relay()
    monkeypatch.setattr(sending, "RELAY", relay)
    return relay


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A visitor's session, with an address of its own."""
    state: dict[str, object] = {}
    names: dict[str, str] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(address, "write", lambda name, text: names.update({name: text or ""}))
    monkeypatch.setattr(address, "read", lambda name: names.get(name, ""))
    return state


def drawn(width: int = SIDE_PX) -> bytes:
    """Return a drawing as the canvas checked it."""
    file = BytesIO()
    Image.new("RGBA", (width, SIDE_PX), "white").save(file, "PNG")
    return file.getvalue()


def test_a_drawing_is_sent_without_colour_and_no_larger_than_the_canvas(relay: Relay) -> None:
    screen = relay.open_screen()
    sending.go_to(screen.code.lower())

    sending.send(drawn(width=2 * SIDE_PX))

    sent = Image.open(BytesIO(relay.take(screen) or b""))
    assert (sent.mode, sent.size) == ("L", (SIDE_PX, SIDE_PX // 2))


def test_nothing_is_sent_without_a_code_nor_of_a_blank_canvas(relay: Relay) -> None:
    screen = relay.open_screen()

    sending.send(drawn())
    sending.go_to(screen.code)
    sending.send(None)
    sending.stop_sending()
    sending.send(drawn())

    assert relay.take(screen) is None


def test_the_address_is_tried_once_and_keeps_the_code(relay: Relay) -> None:
    address.write("to", "AAAA")
    for _ in range(10):
        sending.follow_address()  # as often as the page is drawn
    assert "No screen shows the code 'AAAA'" in str(sending.fault())

    screen = relay.open_screen()
    address.write("to", screen.code)
    sending.follow_address()
    address.write("to", None)  # on the way to another page
    sending.follow_address()

    assert sending.goal() is screen
    assert sending.fault() is None
    assert address.read("to") == screen.code


@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_an_older_address_leads_nobody_back_who_stopped(
    relay: Relay, spelled: Callable[[str], str]
) -> None:
    screen = relay.open_screen()
    address.write("to", spelled(screen.code))
    sending.follow_address()
    sending.stop_sending()

    address.write("to", spelled(screen.code))  # by the browser's Back
    sending.follow_address()
    assert sending.goal() is None
    assert sending.fault() is None

    sending.go_to(screen.code)  # typed again
    sending.follow_address()
    assert sending.goal() is screen


def test_a_screen_that_has_closed_is_gone_to_no_more(relay: Relay) -> None:
    screen = relay.open_screen()
    sending.go_to(screen.code)
    relay.close_screen(screen)

    sending.find_goal_open()

    assert sending.goal() is None
    assert f"The code {screen.code} is over" in str(sending.fault())
    assert address.read("to") == ""


def test_where_the_operator_lets_nobody_no_code_is_asked_for(
    relay: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "mnistcore.toml"
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(settings))
    screen = relay.open_screen()
    sending.go_to(screen.code)
    settings.write_text("phones = false\n")

    sending.send(drawn())

    assert "lets no page show what another draws" in str(sending.fault())
    assert relay.take(screen) is None
