"""One map, large enough to read its numbers; a click chooses one of them."""

from collections.abc import Callable

import numpy as np

from ui.components.loader import load
from ui.inside.layer_names import stage_name
from ui.inside.opened import OpenedNetwork

DECIMALS = 4

_GRID = load("map_grid")


def show_map(opened: OpenedNetwork, *, key: str, on_click: Callable[[], None]) -> None:
    """Mount the map of the chosen value, which has one or two axes besides its channel."""
    values = np.atleast_2d(opened.chosen.outputs[opened.index[0]])
    place = opened.index[1:] if len(opened.index) == 3 else (0, opened.index[1])
    _GRID(
        data={
            "values": values.round(DECIMALS).tolist(),
            "chosen": list(place),
            "title": f"{stage_name(opened.stages, opened.number)}, map {opened.index[0]}",
        },
        key=key,
        on_clicked_change=on_click,
    )
