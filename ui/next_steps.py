"""The next steps after an answer or a run: links that take the network and the digit along."""

import streamlit as st

from ui.language import N_, _
from ui.networks import NetworkKey

STEPS = {
    "draw": (N_("Draw for it"), ":material/draw:", "pages/prediction.py"),
    "mistakes": (N_("Its mistakes"), ":material/close:", "pages/prediction.py"),
    "inside": (N_("Look inside"), ":material/account_tree:", "pages/network.py"),
    "lesson": (N_("Back to the lesson"), ":material/school:", "pages/lesson.py"),
}
LABEL = N_("What next?")


def show_next_steps(network: NetworkKey, *, without: str = "") -> None:
    """Show the ways on.

    Args:
        network: That answered or was trained.
        without: The step that leads to where the visitor is.
    """
    addresses = {
        "draw": {"network": network.address},
        "mistakes": {
            "network": network.address,
            "view": "test-set",
            "only_mistakes": "true",
        },
        "inside": {"inside_network": network.address, "inside_kind": "drawing"},
        "lesson": {},
    }
    with st.container(horizontal=True, vertical_alignment="center", key="next_steps"):
        st.markdown(_(LABEL), width="content")
        for step, (label, icon, page) in STEPS.items():
            if step != without:
                st.page_link(page, label=_(label), icon=icon, query_params=addresses[step])
