"""The network as a row of blocks with their maps, sizes and costs; a click chooses a value."""

from collections.abc import Callable
from typing import Any

from ui.components.loader import load
from ui.components.reports import answered

_ROW = load("stage_row")


def show_stage_row(data: dict[str, Any], *, key: str, on_click: Callable[[], None]) -> None:
    """Mount the row; in its callback `st.session_state[key].clicked` is a value's address.

    Args:
        data: As `ui.inside.blocks.row_data` makes it.
        key: Of the component.
        on_click: The callback.
    """
    data = {**data, "answered": answered(key, "clicked")}
    _ROW(data=data, key=key, on_clicked_change=on_click)
