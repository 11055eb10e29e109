"""A 1x1 kernel made by hand: which maps it mixes, and a slider for the weight of each."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.deep_kernels import MAP_DECIMALS, MAP_NAMES, hand_made_maps
from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from mnistcore.errors import InvalidInputError
from ui.components.channel_sum.component import DeepLayer
from ui.convolution.deep_layers import trained_maps

Array = npt.NDArray[np.float64]

SIMPLE, TRAINED = "Four simple maps", "Trained first layer's maps"
MIXES = {
    "Edges that lean like /": (0.0, 0.7, 0.7, 0.0),
    "Edges that lean like \\": (0.0, 0.7, -0.7, 0.0),
    "Sharpened": (1.0, 0.0, 0.0, -0.5),
    "Mean of all": (0.25, 0.25, 0.25, 0.25),
}
FIRST_MIX = next(iter(MIXES))
MOST_MAPS = 6


def choose_mix(pixels: Array) -> DeepLayer:
    """Show the widgets, and return a 1x1 convolution that mixes maps of a picture into one.

    Raises:
        InvalidInputError: No map is chosen, or the trained network cannot take this picture.
    """
    source = st.segmented_control(
        "Maps",
        [SIMPLE, TRAINED],
        key="window_mixed_maps",
        default=SIMPLE,
        required=True,
        bind="query-params",
    )
    if source == SIMPLE:
        weights = _mix_simple_maps()
        return _one_by_one(hand_made_maps(pixels), MAP_NAMES, weights)
    maps = trained_maps(pixels).round(MAP_DECIMALS)
    names = [f"Map {number}" for number in range(1, len(maps) + 1)]
    chosen = st.multiselect(
        "Which of the 16", names, names[:3], max_selections=MOST_MAPS, key="window_mixed"
    )
    if not chosen:
        raise InvalidInputError("No map is chosen, so there is nothing to mix. Choose at least 1.")
    weights = _sliders(chosen, [round(1 / len(chosen), 1)] * len(chosen))
    return _one_by_one(maps[[names.index(name) for name in chosen]], chosen, weights)


def _one_by_one(maps: Array, names: list[str] | tuple[str, ...], weights: list[float]) -> DeepLayer:
    kernel = np.array(weights, dtype=np.float64).round(WEIGHT_DECIMALS)[None, :, None, None]
    return DeepLayer(maps, kernel, np.zeros(1), names, ["Mix"])


def _mix_simple_maps() -> list[float]:
    st.pills("Mix", list(MIXES), key="window_mix", default=FIRST_MIX, on_change=_set_weights)
    return _sliders(MAP_NAMES, MIXES[FIRST_MIX])


def _sliders(
    names: list[str] | tuple[str, ...], first: list[float] | tuple[float, ...]
) -> list[float]:
    weights = []
    for column, name, weight in zip(st.columns(len(names)), names, first, strict=True):
        key = _slider_key(name)
        st.session_state.setdefault(key, weight)
        weights.append(column.slider(f"× {name}", -1.0, 1.0, step=0.05, key=key))
    return weights


def _slider_key(name: str) -> str:
    return f"window_mix_{name}"


def _set_weights() -> None:
    if st.session_state.window_mix is not None:
        for name, weight in zip(MAP_NAMES, MIXES[st.session_state.window_mix], strict=True):
            st.session_state[_slider_key(name)] = weight
