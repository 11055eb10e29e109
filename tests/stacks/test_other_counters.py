"""The rules against what the packages themselves said, written down once.

`counted_by_others.json` holds the outputs of fvcore 0.1.5.post20221221, torchinfo 1.8.0, thop
0.1.1.post2209072238, ptflops 0.7.5 and calflops 0.3.2 for networks in evaluation, one image. The
packages are no dependencies; torch's own counter is asked again here.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from mnistcore.in_torch.model_analysis import analyse_model
from mnistcore.in_torch.torch_layers import build_sequential
from mnistcore.in_torch.verification import torch_figures
from mnistcore.layers.kinds import GELU, BatchNorm2d, Conv2d
from mnistcore.stacks.json_format import stack_from_dict
from mnistcore.stacks.other_counters import COUNTERS, counter_reports
from mnistcore.stacks.presets import my_net, vgg16
from mnistcore.stacks.stack import LayerStack

COUNTED: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "counted_by_others.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("network", COUNTED, ids=lambda network: network["name"][:40])
def test_the_rules_give_what_the_packages_gave(network: dict[str, Any]) -> None:
    stack = stack_from_dict(network["stack"])

    reports = {report.counter.name: report for report in counter_reports(stack.analyse())}

    numbers = {name: reports[name].number for name in network["counts"]}
    assert numbers == network["counts"]
    figures = torch_figures(build_sequential(stack, "meta"), stack.input_shape, "meta")
    assert reports["torch.utils.flop_counter"].number == 2 * figures.num_macs


def test_torchvisions_gflops_are_multiply_adds() -> None:
    reports = {report.counter.name: report for report in counter_reports(vgg16().analyse())}

    assert round(reports["torchvision"].number / 1e9, 3) == analyse_model("vgg16").published_gmacs


def test_of_a_layer_that_was_not_measured_no_number_is_claimed() -> None:
    stack = LayerStack((4, 8, 8), (Conv2d(4, 4, 3), GELU(), BatchNorm2d(4, affine=False)))

    reports = {report.counter.name: report for report in counter_reports(stack.analyse())}

    assert reports["fvcore"].unknown == ("BatchNorm2d", "GELU")
    assert reports["torch.utils.flop_counter"].unknown == ()


def test_every_counter_is_explained() -> None:
    reports = counter_reports(my_net().analyse())

    assert [report.counter for report in reports] == list(COUNTERS)
    assert all(report.counter.reason.endswith(".") for report in reports)
    surplus = {report.counter.name: report.surplus for report in reports}
    assert surplus["torch.utils.flop_counter"] == surplus["torchvision"] == 0
    assert surplus["fvcore"] == 2 * 5_728
