"""Which network reads: one that comes with the app, a run's at any epoch, or the visitor's own."""

import streamlit as st

from ui import session
from ui.epoch_choice import choose_epoch


def choose_network() -> str | None:
    """Show the title and the choice of network; return its name, or None while its file is missing.

    Raises:
        InvalidInputError: The file cannot be used.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.title("Have a digit read", width="stretch")
        name = st.selectbox(
            "Network",
            [*session.classifier_names(), session.UPLOADED],
            key="network",
            bind="query-params",
            label_visibility="collapsed",
            width=280,
            help="A network that comes with this app, one of your own training runs, or a file.",
        )
    if name == session.UPLOADED and not _take_file():
        return None
    name = choose_epoch(name, key="epoch")
    # Here, since what a fragment raises does not reach the end of the file.
    session.classifier(name)
    return name


def _take_file() -> bool:
    file = st.file_uploader(
        "A checkpoint of this app, or a `state_dict` of MyNet. Nothing in the file is executed.",
        type=["pt", "pth"],
        key="checkpoint_file",
    )
    if file is not None:
        session.keep_upload(file.name, file.getvalue())
    return session.upload_is_kept()
