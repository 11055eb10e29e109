"""The tab on one map: life without parts of it, the digits that excite it, its kernel."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.linear import Linear
from ui import digits, mnist
from ui.components.bars.component import show_bars
from ui.components.map_grid.component import show_paintable_map
from ui.components.reports import reported
from ui.inside.layer_names import map_name, number_name, shown, stage_name, unflattened_shape
from ui.inside.opened import OpenedNetwork
from ui.inside.pictures import figures
from ui.inside.switches import switch_map, switch_values
from ui.language import N_, Spoken, _
from ui.networks import BY_IDENTITY

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Classifier

Array = npt.NDArray[np.float64]

PAINTED = "inside_painted"
NUM_STRONGEST = 12
KERNEL_SIDE_PX = 54
MOST_SLICES = 96


def show(opened: OpenedNetwork) -> None:
    """Show what there is to know about the map of the chosen value."""
    channel, name = opened.index[0], stage_name(opened.stages, opened.number)
    is_flat = opened.chosen.outputs.ndim == 1
    with st.container(horizontal=True, vertical_alignment="center"):
        place = number_name(channel) if is_flat else map_name(channel)
        st.header(_("{layer}, {place}", layer=name, place=place), anchor=False)
        is_off = channel in opened.chosen.switched_off
        st.button(
            _("Switch it on again") if is_off else _("Switch it off"),
            icon=":material/toggle_on:" if is_off else ":material/toggle_off:",
            on_click=switch_map,
            args=(opened.number, channel),
            key="inside_switch",
            help=_("Its values become 0, and everything behind it has to do without."),
        )
    if not is_flat:
        _show_painting(opened)
    if opened.chosen.name:
        _show_strongest(opened)
    _show_kernels(opened)


def _show_painting(opened: OpenedNetwork) -> None:
    """Let the visitor paint on the map, and show the answer without what is painted over."""

    def switch() -> None:
        places = range(opened.stages[opened.number].outputs[0].size)
        painted = reported(PAINTED, "painted", list[int]) or ()
        off = [place for place in painted if place in places]
        switch_values(opened.number, opened.index[0], off)

    left, right = st.columns([3, 4], gap="large", vertical_alignment="center")
    with left:
        title = _(
            "{stage_name}, {map_name}: paint on it",
            stage_name=stage_name(opened.stages, opened.number),
            map_name=map_name(opened.index[0]),
        )
        values, off = painted_map(opened)
        show_paintable_map(title, values, off, key=PAINTED, on_paint=switch)
    with right:
        show_bars(
            opened.shares.probabilities,
            key="inside_bars",
            otherwise=opened.untouched_shares.probabilities,
        )
    st.caption(
        _(
            "**Paint on the map**, with a mouse or a finger: what you brush over is set to "
            "0, and the layers behind have to do without; brush it again to have it back. "
            "The thin marks are where the bars stand with everything switched on."
        )
    )


def painted_map(opened: OpenedNetwork) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return the chosen map as it was before anybody painted on it, (H, W), and what is off now."""
    channel = opened.index[0]
    off = np.zeros(opened.chosen.outputs.shape[1:], np.bool_)
    for place in opened.chosen.painted_off:
        if place[0] == channel:
            off[place[1:]] = True
    untouched = opened.untouched[opened.number].outputs[channel]
    values = np.where(off, untouched, opened.chosen.outputs[channel])
    return np.atleast_2d(values), np.atleast_2d(off)


def _show_strongest(opened: OpenedNetwork) -> None:
    from mnistcore.inside.strongest_digits import strongest

    images, labels = mnist.images_and_labels()
    found = strongest(
        _excitements(opened.classifier, opened.chosen.name), opened.index[0], count=NUM_STRONGEST
    )
    st.html(
        figures(
            [
                (
                    digits.ink(
                        images[image], side_px=64, label=_("Test digit {index}", index=image)
                    ),
                    shown(value, 2),
                    _("digit {index}, a {label}", index=image, label=labels[image]),
                )
                for image, value in found
            ]
        )
    )
    st.caption(
        _(
            "Of all 10,000 test digits, these excite it most; below each the largest value "
            "it reaches. What do they have in common? That is what the network looks for "
            "here."
        )
    )


@st.cache_resource(
    max_entries=6, show_spinner=Spoken(N_("Showing it 10,000 digits ...")), hash_funcs=BY_IDENTITY
)
def _excitements(classifier: "Classifier", name: str) -> npt.NDArray[np.float32]:
    from mnistcore.inside.strongest_digits import excitements

    return excitements(classifier, mnist.images_and_labels()[0], name)


def _show_kernels(opened: OpenedNetwork) -> None:
    """Show the kernels of the chosen value's block, if it has any."""
    from mnistcore.inside.inspection import group_stages

    block = next(block for block in group_stages(opened.stages) if opened.number in block)
    stage = opened.stages[block[0]]
    module: Any = stage.module
    shape = unflattened_shape(opened.stages, block[0])
    if isinstance(stage.layer, Linear) and shape:
        st.header(_("Its weights, laid out as the maps they read"), anchor=False)
        own = module.weight.numpy()[opened.index[0]].reshape(shape)
        st.html(_kernels(own[:MOST_SLICES], N_("for map {number}")))
        st.caption(
            _(
                "A linear layer shares nothing: each place of each map has a weight of its "
                "own. Blue ones speak for this output when there is something at that place, "
                "orange ones against."
            )
        )
    if isinstance(stage.layer, Convolution):
        _show_slices(opened, stage)


def _show_slices(opened: OpenedNetwork, stage: Any) -> None:
    weights = stage.module.weight.numpy()
    is_transposed = isinstance(stage.layer, TransposedConvolution)
    own = (
        weights[:, opened.index[0] % weights.shape[1]]
        if is_transposed
        else weights[opened.index[0]]
    )
    st.header(_("Its kernel, slice by slice"), anchor=False)
    st.html(_kernels(own[:MOST_SLICES], N_("from map {number}")))
    st.caption(
        _(
            "A slice for each map that it reads, {num_own} in all. Blue weights ask for ink, "
            "orange ones for its absence. **The same kernel is used at every place of the "
            "picture**, which is why the whole layer needs only {num_params:,} parameters.",
            num_own=len(own),
            num_params=stage.numbers.num_params,
        )
    )
    if weights.shape[0 if is_transposed else 1] == 1:
        all_kernels = weights[0] if is_transposed else weights[:, 0]
        st.header(_("All kernels of this layer"), anchor=False)
        st.html(_kernels(all_kernels[:MOST_SLICES], N_("map {number}")))


def _kernels(kernels: npt.NDArray[np.float64], name: str) -> str:
    largest = float(np.abs(kernels).max())
    pictures = []
    for number, kernel in enumerate(kernels, start=1):
        told = _(name, number=number)
        label = _("Kernel, {name}", name=told)
        picture = digits.signed(kernel, side_px=KERNEL_SIDE_PX, label=label, largest=largest)
        pictures.append((picture, told, ""))
    return figures(pictures)
