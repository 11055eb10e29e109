"""Inside a trained network: from pixels to answer, with every number shown."""

from collections.abc import Callable

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui import session
from ui.components.stage_row.component import show_row
from ui.menu import open_page
from ui.network.choices import choose_image, choose_network
from ui.network.inspected import Look, Pixels, look_inside
from ui.network.learning import show_learning
from ui.network.one_map import show_one_map
from ui.network.pixels import show_pixels
from ui.network.story import show_story
from ui.network.switches import show_switched_off, switched_off
from ui.network.value import show_value

ROW, AT = "inside_row", "inside_at"

TABS: dict[str, Callable[[Look], None]] = {
    "One value": lambda look: show_value(look, choose),
    "One map": show_one_map,
    "Which pixels mattered": show_pixels,
    "One step of learning": show_learning,
    "In words": show_story,
}


def main() -> None:
    open_page("pages/network.py")
    name = choose_network()
    image, truth = choose_image()
    session.classifier(name)  # what a fragment raises does not reach the end of the file
    show_inside(name, image, truth)


@st.fragment
def show_inside(name: str, image: Pixels, truth: int | None) -> None:
    try:
        look = look_inside(name, image, truth, switched_off(), st.query_params.get(AT))
    except InvalidInputError as error:
        st.error(error)
        return
    st.caption(
        "The digit goes in on the left; every block turns its maps into smaller, richer ones; the "
        "answer comes out on the right. **Click any value** to see how it came about. MACs are "
        "multiplications with addition, for one digit."
    )
    if not look.is_all:
        st.caption(
            "This network looks several times and answers with the mean. What follows is its look "
            "straight at the digit, so the answer may differ by a little from the prediction's."
        )
    show_row(look, key=ROW, on_click=lambda: choose(st.session_state[ROW].clicked))
    show_switched_off(look)
    tabs = st.tabs(list(TABS), on_change="rerun", key="inside_view", bind="query-params")
    for tab, show in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                try:
                    show(look)
                except InvalidInputError as error:
                    st.error(error)


def choose(address: str | None) -> None:
    if address:
        st.query_params[AT] = address


try:
    main()
except InvalidInputError as error:
    st.error(error)
