"""The start page's choice and every page's strip, without a browser."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import component_data, visit
from ui.phone.relay import RELAY
from ui.torch_import import import_torch


@pytest.fixture(autouse=True)
def torch_is_there(runs_folder: Path) -> None:
    import_torch()


def ring() -> bytes:
    """Return a drawing as it is sent."""
    canvas = Image.new("L", (336, 336))
    ImageDraw.Draw(canvas).ellipse((100, 60, 230, 270), outline=255, width=25)
    file = BytesIO()
    canvas.save(file, "PNG")
    return file.getvalue()


def pressed(page: AppTest, label: str) -> AppTest:
    [button] = [button for button in page.button if button.label == label]
    return button.click().run()


def told(page: AppTest) -> str:
    """Return what the strip says."""
    return " ".join(text.value for text in page.markdown)


def test_what_a_phone_sends_becomes_the_digit_of_the_screen() -> None:
    page = pressed(visit("app.py"), "Show here what phones draw")
    screen = page.session_state["screen_for_phones"]
    assert f"Code for phones: **{screen.shown_code}**" in told(page)
    seven = component_data(page, "live_network")["pad"]

    RELAY.send(screen, "somebody", ring())
    page.run()

    assert not page.exception
    assert page.session_state["drawing_memory"].now.from_phone
    assert component_data(page, "live_network")["pad"]["picture"] != seven["picture"]
    page.switch_page("pages/prediction.py").run()
    assert any("The phone's digit is read as" in html.proto.body for html in page.get("html"))


def test_the_code_is_in_what_the_phone_photographs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.phone.shown.open_address", lambda: "http://room-12:8501/")
    page = visit("app.py")
    assert page.code[0].value == "http://room-12:8501/"

    pressed(page, "Show here what phones draw")

    code = page.session_state["screen_for_phones"].code
    assert page.code[0].value == f"http://room-12:8501/?to={code}"
    assert f"?to={code}" in next(h.proto.body for h in page.get("html") if "svg" in h.proto.body)


@pytest.mark.parametrize(
    ("is_closed", "words"),
    [(True, "listens to its own machine alone"), (False, "the address of this machine")],
)
def test_who_cannot_be_given_an_address_is_told_why(
    is_closed: bool, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.phone.shown.open_address", lambda: None)
    monkeypatch.setattr("ui.phone.shown.is_closed", lambda: is_closed)

    page = visit("app.py")

    assert not page.code
    assert any(words in caption.value for caption in page.caption)


def test_a_screen_that_is_stopped_has_no_code_any_more() -> None:
    page = pressed(visit("app.py"), "Show here what phones draw")
    code = page.session_state["screen_for_phones"].code

    pressed(page, "Show no drawings from phones any more")
    phone = visit("app.py", to=code)

    assert "Code for phones" not in told(page)
    assert f"No screen shows the code '{code}' now" in told(phone).replace("\\", "")


def test_without_phones_there_is_no_choice_and_a_link_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mnistcore.toml").write_text("phones = false\n")
    monkeypatch.setenv("MNISTCORE_SETTINGS", str(tmp_path / "mnistcore.toml"))

    page = visit("app.py", to="AAAA")

    assert [button.label for button in page.button].count("Show here what phones draw") == 0
    assert "lets no page show what another draws" in told(page)


def test_the_last_screen_there_is_room_for_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.phone.relay.MOST_SCREENS", 0)

    page = pressed(visit("app.py"), "Show here what phones draw")

    assert [error.value for error in page.error] == [
        "0 screens show drawings from phones already, which is the most here. Try again when one "
        "has stopped."
    ]
