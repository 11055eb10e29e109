"""The choice of the language: the browser's, the address's, the menu's."""

import streamlit as st

from ui import address
from ui.language import CHOSEN, ENGLISH, LANGUAGES, language, use_language

NAME = "lang"  # in the address
CHOICE = "language_choice"  # in session state
LABEL = "Language · 语言"


def find_language() -> None:
    """Take the language from the address, from before, or from the browser; a page's first step."""
    asked = address.read(NAME)
    if asked in LANGUAGES:
        use_language(asked)
    elif CHOSEN not in st.session_state:
        use_language(_browsers())
    _keep_in_address()


def show_languages() -> None:
    """Show the control."""
    st.session_state[CHOICE] = language()
    st.segmented_control(
        LABEL,
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        required=True,
        key=CHOICE,
        label_visibility="collapsed",
        on_change=_choose,
    )


def _choose() -> None:
    use_language(st.session_state[CHOICE])
    _keep_in_address()


def _keep_in_address() -> None:
    own = language()
    address.write(NAME, None if own == _browsers() else own)


def _browsers() -> str:
    """Return what the browser asks for, as far as it can be had here."""
    asked = (st.context.locale or ENGLISH).lower().replace("_", "-").partition("-")[0]
    return asked if asked in LANGUAGES else ENGLISH
