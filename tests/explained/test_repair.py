"""The nearest layer that works."""

from typing import Any

import pytest
from hypothesis import example, given, settings

from mnistcore.explained.repair import nearest_working
from tests.random_arguments import SENSIBLE, SHAPES, kinds_with_arguments

CONV: dict[str, object] = {
    "in_channels": 1,
    "out_channels": 16,
    "kernel_size": 3,
    "stride": 1,
    "padding": 0,
    "dilation": 1,
    "groups": 1,
}


@pytest.mark.parametrize(
    ("kind", "changes", "shape", "expected"),
    [
        ("Conv2d", {"kernel_size": 7}, (1, 6, 6), "`kernel_size` 6 instead of 7"),
        ("Conv2d", {"kernel_size": 9}, (1, 5, 5), "`padding` 2 instead of 0"),
        ("Conv2d", {"kernel_size": 7, "dilation": 2}, (1, 9, 9), "`dilation` 1 instead of 2"),
        (
            "Conv2d",
            {"groups": 3},
            (4, 6, 6),
            "`in_channels` 4 instead of 1, `groups` 2 instead of 3",
        ),
        ("Conv2d", {"padding": "same", "stride": 2}, (1, 6, 6), "`padding` 1 instead of same"),
        ("Conv2d", {}, (3, 6, 6), "`in_channels` 3 instead of 1"),
        ("ConvTranspose2d", {"padding": 3}, (1, 2, 2), "`padding` 1 instead of 3"),
        (
            "ConvTranspose2d",
            {"stride": 2, "output_padding": 2},
            (1, 6, 6),
            "`output_padding` 1 instead of 2",
        ),
    ],
)
def test_the_smallest_change_is_offered(
    kind: str, changes: dict[str, object], shape: tuple[int, ...], expected: str
) -> None:
    assert str(nearest_working(kind, CONV | changes, shape)) == expected


def test_a_pooling_keeps_its_padding_below_half_its_window() -> None:
    pooling: dict[str, object] = {"kernel_size": 3, "stride": 2, "padding": 2}

    assert str(nearest_working("MaxPool2d", pooling, (8, 6, 6))) == "`padding` 1 instead of 2"


def test_a_picture_of_other_axes_cannot_be_mended() -> None:
    assert nearest_working("Conv2d", CONV, (1, 28)) is None


def test_an_unknown_kind_cannot_be_mended() -> None:
    assert nearest_working("Conv4d", CONV, (1, 28, 28)) is None


@settings(max_examples=300)
@example(("Unflatten", {"dim": 1, "unflattened_size": (1, 1)}), (1,))
@given(kinds_with_arguments(SENSIBLE), SHAPES)
def test_what_is_offered_instead_of_an_impossible_layer_works(
    asked: tuple[str, dict[str, Any]], input_shape: tuple[int, ...]
) -> None:
    kind, arguments = asked

    repair = nearest_working(kind, arguments, input_shape)

    if repair:
        assert min(repair.layer.output_shape(input_shape)) >= 1
        assert all(old != new for _, old, new in repair.changes)
