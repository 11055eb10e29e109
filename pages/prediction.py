"""Draw a digit and have it read; leaf through the test set with the predictions written on it."""

import streamlit as st

from mnistcore.errors import InvalidInputError
from ui.menu import open_page
from ui.prediction.draw import show_drawing
from ui.prediction.gallery import show_gallery
from ui.prediction.network_choice import choose_network
from ui.prediction.slideshow import show_slideshow
from ui.prediction.upload import show_upload

VIEWS = {
    "Draw": show_drawing,
    "Photo": show_upload,
    "Test set": show_gallery,
    "Slideshow": show_slideshow,
}


# On a phone the canvas and the answer shall both be on the first screen.
STYLE = """<style>
@media (max-width: 640px) {
    .st-key-heading {flex-wrap: nowrap;}
    .st-key-heading > :last-child {width: 11.5rem; flex: 0 0 11.5rem; min-width: 0;}
    .st-key-heading h1 {font-size: 1.15rem; padding: 0; white-space: nowrap;}
}
</style>"""


def main() -> None:
    open_page("pages/prediction.py")
    st.html(STYLE)
    name = choose_network()
    if name is None:
        return
    tabs = st.tabs(list(VIEWS), on_change="rerun", key="view", bind="query-params")
    for tab, show in zip(tabs, VIEWS.values(), strict=True):
        if tab.open:
            with tab:
                show(name)


try:
    main()
except InvalidInputError as error:
    st.error(error)
