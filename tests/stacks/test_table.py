"""Networks as tables: against the published receptive fields, and joined, compared, exported."""

import csv
from io import StringIO

import pytest

from mnistcore.in_torch.model_analysis import analyse_model, model_table
from mnistcore.layers.kinds import make_layer
from mnistcore.stacks.blocks import MOST_BLOCKS, blocks
from mnistcore.stacks.diff import comparison, row_pairs
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


@pytest.mark.parametrize("name", ["resnet50", "densenet121", "googlenet", "vit_b_16", "swin_t"])
def test_blocks_keep_every_number(name: str) -> None:
    rows = model_table(analyse_model(name)).rows

    joined = blocks(rows)

    assert len(joined) <= MOST_BLOCKS
    for quantity in ("num_params", "num_macs", "activation_bytes"):
        whole = sum(getattr(row, quantity) for row in rows)
        assert sum(getattr(row, quantity) for row in joined) == whole
    assert joined[-1].output_shape == rows[-1].output_shape


def test_a_models_table_has_the_models_totals() -> None:
    analysis = analyse_model("vit_b_16")

    found = model_table(analysis)

    assert found.num_params == analysis.published_params
    assert round(found.num_macs / 1e9, 3) == analysis.published_gmacs


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


def test_equal_networks_differ_nowhere() -> None:
    rows = table("LeNet-5").rows

    assert {pair.mark for pair in row_pairs(rows, rows)} == {"="}


def test_what_only_one_network_has_is_marked() -> None:
    vgg16, vgg11 = table("VGG-16").rows, table("VGG-11").rows

    marks = [pair.mark for pair in row_pairs(vgg16, vgg11)]
    other_way = [pair.mark for pair in row_pairs(vgg11, vgg16)]

    assert marks.count("−") - marks.count("+") == len(vgg16) - len(vgg11)
    assert other_way.count("+") - other_way.count("−") == len(vgg16) - len(vgg11)
    assert marks[-7:] == ["="] * 7  # both end in the same classifier


def test_numbers_are_compared_by_sign_and_ratio() -> None:
    assert [comparison(*pair) for pair in ((2, 1), (1, 2), (0, 0), (0, 5), (5, 0))] == [
        *("▲2.00×", "▼0.50×", "=", "▼0.00×", "▲"),
    ]
    assert comparison(5_000, 1) == "▲5,000×"
