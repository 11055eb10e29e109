"""Where windows lie, with torch's gradients as witness; and the sentences on it."""

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from mnistcore.explained.axis_layout import alike_joined, axis_layouts, same_comparison
from mnistcore.layers.kinds import Conv1d, Conv2d, ConvTranspose1d, MaxPool1d
from mnistcore.layers.window import WindowLayer


@given(
    st.integers(1, 20), st.integers(1, 5), st.integers(1, 6), st.integers(0, 3), st.integers(1, 3)
)
def test_untouched_are_the_pixels_that_no_gradient_reaches(
    size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> None:
    assume(dilation * (kernel_size - 1) < size + 2 * padding)
    layer = Conv1d(1, 1, kernel_size, stride=stride, padding=padding, dilation=dilation)
    signal = torch.zeros(1, 1, size, requires_grad=True)
    kernel = torch.ones(1, 1, kernel_size)
    sums = torch.conv1d(signal, kernel, stride=stride, padding=padding, dilation=dilation)
    sums.sum().backward()

    (layout,) = axis_layouts(layer, (1, size))

    assert signal.grad is not None
    assert list(layout.untouched) == (signal.grad[0, 0] == 0).nonzero().flatten().tolist()
    assert layout.num_windows == sums.shape[-1]


@pytest.mark.parametrize(
    ("layer", "size", "sentence"),
    [
        (MaxPool1d(2, ceil_mode=True), 8, "fit exactly: there is nothing to round up."),
        (MaxPool1d(1, stride=3, ceil_mode=True), 5, "Even rounded up, the windows leave 1 pixel"),
        (Conv1d(1, 1, 3), 9, "the windows fit exactly: the floor drops nothing."),
        (Conv1d(1, 1, 3, stride=2), 8, "The floor drops 1 pixel at the end: no window gets there."),
        (Conv1d(1, 1, 3, stride=4, padding=1), 8, "3 pixels at the end, 1 pixel of padding and 2"),
        (MaxPool1d(2, ceil_mode=True), 5, "hangs over by 1 pixel: `ceil_mode` lets it count."),
    ],
)
def test_what_the_floor_drops_is_said(layer: WindowLayer, size: int, sentence: str) -> None:
    (layout,) = axis_layouts(layer, (1, size))

    assert sentence in layout.floor_sentence


def test_a_transposed_convolutions_windows_lie_on_its_output() -> None:
    (layout,) = axis_layouts(ConvTranspose1d(1, 1, 4, stride=2, padding=1), (1, 7))

    assert (layout.num_pixels, layout.num_windows) == (14, 7)


def test_height_and_width_are_told_apart_where_they_differ() -> None:
    layouts = axis_layouts(Conv2d(1, 1, (3, 5), padding="same"), (1, 9, 9))

    assert [layout.name for layout in alike_joined(layouts)] == ["height", "width"]
    assert [layout.padding for layout in layouts] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (Conv1d(1, 1, 3, padding="same"), "the values are the same."),
        (Conv1d(1, 1, 3, stride=2, padding=1), "the values differ."),
        (Conv1d(1, 1, 3), "The sizes differ."),
    ],
)
def test_tensorflows_same_is_compared(layer: Conv1d, sentence: str) -> None:
    assert same_comparison(axis_layouts(layer, (1, 28))[0]).endswith(sentence)
