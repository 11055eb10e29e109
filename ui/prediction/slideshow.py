"""The filtered test digits one after the other, at a chosen pace."""

import streamlit as st

from ui import address, mnist
from ui.components.bars.component import show_bars
from ui.components.digit_tiles.component import LARGE, Tile, show_tiles, tile_of
from ui.language import _
from ui.networks import NetworkKey
from ui.parts import fragment
from ui.prediction.gallery_filter import choose_digits

SECONDS = {seconds: f"{seconds:g} s" for seconds in (0.5, 1.0, 2.0, 5.0)}
PLACE = "slide"


def show(network: NetworkKey) -> None:
    """Show the filter, the controls and a digit that gives way to the next."""
    reading = mnist.read_all(network)
    selection, order = choose_digits()
    indices = reading.indices(selection, order)
    if not indices:
        st.info(_("No test digit is like that. Widen the filter."), icon=":material/search_off:")
        return
    playing, seconds = _choose_pace()

    @fragment(run_every=seconds if playing else None)
    def slide() -> None:
        # A click moved to this slide already, and a setting should not move at all.
        if playing and not st.session_state.pop("slide_is_set", False):
            _move(1)
        place = st.session_state.get(PLACE, 0) % len(indices)
        tile = tile_of(reading, indices[place])
        _show(tile, reading.probabilities[tile.index].tolist())
        st.caption(
            _(
                "{spoken} · {place:,} of {count:,}",
                spoken=tile.spoken,
                place=place + 1,
                count=len(indices),
            ),
            text_alignment="center",
        )

    st.session_state["slide_is_set"] = True
    slide()


def _choose_pace() -> tuple[bool, float]:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(_("Back"), on_click=_move, args=(-1,))
        st.button(_("Next"), on_click=_move, args=(1,))
        # Not by itself: some want no motion, which Python cannot know.
        playing = st.toggle(_("Play"), key="playing")
        seconds = address.choose(
            st.select_slider,
            _("Seconds for a digit"),
            SECONDS,
            key="seconds",
            default=1.0,
            label_visibility="collapsed",
            width=110,
        )
    return playing, seconds


def _show(tile: Tile, probabilities: list[float]) -> None:
    left, right = st.columns(2, gap="large", vertical_alignment="center")
    with left:
        show_tiles(_("The digit"), [tile], key="slide_tile", side=LARGE)
    with right:
        show_bars(probabilities, key="slide_bars")


def _move(by: int) -> None:
    st.session_state[PLACE] = st.session_state.get(PLACE, 0) + by
