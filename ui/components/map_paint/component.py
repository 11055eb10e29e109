"""One map to paint on: what is brushed over is switched off, and the answer has to do without."""

from collections.abc import Callable

import numpy as np

from ui.components.loader import load
from ui.components.map_grid.component import DECIMALS
from ui.inside.layer_names import stage_name
from ui.inside.opened import OpenedNetwork

_PAINT = load("map_paint")


def show_paintable_map(opened: OpenedNetwork, *, key: str, on_paint: Callable[[], None]) -> None:
    """Mount the chosen value's map.

    Args:
        opened: The network and what is looked at in it.
        key: In the callback `st.session_state[key].painted` are the places that are off, counted
            in reading order.
        on_paint: The callback.
    """
    channel = opened.index[0]
    off = np.zeros(opened.chosen.outputs.shape[1:], np.bool_)
    for place in opened.chosen.painted_off:
        if place[0] == channel:
            off[place[1:]] = True
    values = np.where(
        off, opened.untouched[opened.number].outputs[channel], opened.chosen.outputs[channel]
    )
    _PAINT(
        data={
            "values": np.atleast_2d(values).round(DECIMALS).tolist(),
            "off": np.flatnonzero(off).tolist(),
            "title": f"{stage_name(opened.stages, opened.number)}, map {channel}: paint on it",
        },
        key=key,
        on_painted_change=on_paint,
    )
