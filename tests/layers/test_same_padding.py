"""torch's "same" against torch; TensorFlow's against its documentation."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mnistcore.layers.same_padding import same_padding, tensorflow_same_padding


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@given(st.integers(1, 12), st.integers(1, 6), st.integers(1, 3))
def test_same_padding_puts_the_windows_where_torch_puts_them(
    input_size: int, kernel_size: int, dilation: int
) -> None:
    torch.manual_seed(0)
    signal = torch.randn(1, 1, input_size, dtype=torch.float64)
    kernel = torch.randn(1, 1, kernel_size, dtype=torch.float64)

    padded = torch.nn.functional.pad(signal, same_padding(kernel_size, dilation))

    ours = torch.nn.functional.conv1d(padded, kernel, dilation=dilation)
    theirs = torch.conv1d(signal, kernel, padding="same", dilation=dilation)
    torch.testing.assert_close(ours, theirs)


@pytest.mark.parametrize(
    ("input_size", "kernel_size", "stride", "expected"),
    [
        (28, 3, 2, (0, 1)),
        (27, 3, 2, (1, 1)),
        (5, 3, 1, (1, 1)),
        (5, 2, 1, (0, 1)),
        (5, 1, 2, (0, 0)),
    ],
)
def test_tensorflow_pads_less_at_the_start(
    input_size: int, kernel_size: int, stride: int, expected: tuple[int, int]
) -> None:
    padding = tensorflow_same_padding(input_size, kernel_size=kernel_size, stride=stride)

    assert padding == expected
