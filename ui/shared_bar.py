"""The slim bar on top of a page of the workbench: its title, the one digit, and what reads it.

The digit and its reading stand in a place of their own, which is filled once a network can be
asked: a page must not wait for torch to stand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import digits, networks, shared
from ui.drawing_canvas import as_pixels
from ui.language import N_, _
from ui.networks import BY_IDENTITY, READER, NetworkKey
from ui.torch_import import redraw_with_torch, torch_is_imported

if TYPE_CHECKING:
    from mnistcore.reading.classifier import Classifier

KEY = "shared"
DIGIT, LOOKS = "shared_digit", "shared_looks"
CHOICE = "shared_network_choice"  # in session state
THUMBNAIL_PX = 40
CHOICE_WIDTH_PX = 230
HELP = N_("What reads your digit, on every page: a network of this app, or one that you trained.")

THUMBNAIL = N_("What is drawn: the digit that all pages share")
SAID = {
    "example": N_("A 7 to begin with is read as <b>{text}</b>"),
    "drawn": N_("Your digit is read as <b>{text}</b>"),
    "phone": N_("The phone's digit is read as <b>{text}</b>"),
    "number": N_("Your number is read as <b>{text}</b>"),
    "no digit": N_("Your drawing looks like no digit"),
    "unread": N_("Your digit is about to be read"),
}


@dataclass(frozen=True)
class Bar:
    """A bar that is there already.

    Attributes:
        network: What reads, as it was chosen in the bar.
        place: Of the digit and of what it is read as.
        looks: Where a look is taken whether torch has come. It is there without one as well: what
            follows would else be another part of the page once torch has, and a click on what it
            was before would show nothing.
    """

    network: NetworkKey
    place: DeltaGenerator
    looks: DeltaGenerator

    def show_digit(self, network: NetworkKey | None = None, *, text: str | None = None) -> None:
        """Show the digit at once, and what a network reads it as once torch has come.

        Args:
            network: The bar's own, unless it is another epoch of it.
            text: What it reads, if that is known by now.
        """
        if text is None and torch_is_imported():
            asked = networks.load(self.network if network is None else network)
            text = _read(asked, shared.png())
        self._show(text)
        if text is None:
            with self.looks.container():
                redraw_with_torch()

    def _show(self, text: str | None) -> None:
        picture = shared.picture()
        is_square = picture.shape[0] == picture.shape[1]
        thumbnail = shared.digit() if is_square else picture[..., 0]
        if text is None:
            case = "unread"
        elif text == "?":
            case = "no digit"
        elif not shared.has_drawn():
            case = "example"
        else:
            own = "phone" if shared.is_from_phone() else "drawn"
            case = own if len(text) == 1 else "number"
        self.place.html(
            f'<div class="shared-digit">'
            f"{digits.ink(thumbnail, side_px=THUMBNAIL_PX, label=_(THUMBNAIL))}"
            f"<span>{_(SAID[case], text=text)}</span></div>",
            width="content",
        )


def open_bar(title: str, choose: Callable[[], NetworkKey] | None = None) -> Bar:
    """Show a page's title and the choice of the network that reads; the digit follows.

    Args:
        title: Of the page.
        choose: Shows the choice and returns what was chosen; if None, it is that of all pages.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=KEY):
        st.title(title, width="stretch")
        with st.container(key=DIGIT, width="content"):  # which has its room, filled or not
            place = st.empty()
        network = (choose or _choose)()
    with st.container(key=LOOKS):
        return Bar(network, place, st.empty())


def _choose() -> NetworkKey:
    known = {
        network.address: network
        for network in networks.known_networks()
        if network.kind != "upload" or networks.upload_is_kept()
    }
    st.session_state[CHOICE] = shared.network().address
    chosen = st.selectbox(
        _("Network"),
        list(known),
        format_func=lambda name: known[name].label,
        key=CHOICE,
        on_change=lambda: shared.use_network(known.get(st.session_state[CHOICE], networks.READER)),
        label_visibility="collapsed",
        width=CHOICE_WIDTH_PX,
        help=_(HELP),
    )
    return known[chosen]


@st.cache_data(show_spinner=False, max_entries=100, hash_funcs=BY_IDENTITY)
def _read(classifier: "Classifier", png: bytes) -> str:
    """Return what a drawing is read as, `?` for each part that looks like no digit."""
    from mnistcore.reading.number import read_number

    finder = classifier if classifier.threshold is not None else networks.load(READER)
    return read_number(classifier, as_pixels(png), finder=finder).text or "?"
