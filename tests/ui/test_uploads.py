"""Every place for a file is one that whoever runs the app can close."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).parent.parent.parent
PLACE = re.compile(r"\bst\.(file_uploader|camera_input|audio_input|chat_input)\(")


def test_files_are_taken_in_one_place() -> None:
    files = [*(PROJECT / "ui").rglob("*.py"), *(PROJECT / "pages").glob("*.py")]

    assert [path.name for path in files if PLACE.search(path.read_text("utf-8"))] == []


def page() -> None:
    import streamlit as st
    from streamlit.elements.lib.file_uploader_utils import enforce_filename_restriction

    from ui.uploads import take_file

    def forged(label: str, type: list[str]) -> None:
        enforce_filename_restriction("photo.exe", [f".{kind}" for kind in type])

    take_file("A photo", widget=forged, type=["png", "jpg"])
    st.text("The rest of the page")


def test_a_forged_name_is_refused_in_a_sentence_and_the_page_goes_on() -> None:
    app = AppTest.from_function(page).run()

    assert not app.exception
    assert "no file of a kind that this place takes: png, jpg." in app.error[0].value
    assert app.text[0].value == "The rest of the page"
