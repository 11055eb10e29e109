"""Exported programs run, and state the shapes that come out."""

import re

import pytest
import torch
from torch import nn

from mnistcore.in_torch.random_layers import draw_layers
from mnistcore.layers.kinds import make_layer
from mnistcore.stacks.code_export import pytorch_program
from mnistcore.stacks.presets import PRESETS, preset
from mnistcore.stacks.stack import LayerStack


def run(program: str) -> nn.Sequential:
    """Run a program as a script, without memory for weights, and return its network."""
    with torch.device("meta"):
        names: dict[str, nn.Sequential] = {"__name__": "__main__"}  # type: ignore[dict-item]
        exec(program, names)
    return names["net"]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_runs_and_has_the_stated_shapes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = preset(name)
    program = pytorch_program(stack)

    network = run(program)

    stated = [eval(shape) for shape in re.findall(r"-> (\(.*\))$", program, re.MULTILINE)]
    values = torch.zeros(2, *stack.input_shape, device="meta")
    for layer, shape in zip(network, stated, strict=True):
        values = layer(values)
        assert tuple(values.shape[1:]) == shape
    assert capsys.readouterr().out == f"{(2, *stack.analyse().output_shape)}\n"
    assert sum(weight.numel() for weight in network.parameters()) == stack.analyse().num_params


def test_mynets_program_runs_with_real_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    exec(pytorch_program(preset("MyNet")), {"__name__": "__main__"})

    assert capsys.readouterr().out == "(2, 10)\n"


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.filterwarnings("ignore:input's size at dim=1 does not match num_features")
@pytest.mark.filterwarnings("ignore:Implicit dimension choice for")
def test_random_layers_come_out_as_they_went_in(capsys: pytest.CaptureFixture[str]) -> None:
    num_run = 0
    for draw in draw_layers(300, seed=7):
        try:
            stack = LayerStack(draw.input_shape, (make_layer(draw.kind, **draw.arguments),))
            program = pytorch_program(stack)
        except ValueError:
            continue  # an impossible layer has no program
        run(program)
        num_run += 1

    assert num_run > 200
