"""What comes out of a layer, what it costs, what it sees: exact, explained, checked in PyTorch."""

import streamlit as st

from ui.calculator import compare, network, one_layer
from ui.language import N_, _
from ui.menu import open_page
from ui.parts import Tab, show_tabs, tells_what_is_wrong

TABS = {
    "layer": Tab(N_("One layer"), one_layer.show),
    "network": Tab(N_("A network"), network.show),
    "compare": Tab(N_("Compare"), compare.show),
}


@tells_what_is_wrong
def main() -> None:
    open_page("pages/calculator.py")
    st.title(_("Calculator"))
    show_tabs(TABS, key="calculation")


main()
