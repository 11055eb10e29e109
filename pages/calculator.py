"""What comes out of a layer, what it costs, what it sees: exact, explained, checked in PyTorch."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui.calculator import compare, network, one_layer
from ui.menu import open_page

TABS = {"One layer": one_layer.show, "A network": network.show, "Compare": compare.show}


def main() -> None:
    open_page("pages/calculator.py")
    st.title("Calculator")
    tabs = st.tabs(list(TABS), on_change="rerun", key="calculation", bind="query-params")
    for tab, show in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                show()


try:
    main()
except InvalidInputError as error:
    st.error(error)
