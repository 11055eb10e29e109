"""What is taken home is whole, says why it cannot be had, and speaks the language of its page."""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import streamlit as st

from mnistcore.exported.texts import PAGE
from tests.pages.conftest import visit
from ui import language, networks, take_home
from ui.language import each
from ui.torch_import import import_torch

Press = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """Open a network's forms; return the content and the settings of each button by its file."""
    given: dict[str, dict[str, Any]] = {}

    def note(label: str, content: bytes, file: str, kind: str, **settings: Any) -> None:
        given[file] = {"content": content, **settings}

    def pressed(network: networks.NetworkKey = networks.LESSON) -> dict[str, dict[str, Any]]:
        for suffix in take_home.FORMS:
            take_home._show_form(network, suffix, key=suffix)
        return given

    import_torch()
    monkeypatch.setattr(st, "download_button", note)
    return pressed


def test_a_network_can_be_had_in_every_form(press: Press) -> None:
    given = press()

    assert [*given] == ["mynet.html", "mynet.onnx", "mynet.zip"]
    assert not any(settings["disabled"] for settings in given.values())
    assert given["mynet.html"]["content"].startswith(b"<!doctype html>")
    with ZipFile(BytesIO(given["mynet.zip"]["content"])) as folder:
        assert folder.namelist() == ["mynet.py", "mynet.pt"]


def test_a_visitors_own_file_can_be_had_too(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    content = Path(networks.WEIGHTS / "mynet.pt").read_bytes()
    monkeypatch.setattr(st, "session_state", {networks.UPLOADED: ("mine.pt", content)})

    given = press(networks.UPLOAD)

    assert all(settings["content"] for settings in given.values())


def test_without_the_package_the_button_says_how_to_install_it(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_home._made.clear()
    monkeypatch.setitem(sys.modules, "onnx", None)

    given = press()

    assert [settings["disabled"] for settings in given.values()] == [False, True, False]
    assert r"pip install mnistcore\[onnx\]" in given["mynet.onnx"]["help"]


def test_a_page_to_take_home_is_in_the_language_of_the_page_with_its_button(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "language", lambda: "zh")
    assert each(PAGE)["language"] != "en"

    page = press()["mynet.html"]["content"].decode()

    assert '<html lang="zh-CN">' in page
    assert "<title>MyNet 识别手写数字</title>" in page


def test_nothing_is_made_before_it_is_asked_for(
    runs_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(take_home, "_show_form", lambda *given, key: asked.append(key))
    import_torch()

    page = visit("pages/prediction.py")

    assert not page.exception
    assert asked == []
