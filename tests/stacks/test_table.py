"""Networks as tables, against the published receptive fields; and as CSV."""

import csv
from io import StringIO

import pytest

from mnistcore.layers.kinds import make_layer
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.table import NetworkTable, layer_name, stack_table, table_csv


def table(name: str) -> NetworkTable:
    return stack_table(name, preset(name).analyse())


def test_vgg16_sees_what_was_published() -> None:
    features = table("VGG-16").rows[:31]

    seen = [int(row.receptive_field) for row in features if "ReLU" not in row.name]

    assert seen[:11] == [3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60]
    assert seen[-1] == 212  # behind the last pooling


def test_behind_a_linear_layer_everything_is_seen() -> None:
    last = table("MyNet").rows[-1]

    assert (last.receptive_field, last.effective_stride) == ("all", "–")


@pytest.mark.parametrize("name", PRESETS)
def test_the_csv_adds_up(name: str) -> None:
    *rows, total = csv.DictReader(StringIO(table_csv(table(name))))

    for quantity in ("num_params", "num_macs", "flops"):
        assert sum(int(row[quantity]) for row in rows) == int(total[quantity])
    assert int(total["num_params"]) == preset(name).analyse().num_params


@pytest.mark.parametrize(
    ("kind", "arguments", "name"),
    [
        ("ReLU", {}, "ReLU"),
        ("Dropout", {"p": 0.2}, "Dropout 0.2"),
        ("Conv1d", {"in_channels": 1, "out_channels": 2, "kernel_size": 3}, "Conv1d 2 · 3"),
        ("MaxPool2d", {"kernel_size": 3, "ceil_mode": True}, "MaxPool2d 3×3 · ceil_mode"),
        ("MaxPool2d", {"kernel_size": 3, "stride": (2, 1)}, "MaxPool2d 3×3 · stride 2×1"),
    ],
)
def test_a_layer_is_named_in_short(kind: str, arguments: dict[str, object], name: str) -> None:
    assert layer_name(make_layer(kind, **arguments)) == name
