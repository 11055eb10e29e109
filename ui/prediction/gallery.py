"""All test digits with what a network reads in them, to be leafed through and filtered."""

from dataclasses import dataclass

import streamlit as st

from mnistcore.mnist.doubtful_labels import SOURCE
from mnistcore.reading.gallery import ReadSplit, count_pages
from ui import address, mnist
from ui.accuracies import accuracy_rows
from ui.components.confusion.component import show_confusion
from ui.components.digit_tiles.component import show_tiles, tile_of
from ui.components.reports import reported
from ui.language import _, n_
from ui.networks import NetworkKey
from ui.parts import fragment
from ui.prediction.gallery_filter import choose_digits, set_filter
from ui.prediction.one_digit import CHOSEN, show_digit

TILES_TO_A_PAGE = 60


@dataclass(frozen=True)
class _Cell:
    """Of the confusion matrix."""

    label: int
    prediction: int


@fragment()
def show(network: NetworkKey) -> None:
    """Show the confusion matrix, the filter and one page of digits; a click opens one of them."""
    reading = mnist.read_all(network)
    left, right = st.columns([5, 7], gap="medium")
    with right:
        selection, order = choose_digits()
        indices = reading.indices(selection, order)
        _show_page(reading, indices)
    with left:
        report = mnist.report(network)
        whole = report.whole
        st.markdown(
            _(
                "**{num_correct:,} of {num_images:,} right: {accuracy:.2%}**, 95% interval "
                "{low:.2%} to {high:.2%}. Click a cell to see its digits.",
                num_correct=whole.num_correct,
                num_images=whole.num_images,
                accuracy=whole.accuracy,
                low=whole.low,
                high=whole.high,
            )
        )
        chosen = selection.label, selection.prediction
        show_confusion(report.confusion, key="confusion", chosen=chosen, on_click=_filter_by_cell)
        with st.expander(_("Accuracy of each digit, with its 95% interval"), key="accuracies"):
            st.html(accuracy_rows(report.digits))
            st.caption(_("Wilson's interval: how far 1,000 digits can tell."))
    if address.read(CHOSEN):
        show_digit(network, reading, indices)


def _show_page(reading: ReadSplit, indices: list[int]) -> None:
    page = st.pagination(
        count_pages(len(indices), TILES_TO_A_PAGE), key="page", bind="query-params"
    )
    shown = indices[(page - 1) * TILES_TO_A_PAGE : page * TILES_TO_A_PAGE]
    if not shown:
        st.info(_("No test digit is like that. Widen the filter."), icon=":material/search_off:")
        return
    tiles = [tile_of(reading, index) for index in shown]
    show_tiles(_("Test digits"), tiles, key="tiles", on_click=_open_clicked)
    st.caption(
        n_(
            "{count:,} digit. On each, what the network reads: ✓ right, ✗ wrong, with the truth "
            "beside it; ? marks a label that people doubt ({source}).",
            "{count:,} digits. On each, what the network reads: ✓ right, ✗ wrong, with the truth "
            "beside it; ? marks a label that people doubt ({source}).",
            len(indices),
            source=SOURCE,
        )
    )


def _filter_by_cell() -> None:
    cell = reported("confusion", "clicked", _Cell)
    if cell is not None:
        set_filter(
            shows=str(cell.label),
            read_as=str(cell.prediction),
            only_mistakes=False,
            doubtful=False,
            sure=(0, 100),
        )


def _open_clicked() -> None:
    index = reported("tiles", "clicked", int)
    if index is not None:
        address.write(CHOSEN, str(index))
