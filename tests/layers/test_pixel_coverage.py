"""Which pixels are touched, against a convolution of ones in torch."""

from typing import Any

import torch
from hypothesis import given
from hypothesis import strategies as st

from mnistcore.layers.conv_arithmetic import kernel_span, output_size
from mnistcore.layers.pixel_coverage import real_taps, touched_pixels

axes = st.fixed_dictionaries(
    {
        "kernel_size": st.integers(1, 6),
        "stride": st.integers(1, 7),
        "padding": st.integers(0, 8),
        "dilation": st.integers(1, 3),
    }
)


@given(st.integers(1, 30), axes)
def test_real_taps_and_touched_pixels_are_those_of_a_convolution_of_ones(
    input_size: int, axis: dict[str, int]
) -> None:
    if kernel_span(axis["kernel_size"], axis["dilation"]) > input_size + 2 * axis["padding"]:
        return
    settings: dict[str, Any] = {
        name: value for name, value in axis.items() if name != "kernel_size"
    }
    signal = torch.ones(1, 1, input_size, requires_grad=True)

    sums = torch.conv1d(signal, torch.ones(1, 1, axis["kernel_size"]), **settings)
    sums.sum().backward()

    size = output_size(input_size, **axis)
    assert real_taps(input_size, size, **axis) == int(sums.sum())
    assert signal.grad is not None
    touched = signal.grad[0, 0].nonzero().flatten().tolist()
    assert sorted(touched_pixels(input_size, size, **axis)) == touched
