"""One map, large enough to read its numbers: to choose one of them, or to paint on."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ui.components.loader import load
from ui.components.reports import answered
from ui.language import N_, each

Array = npt.NDArray[np.float64]

DECIMALS = 4
WORDS = {
    "choose": N_("{title}, {height} by {width} numbers. Arrow keys choose one."),
    "paint": N_(
        "{title}, {height} by {width} values, {off} switched off. Arrow keys move, space switches "
        "one."
    ),
}

_GRID = load("map_grid")


def show_map(
    title: str, values: Array, chosen: tuple[int, int], *, key: str, on_click: Callable[[], None]
) -> None:
    """Mount a map, one of whose values is chosen with a click or the arrow keys.

    Args:
        title: What stands above it.
        values: (H, W).
        chosen: Row and column of the value that is marked.
        key: In the callback `st.session_state[key].clicked` is the place chosen, "row.column".
        on_click: The callback.
    """
    data = {"title": title, "values": values.round(DECIMALS).tolist(), "chosen": list(chosen)}
    data |= {"words": each(WORDS), "answered": answered(key, "clicked")}
    _GRID(data=data, key=key, on_clicked_change=on_click, on_painted_change=lambda: None)


def show_paintable_map(
    title: str,
    values: Array,
    off: npt.NDArray[np.bool_],
    *,
    key: str,
    on_paint: Callable[[], None],
) -> None:
    """Mount a map whose values are switched off and on by a brush.

    Args:
        title: What stands above it.
        values: (H, W).
        off: (H, W), which of them are off.
        key: In the callback `st.session_state[key].painted` are the places that are off, counted
            in reading order.
        on_paint: The callback.
    """
    places = np.flatnonzero(off).tolist()
    data = {"title": title, "values": values.round(DECIMALS).tolist(), "off": places}
    data |= {"words": each(WORDS), "answered": answered(key, "painted")}
    _GRID(data=data, key=key, on_clicked_change=lambda: None, on_painted_change=on_paint)
