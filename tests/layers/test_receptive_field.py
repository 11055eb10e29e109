"""Receptive fields against published tables, and against gradients in torch."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from mnistcore.errors import InvalidInputError
from mnistcore.layers.receptive_field import ReceptiveField

WINDOWS = st.tuples(
    st.booleans(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)
)


def through(*windows: tuple[int, int]) -> ReceptiveField:
    field = ReceptiveField()
    for kernel_size, stride in windows:
        field = field.after(kernel_size=kernel_size, stride=stride, padding=kernel_size // 2)
    return field


def resnet(blocks: tuple[int, ...], *, stride_in_last_unit: bool) -> ReceptiveField:
    windows = [(7, 2), (3, 2)]
    for number, count in enumerate(blocks):
        for unit in range(count):
            if stride_in_last_unit:
                strides = number < len(blocks) - 1 and unit == count - 1
            else:
                strides = number > 0 and unit == 0
            windows += [(1, 1), (3, 2 if strides else 1), (1, 1)]
    return through(*windows)


def test_vgg16_has_the_published_fields() -> None:
    fields, field = [], ReceptiveField()
    for count in (2, 2, 3, 3, 3):
        for _ in range(count):
            field = field.after(kernel_size=3, padding=1)
            fields.append(field.size)
        field = field.after(kernel_size=2, stride=2)
        fields.append(field.size)

    assert fields == [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [((3, 4, 6, 3), 483), ((3, 4, 23, 3), 1027), ((3, 8, 36, 3), 1507)],
)
def test_tensorflows_resnets_have_the_fields_of_araujo_2019(
    blocks: tuple[int, ...], expected: int
) -> None:
    assert resnet(blocks, stride_in_last_unit=True).size == expected


def test_torchvisions_resnet50_sees_427_pixels() -> None:
    assert resnet((3, 4, 6, 3), stride_in_last_unit=False).size == 427


def test_mobilenet_v1_has_the_field_of_araujo_2019() -> None:
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)
    windows = [(3, 2)] + [(3, stride) for stride in strides]

    field = through(*windows)

    assert field.size == 315
    assert field.effective_stride == 32


def test_alexnet_has_the_field_of_araujo_2019() -> None:
    field = through((11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2))

    assert field.size == 195
    assert field.effective_stride == 32


def test_two_small_kernels_see_as_far_as_a_large_one() -> None:
    assert through((3, 1), (3, 1)).size == through((5, 1)).size


def test_dilation_moves_the_first_field() -> None:
    assert ReceptiveField().after(kernel_size=3, dilation=2, padding=1).seen_by(0) == (-1, 3)


def test_branches_of_unlike_strides_cannot_meet() -> None:
    with pytest.raises(InvalidInputError, match="effective strides 2 and 1"):
        through((3, 2)).joined(through((3, 1)))


def test_upsampling_without_bounds_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="enlarge 2,000 times"):
        ReceptiveField().after_transposed(kernel_size=3, stride=2000)


@given(st.lists(WINDOWS, min_size=1, max_size=3))
def test_every_output_sees_the_pixels_its_gradient_reaches(
    windows: list[tuple[bool, int, int, int, int]],
) -> None:
    field, layers = ReceptiveField(), []
    for transposed, kernel_size, stride, padding, dilation in windows:
        axis: dict[str, Any] = {
            "kernel_size": kernel_size,
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
        }
        field = field.after_transposed(**axis) if transposed else field.after(**axis)
        layers.append((nn.ConvTranspose1d if transposed else nn.Conv1d)(1, 1, bias=False, **axis))
    signal = torch.zeros(1, 1, 160, dtype=torch.float64, requires_grad=True)
    network = nn.Sequential(*layers).double()
    for weight in network.parameters():
        nn.init.ones_(weight)
    outputs = network(signal)[0, 0]
    # In the middle, so that no border cuts a field.
    period = len(field.intervals)
    middle = outputs.numel() // 2 // period * period

    for output in range(middle, middle + period):
        (gradient,) = torch.autograd.grad(outputs[output], signal, retain_graph=True)
        seen = gradient[0, 0].nonzero().flatten().tolist()
        interval = field.intervals[output - middle]
        moved = middle // period * field.step
        expected = [] if interval is None else [interval[0] + moved, interval[1] + moved]
        assert ([seen[0], seen[-1]] if seen else []) == expected
