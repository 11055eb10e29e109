"""Stop 2: a kernel has a slice for every map, and the parts add up to one map."""

import inspect

import numpy as np
import streamlit as st

from mnistcore.convolution import sliding_window
from mnistcore.convolution.deep_kernels import MAP_NAMES, hand_made_maps
from mnistcore.convolution.kernels import blur, sobel_x, sobel_y
from mnistcore.layers.convolution import Conv2d
from mnistcore.lesson.counting import check_num_weights
from ui.components.channel_sum.component import DeepLayer, channel_data, show_channel_sum
from ui.language import _
from ui.lesson import frame
from ui.lesson.pixels import digit_pixels
from ui.lesson.texts import channels as texts

# A little of everything, so that no slice is empty.
WEIGHTS = (0.5, 0.7, -0.7, -0.3)
SLICES = (0.5 * blur(3), sobel_y(3) / 8, sobel_x(3) / 8, -0.3 * blur(3))
ASKED = Conv2d(4, 16, 3)
MARGIN = 2  # pixels around the digit that are left out: nothing is drawn there
ANSWERS = (36, 144, 576)


def show() -> None:
    """Draw the stop."""
    place, control, task = frame.places()
    with control:
        size = frame.choose(_(texts.CONTROL), texts.SIZES, key="lesson_kernel_size")
    with place:
        show_channel_sum(
            channel_data(_layer(size), 0),
            key="lesson_channels",
            large=[_(head) for head in texts.HEADS],
            replay=_(texts.REPLAY),
        )
    with task:
        frame.ask(_(texts.TASK))
        with frame.answers_and_result():
            answer = frame.choose_answer(ANSWERS, key="lesson_num_weights")
            outcome = None if answer is None else check_num_weights(answer, ASKED)
            frame.solve(outcome, texts.OUTCOMES)
    frame.fold(_more)


def _more() -> None:
    st.markdown(_(texts.MORE))
    st.code(texts.CODE)
    st.code(inspect.getsource(sliding_window.channel_maps))


def _layer(size: int) -> DeepLayer:
    kernel = np.array(WEIGHTS)[:, None, None] if size == 1 else np.stack(SLICES)
    maps = hand_made_maps(digit_pixels()[MARGIN:-MARGIN, MARGIN:-MARGIN])
    return DeepLayer(
        maps,
        kernel.round(4)[None],
        np.zeros(1),
        [*map(_, MAP_NAMES)],
        [""],
        padding=(size - 1) // 2,
    )
