"""The network that a visitor brings from the calculator to the training page."""

import streamlit as st

ADDRESS = {"train": "calculator"}  # of the training page, for whoever brings one
_KEY = "brought_network"


def bring(stack: dict[str, object]) -> None:
    """Keep a network for the training page, which is opened at `ADDRESS`.

    Args:
        stack: As `mnistcore.stacks.json_format.stack_to_dict` writes it.
    """
    st.session_state[_KEY] = stack


def brought() -> dict[str, object] | None:
    """Return the network that this visitor brought last, if any."""
    stack: dict[str, object] | None = st.session_state.get(_KEY)
    return stack


def has_come() -> bool:
    """Tell whether this visitor came to the training page with a network."""
    asked = all(st.query_params.get(key) == value for key, value in ADDRESS.items())
    return asked and brought() is not None
