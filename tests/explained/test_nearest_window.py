"""The nearest layer that works, beside the nearest of all that a search by brute force finds."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistcore.errors import InvalidInputError
from mnistcore.explained.repair import nearest_working
from mnistcore.layers.kinds import make_layer

Numbers = dict[str, Any]


def distance(asked: Numbers, found: Numbers) -> int:
    """The sum of the differences of all numbers."""
    return sum(abs(asked[name] - found[name]) for name in asked if isinstance(asked[name], int))


def works(kind: str, numbers: Numbers, input_shape: tuple[int, ...]) -> bool:
    try:
        make_layer(kind, **numbers).output_shape(input_shape)
    except InvalidInputError:
        return False
    return True


def nearer(asked: Numbers, than: int) -> Iterator[Numbers]:
    """Yield all numbers up to 13 whose distance is smaller; the stride and words stay."""
    names = [name for name in asked if name not in ("stride", "ceil_mode")]
    ranges = [
        range(
            max(0 if "padding" in name else 1, asked[name] - than + 1),
            min(14, asked[name] + than),
        )
        for name in names
    ]
    for numbers in product(*ranges):
        found = asked | dict(zip(names, numbers, strict=True))
        if distance(asked, found) < than:
            yield found


SMALL = {
    "kernel_size": st.integers(1, 9),
    "stride": st.integers(1, 4),
    "padding": st.integers(0, 6),
    "dilation": st.integers(1, 4),
}
KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "Conv1d": SMALL,
    "MaxPool1d": SMALL | {"ceil_mode": st.booleans(), "stride": st.none() | st.integers(1, 4)},
    "AvgPool1d": {name: SMALL[name] for name in ("kernel_size", "padding")}
    | {"ceil_mode": st.booleans(), "stride": st.none() | st.integers(1, 4)},
    "ConvTranspose1d": SMALL | {"output_padding": st.integers(0, 4)},
}


CHANNELS: dict[str, Numbers] = {
    kind: {"in_channels": 1, "out_channels": 1} if "Conv" in kind else {} for kind in KINDS
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data(), size=st.integers(1, 6))
def test_no_window_that_works_is_nearer(kind: str, data: st.DataObject, size: int) -> None:
    asked: Numbers = {name: data.draw(values) for name, values in KINDS[kind].items()}

    repair = nearest_working(kind, CHANNELS[kind] | asked, (1, size))

    assert repair is not None
    found = {name: getattr(repair.layer, name) for name in asked}
    assert works(kind, CHANNELS[kind] | found, (1, size))
    others = nearer(asked, distance(asked, found))
    assert not any(works(kind, CHANNELS[kind] | other, (1, size)) for other in others)


@settings(max_examples=60, deadline=None)
@given(channels=st.integers(1, 24), outputs=st.integers(1, 24), groups=st.integers(1, 24))
def test_no_groups_that_work_are_nearer(channels: int, outputs: int, groups: int) -> None:
    asked = {"in_channels": channels, "out_channels": outputs, "kernel_size": 1, "groups": groups}

    repair = nearest_working("Conv2d", asked, (channels, 4, 4))

    assert repair is not None
    found = {name: getattr(repair.layer, name) for name in asked}
    smallest = min(
        abs(other_outputs - outputs) + abs(other_groups - groups)
        for other_outputs, other_groups in product(range(1, 49), range(1, 25))
        if channels % other_groups == other_outputs % other_groups == 0
    )
    assert distance(asked, found) == smallest


@pytest.mark.parametrize(
    ("kind", "arguments", "input_shape", "expected"),
    [
        (
            "Conv2d",
            {"in_channels": 24, "out_channels": 94, "kernel_size": 1, "groups": 8},
            (24, 4, 4),
            "`out_channels` 96 instead of 94",
        ),
        (
            "AvgPool1d",
            {"kernel_size": 7, "stride": 3, "ceil_mode": True},
            (4, 4),
            "`kernel_size` 6 instead of 7",
        ),
        (
            "Conv2d",
            {"in_channels": 1, "out_channels": 16, "kernel_size": 3, "padding": "k // 2"},
            (1, 6, 6),
            "`padding` 0 instead of k // 2",
        ),
        (
            "Conv2d",
            {"in_channels": 1, "out_channels": 16, "kernel_size": 0},
            (1, 6, 6),
            "`kernel_size` 1 instead of 0",
        ),
        (
            "Conv2d",
            {"in_channels": 1, "out_channels": 16, "kernel_size": 3, "dilation": 0},
            (1, 6, 6),
            "`dilation` 1 instead of 0",
        ),
        (
            "GroupNorm",
            {"num_groups": 5, "num_channels": 16},
            (16, 4),
            "`num_groups` 4 instead of 5",
        ),
        ("Dropout", {"p": 1.5}, (16,), "`p` 1 instead of 1.5"),
    ],
)
def test_the_nearest_layer_is_told(
    kind: str, arguments: Numbers, input_shape: tuple[int, ...], expected: str
) -> None:
    assert str(nearest_working(kind, arguments, input_shape)) == expected


@pytest.mark.parametrize("value", [10**6, 10**6 - 1, 999_983])
def test_huge_windows_are_mended_at_once(value: int) -> None:
    numbers = {"kernel_size": value, "stride": value, "padding": value, "dilation": value}

    for kind in ("Conv1d", "MaxPool1d", "ConvTranspose1d"):
        channels = {"in_channels": 1, "out_channels": 1} if "Conv" in kind else {}
        assert nearest_working(kind, {**channels, **numbers}, (1, 3)) is not None
