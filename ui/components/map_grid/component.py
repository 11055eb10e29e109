"""One map, large enough to read its numbers; a click chooses one of them."""

from collections.abc import Callable

import numpy as np

from ui.components.loader import load
from ui.network.inspected import Look
from ui.network.layer_names import stage_name

DECIMALS = 4

_GRID = load("map_grid")


def show_map(look: Look, *, key: str, on_click: Callable[[], None]) -> None:
    """Mount the map of the chosen value, which has one or two axes besides its channel."""
    values = np.atleast_2d(look.chosen.outputs[look.index[0]])
    place = look.index[1:] if len(look.index) == 3 else (0, look.index[1])
    _GRID(
        data={
            "values": values.round(DECIMALS).tolist(),
            "chosen": list(place),
            "title": f"{stage_name(look.stages, look.number)}, map {look.index[0]}",
        },
        key=key,
        on_clicked_change=on_click,
    )
