"""Stop 4: three ways to connect the same pixels, and what each of them costs."""

import inspect

import streamlit as st

from mnistcore.convolution import weight_sharing
from mnistcore.convolution.weight_sharing import Sharing, layer_cost
from mnistcore.layers.convolution import Conv2d
from mnistcore.lesson.counting import check_shared_params
from ui.components.sharing.component import Bill, cost_table, show_connections
from ui.language import _, each
from ui.lesson import frame
from ui.lesson.texts import sharing as texts

LAYER = Conv2d(1, 16, 3, stride=2, padding=1)  # MyNet's first
ANSWERS = (160, 640, 31_360)
SIDE, LARGER_SIDE = 28, 56


def show() -> None:
    """Draw the stop."""
    place, control, task = frame.places()
    with control:
        side = frame.choose(_(texts.CONTROL), texts.SIDES, key="lesson_side")
    with place:
        show_connections(
            kernel_size=3,
            stride=2,
            key="lesson_sharing",
            names=each(texts.NAMES),
            words=each(texts.WORDS),
            bills=_bills(side),
            replay=_(texts.REPLAY),
        )
    with task:
        frame.ask(_(texts.TASK))
        with frame.answers_and_result():
            answer = frame.choose_answer(ANSWERS, key="lesson_num_params")
            outcome = (
                None if answer is None else check_shared_params(answer, LAYER, SIDE, LARGER_SIDE)
            )
            frame.solve(outcome, texts.OUTCOMES)
    frame.fold(lambda: _more(side))


def _more(side: int) -> None:
    st.markdown(_(texts.MORE))
    st.table(cost_table(LAYER, (1, side, side)))
    st.code(inspect.getsource(weight_sharing.layer_cost))


def _bills(side: int) -> dict[Sharing, Bill]:
    costs = {way: layer_cost(LAYER, (1, side, side), way).num_params for way in texts.NAMES}
    largest = max(costs.values())
    return {
        way: Bill(f"{cost:,}", _(texts.UNIT), (cost / largest) ** 0.5)
        for way, cost in costs.items()
    }
