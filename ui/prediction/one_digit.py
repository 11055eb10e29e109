"""One test digit by itself: its bars, which pixels spoke for its answer, and the ways on."""

import streamlit as st

from mnistcore.mnist.doubtful_labels import DOUBTFUL_TEST_LABELS, SOURCE
from mnistcore.reading.gallery import ReadSplit
from ui import address, digits, networks
from ui.components.bars.component import show_bars
from ui.components.digit_tiles.component import LARGE, show_tiles, tile_of
from ui.drawing_canvas import CANVAS_SIDE_PX, put_on_canvas
from ui.language import _
from ui.menu import PAGES
from ui.networks import NetworkKey
from ui.parts import dialog, open_tab
from ui.prediction.reasons import attribution, reasons_picture
from ui.sketches import picture_sketch

CHOSEN = "digit"  # in the page's address
INSIDE = "pages/network.py"


def show_digit(network: NetworkKey, reading: ReadSplit, indices: list[int]) -> None:
    """Open the test digit that the address names; previous and next walk through `indices`.

    Args:
        network: That reads.
        reading: What it reads in the test set.
        indices: Of the digits that are leafed through.
    """

    @dialog(_("One test digit"), width="medium", on_dismiss=_close)
    def one_digit() -> None:
        index = _chosen(len(reading))
        if index is None:
            st.rerun()  # it went to the canvas: the whole page has to follow
        _show(network, reading, index, indices)

    if _chosen(len(reading)) is None:
        _close()
    else:
        one_digit()


def _show(network: NetworkKey, reading: ReadSplit, index: int, indices: list[int]) -> None:
    said, truth = int(reading.predictions[index]), int(reading.labels[index])
    left, middle, right = st.columns([2, 2, 3], gap="medium", vertical_alignment="center")
    with left:
        show_tiles(_("The digit"), [tile_of(reading, index)], key="one_tile", side=LARGE)
    with right:
        show_bars(reading.probabilities[index].tolist(), key="one_bars")
    st.caption(
        _(
            "Test digit {index:,} is labelled {truth} and read as {said}, with a probability "
            "of {share:.1%}. Its loss is {loss:.3f}: −ln of the probability of the "
            "label.",
            index=index,
            truth=truth,
            said=said,
            share=reading.confidences[index],
            loss=reading.losses[index],
        )
    )
    if doubt := DOUBTFUL_TEST_LABELS.get(index):
        st.warning(
            _(
                "MNIST says {label}; people saw {seen} ({source}).",
                label=doubt.label,
                seen=doubt.seen,
                source=SOURCE,
            )
        )
    _show_ways_on(network, reading, index, indices)
    # Last, since it is calculated while the rest can be read already.
    reasons = attribution(networks.load(network), reading.images[index], said)
    middle.html(reasons_picture(reading.images[index], reasons, said))


def _show_ways_on(network: NetworkKey, reading: ReadSplit, index: int, indices: list[int]) -> None:
    with st.container(horizontal=True):
        place = indices.index(index) if index in indices else None
        _walk(_("Previous"), ":material/arrow_back:", indices, place, -1)
        _walk(_("Next"), ":material/arrow_forward:", indices, place, 1)
        st.button(
            _("Send to the canvas"),
            icon=":material/draw:",
            on_click=_send_to_canvas,
            args=(reading.images[index],),
        )
        st.page_link(
            INSIDE,
            label=_("Look inside the network"),
            icon=PAGES[INSIDE][1],
            query_params=_inside_address(network, index),
        )


def _inside_address(network: NetworkKey, index: int) -> dict[str, str]:
    """Return what opens the page inside on this digit, in this network at this epoch."""
    epoch = {} if network.epoch is None else {"inside_epoch": str(network.epoch)}
    return {"inside_digit": str(index), "inside_network": network.address, **epoch}


def _send_to_canvas(image: digits.Digit) -> None:
    put_on_canvas(picture_sketch(image, side_px=CANVAS_SIDE_PX))
    open_tab("view", "draw")
    _close()


def _walk(label: str, icon: str, indices: list[int], place: int | None, by: int) -> None:
    target = None if place is None else place + by
    possible = target is not None and 0 <= target < len(indices)
    st.button(
        label,
        icon=icon,
        disabled=not possible,
        on_click=_choose,
        args=(indices[target],) if target is not None and possible else (None,),
    )


def _choose(index: int | None) -> None:
    if index is not None:
        address.write(CHOSEN, str(index))


def _chosen(num_digits: int) -> int | None:
    places = address.read_numbers(CHOSEN, (num_digits,))
    return None if places is None else places[0]


def _close() -> None:
    address.write(CHOSEN, None)
