"""A run that learns from its visitor's own drawings as well: the switch, and what is said of it."""

import streamlit as st

from mnistcore.drawings.drawing_files import LabelledDrawing
from mnistcore.runs.folder import Run
from ui.kept_drawings import kept_drawings
from ui.language import _, n_

IS_WANTED = "with_my_drawings"  # in session state


def show_switch() -> None:
    """Draw the switch, if the visitor has drawings that were corrected."""
    if count := len(kept_drawings()):
        st.toggle(
            n_("With my {count} drawing", "With my {count} drawings", count),
            key=IS_WANTED,
            persist_state="session",
            help=_(
                "Learns from MNIST and from what you drew and corrected on the prediction page, "
                "each drawing repeated up to a hundred times and deformed anew, so that ten of "
                "them count. They are kept in the run's folder, and whoever uses its network uses "
                "what it learned from them."
            ),
        )


def chosen_drawings() -> list[LabelledDrawing]:
    """Return what the next run learns from beside MNIST: nothing, unless that is wanted."""
    return kept_drawings() if st.session_state.get(IS_WANTED) else []


def tell_own_drawings(run: Run) -> None:
    """Say how many drawings a run learns from beside MNIST, if it does."""
    if own := run.config.own_drawings:
        st.caption(
            n_(
                "Learns from {count} drawing of a visitor as well.",
                "Learns from {count} drawings of a visitor as well.",
                own.number,
            )
        )
