"""The tab "1×1": a kernel that mixes maps, with a slider for the weight of each."""

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.convolution.deep_kernels import MAP_DECIMALS, MAP_NAMES, hand_made_maps
from mnistcore.convolution.kernels import WEIGHT_DECIMALS
from mnistcore.errors import InvalidInputError
from ui import address
from ui.components.channel_sum.component import DeepLayer, channel_data, show_channel_sum
from ui.convolution.picture_choice import Picture
from ui.convolution.trained_layers import second_layer
from ui.language import N_, _, each

Array = npt.NDArray[np.float64]

MAPS = {"simple": N_("Four simple maps"), "trained": N_("Trained first layer's maps")}
MIXES = {
    N_("Edges that lean like /"): (0.0, 0.7, 0.7, 0.0),
    N_("Edges that lean like \\"): (0.0, 0.7, -0.7, 0.0),
    N_("Sharpened"): (1.0, 0.0, 0.0, -0.5),
    N_("Mean of all"): (0.25, 0.25, 0.25, 0.25),
}
FIRST_MIX = next(iter(MIXES))
MOST_MAPS = 6


def show(picture: Picture) -> None:
    """Draw the maps, their weights, and the map that they are mixed into."""
    st.header(_("1×1: only the channels are fused"))
    st.markdown(
        _(
            "What one kernel makes is a **map**; several maps of one picture are its "
            "**channels**. A 1×1 kernel sees one pixel, through all channels: it knows no "
            "neighbours, it **mixes maps**, with one weight for each. Choose a mix, or move "
            "the weights."
        )
    )
    show_channel_sum(channel_data(choose_mix(picture.pixels), 0), key="window_mix_picture")


def choose_mix(pixels: Array) -> DeepLayer:
    """Show the widgets, and return a 1x1 convolution that mixes maps of a picture into one.

    Raises:
        InvalidInputError: No map is chosen, or the trained network cannot take this picture.
    """
    source = address.choose(
        st.segmented_control, _("Maps"), each(MAPS), key="window_mixed_maps", required=True
    )
    if source == "simple":
        weights = _mix_simple_maps()
        return _one_by_one(hand_made_maps(pixels), MAP_NAMES, weights)
    maps = second_layer(pixels).inputs.round(MAP_DECIMALS)
    names = [f"Map {number}" for number in range(1, len(maps) + 1)]
    chosen = st.multiselect(
        _("Which of the 16"),
        names,
        names[:3],
        format_func=_shown,
        max_selections=MOST_MAPS,
        placeholder=_("none chosen"),
        key="window_mixed",
    )
    if not chosen:
        raise InvalidInputError("No map is chosen, so there is nothing to mix. Choose at least 1.")
    weights = _sliders(chosen, [round(1 / len(chosen), 1)] * len(chosen))
    return _one_by_one(maps[[names.index(name) for name in chosen]], chosen, weights)


def _one_by_one(maps: Array, names: list[str] | tuple[str, ...], weights: list[float]) -> DeepLayer:
    kernel = np.array(weights, dtype=np.float64).round(WEIGHT_DECIMALS)[None, :, None, None]
    return DeepLayer(maps, kernel, np.zeros(1), [*map(_shown, names)], [_("Mix")])


def _shown(name: str) -> str:
    """Return a map's name as it is read by people; the name itself is what stands in keys."""
    number = name.removeprefix("Map ")
    return _(name) if number == name else _("Map {number}", number=number)


def _mix_simple_maps() -> list[float]:
    st.pills(
        _("Mix"),
        list(MIXES),
        format_func=_,
        key="window_mix",
        default=FIRST_MIX,
        on_change=_set_weights,
    )
    return _sliders(MAP_NAMES, MIXES[FIRST_MIX])


def _sliders(
    names: list[str] | tuple[str, ...], first: list[float] | tuple[float, ...]
) -> list[float]:
    weights = []
    for column, name, weight in zip(st.columns(len(names)), names, first, strict=True):
        key = _slider_key(name)
        st.session_state.setdefault(key, weight)
        weights.append(column.slider(f"× {_shown(name)}", -1.0, 1.0, step=0.05, key=key))
    return weights


def _slider_key(name: str) -> str:
    return f"window_mix_{name}"


def _set_weights() -> None:
    if st.session_state.window_mix is not None:
        for name, weight in zip(MAP_NAMES, MIXES[st.session_state.window_mix], strict=True):
            st.session_state[_slider_key(name)] = weight
