"""Stop 3: the size formula, each term coloured as in the picture; the article's example."""

import inspect

import streamlit as st

from mnistcore.layers import conv_arithmetic
from mnistcore.lesson.counting import ARTICLE, check_article_size
from ui.components.size_formula.component import show_size_formula
from ui.language import _, each
from ui.lesson import frame
from ui.lesson.texts import size as texts

SLIDERS = {  # lowest, highest, the article's
    "kernel_size": (texts.KERNEL_SIZE, 1, 5),
    "stride": (texts.STRIDE, 1, 3),
    "padding": (texts.PADDING, 0, 2),
}


def show() -> None:
    """Draw the stop."""
    place, control, task = frame.places()
    with control:
        settings = {
            name: column.slider(_(label), low, high, ARTICLE[name], key=f"lesson_{name}")
            for column, (name, (label, low, high)) in zip(
                st.columns(3, gap="medium"), SLIDERS.items(), strict=True
            )
        }
    with place:
        show_size_formula(
            input_size=ARTICLE["input_size"],
            **settings,
            words=each(texts.PICTURE),
            key="lesson_size",
        )
    outcome = check_article_size(**settings)
    with task:
        frame.ask(_(texts.TASK))
        frame.solve(outcome, texts.OUTCOMES)
    frame.fold(lambda: _more(settings, int(outcome.numbers["size"])))


def _more(settings: dict[str, int], size: int) -> None:
    st.markdown(_(texts.MORE))
    st.code(texts.CODE.format(**settings, size=size))
    st.code(inspect.getsource(conv_arithmetic.output_size))
