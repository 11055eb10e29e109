"""Sizes along one axis, against published tables and against torch."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.layers.conv_arithmetic import (
    output_size,
    pooling_output_size,
    transposed_output_size,
    unreached_end,
)

small = st.integers(1, 9)
padding = st.integers(0, 5)


@pytest.mark.parametrize(
    ("input_size", "kernel_size", "stride", "padding", "dilation", "expected"),
    [
        (4, 3, 1, 0, 1, 2),
        (5, 4, 1, 2, 1, 6),
        (5, 3, 1, 1, 1, 5),
        (5, 3, 1, 2, 1, 7),
        (5, 3, 2, 0, 1, 2),
        (5, 3, 2, 1, 1, 3),
        (6, 3, 2, 1, 1, 3),
        (7, 3, 1, 0, 2, 3),
        (227, 11, 4, 0, 1, 55),
        (6, 3, 1, 0, 1, 4),
        (6, 3, 2, 0, 1, 2),
    ],
)
def test_output_size_gives_the_published_examples(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int, expected: int
) -> None:
    size = output_size(
        input_size, kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation
    )

    assert size == expected


@given(st.integers(1, 60), small, small, padding, st.integers(1, 4))
def test_what_the_floor_drops_and_what_the_windows_cover_is_the_whole(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> None:
    if dilation * (kernel_size - 1) + 1 > input_size + 2 * padding:
        return
    axis = {
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
    }

    covered = (output_size(input_size, **axis) - 1) * stride + dilation * (kernel_size - 1) + 1

    assert covered + unreached_end(input_size, **axis) == input_size + 2 * padding
    assert unreached_end(input_size, **axis) < stride


@given(st.integers(1, 40), small, small, st.integers(0, 4), st.integers(1, 3))
def test_pooling_rounded_up_matches_torch(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> None:
    axis: dict[str, Any] = {
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "ceil_mode": True,
    }
    images = torch.zeros(1, 1, input_size)
    try:
        expected = torch.nn.functional.max_pool1d(images, **axis).shape[-1]
    except RuntimeError:
        expected = None

    try:
        size = pooling_output_size(input_size, **axis)
    except InvalidInputError:
        size = None

    assert size == expected


@given(st.integers(1, 40), small, small, padding, st.integers(0, 4), st.integers(1, 3))
def test_transposed_output_size_matches_torch(
    input_size: int, kernel_size: int, stride: int, padding: int, extra: int, dilation: int
) -> None:
    images, kernel = torch.zeros(1, 1, input_size), torch.zeros(1, 1, kernel_size)
    try:
        expected = torch.nn.functional.conv_transpose1d(
            images,
            kernel,
            stride=stride,
            padding=padding,
            output_padding=extra,
            dilation=dilation,
        ).shape[-1]
    except RuntimeError:
        expected = 0

    try:
        size = transposed_output_size(
            input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            output_padding=extra,
            dilation=dilation,
        )
    except InvalidInputError:
        size = 0

    assert size == expected


def test_a_transposed_convolution_undoes_the_size_of_a_convolution() -> None:
    small = output_size(28, kernel_size=3, stride=2, padding=1)

    assert transposed_output_size(small, kernel_size=3, stride=2, padding=1, output_padding=1) == 28


def test_an_impossible_kernel_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"spans 9 pixels .* padded input has only 6"):
        output_size(6, kernel_size=5, dilation=2)


def test_too_much_pooling_padding_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"at most half its window: 2 .* Choose 1 or less"):
        pooling_output_size(6, kernel_size=3, stride=2, padding=2)


def test_too_much_output_padding_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"below the larger of `stride`=2"):
        transposed_output_size(6, kernel_size=3, stride=2, output_padding=2)


def test_a_transposed_convolution_that_leaves_nothing_is_explained() -> None:
    with pytest.raises(InvalidInputError, match=r"cuts 4 pixels off an output of 4"):
        transposed_output_size(2, kernel_size=3, padding=2)
