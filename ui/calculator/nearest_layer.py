"""The nearest layer that works, in words, and what near means."""

import streamlit as st

from mnistcore.explained.repair import Repair

NEAREST = (
    "Near is what has the smallest sum of the differences of its numbers, axis by axis; the input "
    "and the stride stay."
)


def show(repair: Repair, output: str = "") -> None:
    """Say what the nearest layer that works has, and what comes out of it."""
    comes = f"; out comes **{output}**" if output else ""
    st.markdown(f"The nearest layer that works has {repair}{comes}.", help=NEAREST)
