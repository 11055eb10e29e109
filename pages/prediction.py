"""Draw a digit and have it read; leaf through the test set with the predictions written on it."""

from typing import TYPE_CHECKING

import streamlit as st

from mnistcore.errors import InvalidInputError
from mnistcore.gallery import Reading, count_pages
from ui import digits, session
from ui.drawing_canvas import clearing, drawing_canvas
from ui.menu import open_page

if TYPE_CHECKING:
    from mnistcore.prediction import Verdict

CANVAS_SIDE_PX = 300
STROKE_WIDTH = 22  # of 300 pixels: about MNIST's stroke once it is 20 pixels high
TILES_TO_A_PAGE = 60


def main() -> None:
    open_page("pages/prediction.py")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title("Have a digit read", width="stretch")
        name = st.selectbox(
            "Network",
            session.classifier_names(),
            key="network",
            bind="query-params",
            label_visibility="collapsed",
            width=280,
            help="The network that comes with this app, or one of your own training runs.",
        )
    session.classifier(
        name
    )  # here, since what a fragment raises does not reach the end of the file
    views = {"Draw": show_drawing, "Test set": show_test_set, "Slideshow": show_slideshow}
    tabs = st.tabs(list(views), on_change="rerun", key="view", bind="query-params")
    for tab, show in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                show(name)


@st.fragment
def show_drawing(name: str) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        drawing = drawing_canvas(
            "drawing",
            side_px=CANVAS_SIDE_PX,
            stroke_width=st.session_state.get("stroke_width", STROKE_WIDTH),
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.button("Clear", icon=":material/delete:", on_click=clearing("drawing"))
            st.slider(
                "Pen width",
                6,
                40,
                STROKE_WIDTH,
                key="stroke_width",
                persist_state="session",
                width=190,
                help="In pixels of the canvas, which is 300 wide.",
            )
    with right:
        show_verdict(session.verdict(name, drawing))


def show_verdict(verdict: "Verdict") -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        with st.container(key="answer", width=140):
            st.html(digits.answer("–" if verdict.digit is None else str(verdict.digit)))
        st.html(
            digits.pixels(verdict.image, side_px=140, label="The drawing in 28x28 pixels"),
            width="content",
        )
    if verdict.digit is None:
        st.caption("Draw a digit, 0 to 9, anywhere on the canvas and of any size.")
    st.html(digits.probability_bars(verdict.probabilities.tolist()))
    st.caption(
        "Beside the answer: the 28 x 28 pixels that the network sees, made the way MNIST's were. "
        "The ink is cut out, its longer side brought to 20 pixels, its centre of mass moved to "
        "the middle."
    )


@st.fragment
def show_test_set(name: str) -> None:
    reading = session.test_reading(name)
    only_mistakes = st.toggle(
        "Only mistakes",
        key="only_mistakes",
        bind="query-params",
        help="Show only the digits that this network reads wrong.",
    )
    indices = reading.indices(only_mistakes=only_mistakes)
    st.caption(
        f"{reading.num_correct:,} of {len(reading):,} right. Each digit carries what the network "
        "reads: ✓ right, ✗ wrong, with the truth beside it."
    )
    page = st.pagination(
        count_pages(len(indices), TILES_TO_A_PAGE), key="page", bind="query-params"
    )
    shown = indices[(page - 1) * TILES_TO_A_PAGE : page * TILES_TO_A_PAGE]
    st.html(digits.tiles(tile(reading, index) for index in shown))


def show_slideshow(name: str) -> None:
    reading = session.test_reading(name)
    controls = st.columns([1, 2, 2], vertical_alignment="bottom")
    playing = controls[0].toggle("Play", value=True, key="playing")
    seconds = controls[1].select_slider(
        "Seconds for a digit",
        [0.5, 1.0, 2.0, 5.0],
        value=1.0,
        key="seconds",
        help="How long each digit stays.",
    )
    only_mistakes = controls[2].toggle("Only mistakes", key="slideshow_mistakes")
    indices = reading.indices(only_mistakes=only_mistakes)

    @st.fragment(run_every=seconds if playing else None)
    def step() -> None:
        place = session.next_slide(len(indices), advance=playing)
        index = indices[place]
        st.html(digits.single(tile(reading, index, big=True)))
        st.caption(
            f"Test digit {index:,} · {place + 1:,} of {len(indices):,}", text_alignment="center"
        )

    step()


def tile(reading: Reading, index: int, *, big: bool = False) -> str:
    return digits.tile(
        reading.images[index], reading.predictions[index], reading.labels[index], big=big
    )


try:
    main()
except InvalidInputError as error:
    st.error(error)
