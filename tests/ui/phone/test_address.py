"""The address for a phone: shown where other machines may come, and only there."""

from types import SimpleNamespace

import pytest
import streamlit as st

from ui.phone.address import open_address, qr_code

CLASS = {"server.address": "0.0.0.0", "browser.serverAddress": "room-12", "server.port": 8501}


def listening(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, object], *, url: str | None = None
) -> str | None:
    monkeypatch.setattr(st, "get_option", options.get)
    monkeypatch.setattr(st, "context", SimpleNamespace(url=url))
    return open_address()


@pytest.mark.parametrize(
    ("options", "url", "address"),
    [
        ({"server.address": "localhost"}, "http://localhost:8501/", None),
        ({"server.address": "localhost"}, "http://room-12:8501/", None),
        ({"server.address": "0.0.0.0"}, "http://localhost:8501/", None),
        (CLASS, "http://localhost:8501/", "http://room-12:8501/"),
        (CLASS, None, "http://room-12:8501/"),
        (CLASS, "http://192.168.1.7:8501/prediction?x=1", "http://192.168.1.7:8501/"),
        (CLASS | {"server.sslCertFile": "c.pem"}, None, "https://room-12:8501/"),
        (CLASS | {"server.baseUrlPath": "/digits/"}, None, "http://room-12:8501/digits"),
    ],
)
def test_the_address_is_one_that_another_machine_can_open(
    options: dict[str, object],
    url: str | None,
    address: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert listening(monkeypatch, options, url=url) == address


def test_another_address_is_another_picture() -> None:
    assert qr_code("http://room-12:8501/") != qr_code("http://room-13:8501/")
