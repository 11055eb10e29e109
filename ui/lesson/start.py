"""The start page: the network itself, at work on a digit that the visitor draws."""

from pathlib import Path

import streamlit as st

from ui import shared
from ui.language import _
from ui.lesson.live import show_live
from ui.lesson.texts import start as texts
from ui.menu import PAGES
from ui.parts import fragment
from ui.phone.shown import offer_phone
from ui.torch_import import import_torch_meanwhile, redraw_with_torch, torch_is_imported

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
    st.title(_(texts.TITLE), anchor=False)
    with st.container(key="start_sentence"):
        st.markdown(_(texts.SENTENCE))
    awake = torch_is_imported()
    if not awake:
        import_torch_meanwhile()
    fragment()(_show_network)(awake)
    with st.container(horizontal=True, key="start_links"):
        if st.button(_(texts.BUTTON), type="primary", icon=":material/arrow_forward:"):
            st.switch_page("pages/lesson.py")
        st.markdown(_(texts.WORKBENCH), width="content")
        for page in WORKBENCH:
            st.page_link(page, label=_(PAGES[page][0]))
        offer_phone()
    st.caption(_(texts.CREDIT))
    if not awake:
        redraw_with_torch()


def _show_network(awake: bool) -> None:
    if torch_is_imported() != awake:  # the pen lifted before a look was taken
        st.rerun()
    show_live(shared.network(), key="start_network")
