"""Two networks side by side."""

from mnistcore.stacks.diff import ratio_text, row_pairs
from mnistcore.stacks.presets import preset
from mnistcore.stacks.table import NetworkTable, stack_table


def preset_table(name: str) -> NetworkTable:
    return stack_table(name, preset(name).analyse())


def test_equal_networks_differ_nowhere() -> None:
    rows = preset_table("LeNet-5").rows

    assert {pair.mark for pair in row_pairs(rows, rows)} == {"="}


def test_what_only_one_network_has_is_marked() -> None:
    vgg16, vgg11 = preset_table("VGG-16").rows, preset_table("VGG-11").rows

    marks = [pair.mark for pair in row_pairs(vgg16, vgg11)]
    other_way = [pair.mark for pair in row_pairs(vgg11, vgg16)]

    assert marks.count("−") - marks.count("+") == len(vgg16) - len(vgg11)
    assert other_way.count("+") - other_way.count("−") == len(vgg16) - len(vgg11)
    assert marks[-7:] == ["="] * 7  # both end in the same classifier


def test_numbers_are_compared_by_sign_and_ratio() -> None:
    assert [ratio_text(*pair) for pair in ((2, 1), (1, 2), (0, 0), (0, 5), (5, 0))] == [
        *("▲2.00×", "▼0.50×", "=", "▼0.00×", "▲"),
    ]
    assert ratio_text(5_000, 1) == "▲5,000×"
