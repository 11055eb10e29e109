"""The confusion matrix: how often each digit is read as which; a click chooses a cell."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ui.components.loader import load
from ui.language import N_, each

_CONFUSION = load("confusion")

WORDS = {
    "whole": N_("What is read for which digit"),
    "axes": N_("shown ↓   read as →"),
    "cell": N_("{count} × {label} read as {said}"),
}


def show_confusion(
    counts: npt.NDArray[np.int64],
    *,
    key: str,
    chosen: tuple[int | None, int | None] = (None, None),
    on_click: Callable[[], None] | None = None,
) -> None:
    """Show the matrix: a row for each digit, a column for what is read.

    Args:
        counts: (10, 10).
        key: In the callback `st.session_state[key].clicked` has `label` and `prediction`.
        chosen: Row and column of the cell that is marked.
        on_click: Called after a click; if None, the matrix is only to be looked at.
    """
    _CONFUSION(
        key=key,
        on_clicked_change=on_click or (lambda: None),
        data={
            "counts": counts.tolist(),
            "label": chosen[0],
            "prediction": chosen[1],
            "clickable": on_click is not None,
            "words": each(WORDS),
        },
    )
