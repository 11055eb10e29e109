"""Inside a trained network: from pixels to answer, with every number shown."""

import streamlit as st

from ui.components.reports import reported
from ui.inside import learning, one_map, one_value, which_pixels
from ui.inside.at_work import Pixels
from ui.inside.blocks import show_row
from ui.inside.image_choice import choose_image
from ui.inside.opened import choose_value, lay_open
from ui.inside.switches import show_switched_off, switched_off
from ui.language import N_, _
from ui.menu import open_page
from ui.network_choice import choose_network
from ui.networks import LESSON, NetworkKey
from ui.next_steps import show_next_steps
from ui.parts import Tab, fragment, show_tabs, tells_what_is_wrong

ROW = "inside_row"
TABS = {
    "value": Tab(N_("One value"), one_value.show),
    "map": Tab(N_("One map"), one_map.show),
    "pixels": Tab(N_("Which pixels mattered"), which_pixels.show),
    "learning": Tab(N_("One step of learning"), learning.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/network.py")
    chosen = choose_network(_("Inside the network"), LESSON, prefix="inside_")
    if chosen is not None:
        learning.begin(chosen[0])
    image, truth = choose_image()
    if chosen is not None:
        network, bar = chosen
        show_inside(network, image, truth)
        bar.show_digit(network)  # behind the row, which must not wait for it
        show_next_steps(network, without="inside")


@fragment()
def show_inside(network: NetworkKey, image: Pixels, truth: int | None) -> None:
    opened = lay_open(network, image, truth, switched_off())
    st.markdown(
        _(
            "The digit goes in on the left; every block turns its maps into smaller, richer "
            "ones; the answer comes out on the right. **Click any value** to see below how "
            "it came about."
        )
    )
    if not opened.is_all:
        st.caption(
            _(
                "This network looks several times and answers with the mean. What follows is "
                "its look straight at the digit, so the answer may differ by a little from "
                "the prediction's."
            )
        )
    show_row(opened, key=ROW, on_click=lambda: choose_value(reported(ROW, "clicked", str)))
    show_switched_off(opened)
    show_tabs(TABS, opened, key="inside_view")


main()
