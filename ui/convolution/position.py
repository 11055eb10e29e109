"""Where the window stands, in the page's address: `window_at=3,5`."""

import streamlit as st


def saved_position() -> tuple[int, int] | None:
    """Return row and column of the output number to begin with, if the address holds them."""
    row, _, column = st.query_params.get("window_at", "").partition(",")
    return (int(row), int(column)) if row.isdecimal() and column.isdecimal() else None


def keep_position() -> None:
    """Write where the window came to rest into the address; a callback of the stepper."""
    position = st.session_state.window_stepper.get("position")
    if position:
        st.query_params["window_at"] = position
