"""The start page: the network itself, at work on a digit that the visitor draws."""

from pathlib import Path

import streamlit as st

from ui import shared
from ui.lesson.live import show_live
from ui.lesson.texts import start as texts
from ui.menu import PAGES
from ui.parts import fragment
from ui.torch_import import import_torch_meanwhile, torch_is_imported

AWAKE = "start_is_awake"  # whether the page was drawn with the network at work
SECONDS_BETWEEN_LOOKS = 0.4  # whether torch is there by now
WORKBENCH = ("pages/convolution.py", "pages/calculator.py", "pages/training.py",
             "pages/prediction.py", "pages/network.py")  # fmt: skip

ROOM, STYLE = (Path(__file__).with_name(f"{name}.css") for name in ("room", "start"))


def show_start() -> None:
    """Show the page."""
    st.html(ROOM)
    st.html(STYLE)
    with st.container(key="start"):
        _show()


def _show() -> None:
    st.title(texts.TITLE, anchor=False)
    with st.container(key="start_sentence"):
        st.markdown(texts.SENTENCE)
    awake = st.session_state[AWAKE] = torch_is_imported()
    if not awake:
        import_torch_meanwhile()
    fragment(run_every=None if awake else SECONDS_BETWEEN_LOOKS)(_show_network)()
    with st.container(horizontal=True, key="start_links"):
        if st.button(texts.BUTTON, type="primary", icon=":material/arrow_forward:"):
            st.switch_page("pages/lesson.py")
        st.markdown(texts.WORKBENCH, width="content")
        for page in WORKBENCH:
            st.page_link(page, label=PAGES[page][0])
    st.caption(texts.CREDIT)


def _show_network() -> None:
    if torch_is_imported() and not st.session_state[AWAKE]:
        st.rerun()
    show_live(shared.network(), key="start_network")
