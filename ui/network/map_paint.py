"""One map to paint on: what is brushed over is switched off, and the answer has to do without."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from ui.convolution.assets import read_assets
from ui.network.inspected import Look
from ui.network.layer_names import stage_name
from ui.network.map_grid import DECIMALS, OWN

_PAINT = st.components.v2.component(
    "network_map_paint",
    html=(OWN / "map_paint.html").read_text(encoding="utf-8"),
    css=(OWN / "map_paint.css").read_text(encoding="utf-8"),
    js=read_assets("numbers.js", "grid.js") + (OWN / "map_paint.js").read_text(encoding="utf-8"),
)


def show_paintable_map(look: Look, *, key: str, on_paint: Callable[[], None]) -> None:
    """Mount the chosen value's map.

    Args:
        look: What is looked at.
        key: In the callback `st.session_state[key].painted` are the places that are off, counted
            in reading order.
        on_paint: The callback.
    """
    channel = look.index[0]
    off = np.zeros(look.chosen.outputs.shape[1:], np.bool_)
    for place in look.chosen.painted_off:
        if place[0] == channel:
            off[place[1:]] = True
    values = np.where(
        off, look.untouched[look.number].outputs[channel], look.chosen.outputs[channel]
    )
    _PAINT(
        data={
            "values": np.atleast_2d(values).round(DECIMALS).tolist(),
            "off": np.flatnonzero(off).tolist(),
            "title": f"{stage_name(look.stages, look.number)}, map {channel}: paint on it",
        },
        key=key,
        on_painted_change=on_paint,
    )
