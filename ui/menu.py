"""The one list of pages: their files, titles, icons and order; and how every page opens."""

from pathlib import Path

import streamlit as st

from ui import address
from ui.batches import send_in_few_pieces
from ui.collection import collect_meanwhile
from ui.components.menu_fold.component import fold_behind_a_choice
from ui.language import N_, _, language
from ui.language_choice import find_language, show_languages
from ui.late_messages import keep_to_the_last_page
from ui.operator_log import open_log
from ui.phone.shown import show_strip
from ui.upload_quota import limit_uploads
from ui.visitor import know_visitor

PRODUCT = N_("Convolution, digit by digit")

PAGES = {
    "app.py": (N_("Start"), ":material/home:"),
    "pages/lesson.py": (N_("Lesson"), ":material/school:"),
    "pages/convolution.py": (N_("Convolution"), ":material/blur_on:"),
    "pages/calculator.py": (N_("Calculator"), ":material/calculate:"),
    "pages/training.py": (N_("Training"), ":material/model_training:"),
    "pages/prediction.py": (N_("Prediction"), ":material/draw:"),
    "pages/network.py": (N_("Inside"), ":material/account_tree:"),
}

STYLES = (Path(__file__).parent / "colours.css", Path(__file__).parent / "page.css")


def open_page(path: str, *, folds_menu: bool = False) -> None:
    """Tidy the address, set the page's title and draw the menu; every page calls this first.

    Args:
        path: The page's own file, as it stands in `PAGES`.
        folds_menu: Whether the page wants the menu's room, which then unfolds when asked.
    """
    collect_meanwhile()
    keep_to_the_last_page()
    send_in_few_pieces()
    open_log()
    limit_uploads()
    address.tidy()
    find_language()
    title = PAGES[path][0]
    # A Material icon here would make the browser fetch a favicon from the internet.
    st.set_page_config(
        page_title=f"{_(title)} · {_(PRODUCT)}",
        page_icon="🔢",
        layout="wide",
        initial_sidebar_state="collapsed" if folds_menu else "auto",
    )
    for style in STYLES:
        st.html(style)
    know_visitor()
    with st.sidebar:
        for page, (label, icon) in PAGES.items():
            st.page_link(page, label=_(label), icon=icon)
        show_languages()
        fold_behind_a_choice(language())
    show_strip()
