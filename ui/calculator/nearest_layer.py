"""The nearest layer that works, in words, and what near means."""

import streamlit as st

from mnistcore.explained.repair import Repair
from ui.language import N_, _, listed

NEAREST = N_(
    "Near is what has the smallest sum of the differences of its numbers, axis by axis; "
    "the input and the stride stay."
)


def show(repair: Repair, output: str = "") -> None:
    """Say what the nearest layer that works has, and what comes out of it."""
    changes = listed(
        _("`{name}` {new} instead of {old}", name=name, new=new, old=old)
        for name, old, new in repair.changes
    )
    told = (
        N_("The nearest layer that works has {changes}; out comes **{output}**.")
        if output
        else N_("The nearest layer that works has {changes}.")
    )
    values = {"changes": changes, "output": output} if output else {"changes": changes}
    st.markdown(_(told, **values), help=_(NEAREST))
