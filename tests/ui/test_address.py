"""What is written into the address stays, whenever the browser learns of it."""

import pytest
from streamlit.testing.v1 import AppTest

from ui import address


def page() -> None:
    import streamlit as st

    from ui import address

    address.tidy()
    st.button("Go on", on_click=address.write, args=("stop", "2"))
    st.text(address.read("stop"))


def asked_for(app: AppTest, stop: str) -> str:
    """Return what the page shows when the browser asks for it with this address."""
    app.query_params["stop"] = stop
    return str(app.run().text[0].value)


def test_a_message_with_the_address_of_before_takes_nobody_back() -> None:
    app = AppTest.from_function(page)
    assert asked_for(app, "1") == "1"

    assert app.button[0].click().run().text[0].value == "2"

    assert asked_for(app, "1") == "2"  # sent before the browser had learned of it
    assert app.query_params["stop"] == "2"  # and told again
    assert asked_for(app, "1") == "2"


def test_once_the_browser_knows_it_goes_where_it_says() -> None:
    app = AppTest.from_function(page)
    asked_for(app, "1")
    app.button[0].click().run()

    assert asked_for(app, "2") == "2"

    assert asked_for(app, "1") == "1"
    assert asked_for(app, "3") == "3"


def test_what_was_written_for_one_page_is_not_written_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = AppTest.from_function(page)
    asked_for(app, "1")
    app.button[0].click().run()

    monkeypatch.setattr(address, "_page", lambda: "another")

    assert asked_for(app, "1") == "1"
