"""What stands behind a dot is as in Python and torch, and what is not there is not made up."""

import ast

import pytest
import torch
from torch import nn

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.expressions import evaluate
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.statements import execute
from mnistcore.evaluator.values import Scope, Unknown
from mnistcore.in_torch.verification import Figures
from mnistcore.pasted.attributes import attribute_of
from mnistcore.pasted.calls import call
from mnistcore.pasted.reading import read_network
from mnistcore.pasted.signatures import LAYERS, fields_of
from mnistcore.pasted.tables import pasted_table
from tests.pasted.in_torch import Pasted, figures_of

HEAD = "import torch\nimport torch.nn as nn\n"
ACT = 'class Act(Enum):\n    RELU = "relu"\n    PRELU = "prelu"\n    OTHER = "prelu"\n'


def require_as_in_torch(text: str) -> None:
    """Assert that a text's network has the numbers that it has in torch."""
    network = read_network(HEAD + text, (1, 28, 28))
    assert network.problem is None
    table = pasted_table(network)
    figures = Figures(table.output_shape, table.num_params, table.num_macs)
    assert figures == figures_of(Pasted(HEAD + text, (1, 28, 28), "net"))


@pytest.mark.parametrize(
    "width",
    [
        "8 if Act.PRELU.value == 'prelu' else 4",
        "8 if Act.PRELU.name == 'PRELU' else 4",
        "8 if Act.PRELU == 'prelu' else 4",
        "8 if Act.PRELU == Act.PRELU else 4",
        "8 if Act.RELU is Act.PRELU else 4",
        "8 if Act.OTHER is Act.PRELU else 4",
        "8 if Act('prelu') is Act.PRELU else 4",
        "8 if Act['RELU'] is Act.RELU else 4",
        "8 if isinstance(Act.RELU, Act) else 4",
        "8 if isinstance(Act.RELU, str) else 4",
        "8 if Act.RELU in (Act.PRELU, Act.OTHER) else 4",
        "{Act.RELU: 4, Act.PRELU: 8}[Act.PRELU]",
        "len(Act.PRELU.value)",
    ],
)
@pytest.mark.parametrize("base", ["(Enum)", "(str, Enum)"])
def test_a_member_of_an_enumeration_is_as_in_python(width: str, base: str) -> None:
    act = ACT.replace("(Enum)", base)

    require_as_in_torch(
        f"from enum import Enum\n{act}net = nn.Sequential(nn.Conv2d(1, {width}, 3))"
    )


def test_a_member_that_is_a_number_is_one() -> None:
    size = "from enum import IntEnum\nclass Size(IntEnum):\n    S = 4\n    L = 8\n"

    require_as_in_torch(f"{size}net = nn.Sequential(nn.Conv2d(1, Size.L + Size.S.value, 3))")
    require_as_in_torch(f"{size}net = nn.Sequential(nn.Conv2d(1, Size.L, 3))")


@pytest.mark.parametrize(
    "after",
    [
        "if m.__class__.__name__ == 'BatchNorm2d':",
        "if type(m).__name__ in ('BatchNorm2d',):",
        "if 'Norm' in type(m).__name__:",
        "if type(m) == nn.BatchNorm2d:",
        "if getattr({'bn': False}, 'bn', False):",
        "if hasattr(m, 'children') and hasattr([m], 'shape'):",
    ],
)
def test_a_layer_is_exchanged_by_its_class(after: str) -> None:
    require_as_in_torch(
        "net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU())\n"
        f"for i, m in enumerate(list(net)):\n    {after}\n        net[i] = nn.Identity()"
    )


ARGUMENTS = {
    **{"Conv": ["1, 8, 3", "2, 8, 3, 2, 1, bias=False", "1, 8, kernel_size=3, dilation=2"]},
    **{"ConvTranspose": ["1, 8, 3", "2, 8, 3, 2, 1, 1, bias=False", "1, 8, 3, bias=None"]},
    **{"MaxPool": ["2", "3, 2, 1", "3, None"], "AvgPool": ["2", "3, 2, 1", "3, None"]},
    **{"AdaptiveAvgPool": ["2"], "AdaptiveMaxPool": ["2"], "ZeroPad": ["1", "(1, 2, 3, 4)"]},
    **{"BatchNorm": ["8", "8, affine=False"], "InstanceNorm": ["8", "8, affine=True"]},
    **{"GroupNorm": ["2, 8", "2, 8, affine=False"], "Unflatten": ["1, (2, 4)"]},
    "LayerNorm": ["8", "[8, 8]", "8, elementwise_affine=False", "8, bias=False"],
    **{"LocalResponseNorm": ["2"], "Linear": ["8, 4", "8, 4, bias=False", "8, 4, False"]},
    **{"Upsample": ["scale_factor=2", "(9, 8)", "5, None"]},
}
WITH_ARGUMENTS = [
    (kind, arguments)
    for kind in sorted(LAYERS)
    for arguments in ARGUMENTS.get(kind if kind[-2:-1].isalpha() else kind[:-2], [""])
]


@pytest.mark.parametrize(("kind", "arguments"), WITH_ARGUMENTS)
def test_an_attribute_of_a_layer_is_what_torch_keeps(kind: str, arguments: str) -> None:
    in_torch = eval(f"nn.{kind}({arguments})", {"nn": nn})
    names = {*fields_of(kind), "weight", "bias"}

    found = {name: _read_back(f"nn.{kind}({arguments})", name) for name in names}

    assert found == {name: _in_short(getattr(in_torch, name, "none")) for name in found} | {
        name: "not told" for name, value in found.items() if value == "not told"
    }
    told = {name for name, value in found.items() if value != "not told"}
    assert names - told <= {"size", "scale_factor", "align_corners", "dim"} or kind.endswith("3d")


def _read_back(made: str, name: str) -> object:
    """Return what is read for an attribute, as `_in_short` shows it."""
    text = f"{HEAD}layer = {made}\nkept = layer.{name}\n"
    machine = Machine(text.splitlines(), evaluate, execute, call, attribute_of)
    scope = Scope()
    machine.execute(machine, ast.parse(text).body, scope)
    return _in_short(scope.names["kept"])


def _in_short(value: object) -> object:
    if isinstance(value, Unknown):
        return "none" if " has no " in value.why else "not told"
    return "a tensor" if isinstance(value, Tensor | torch.Tensor) else value


@pytest.mark.parametrize(
    "text",
    [
        "net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.ReLU())\nold = net[0]\n"
        "net[0] = nn.Conv2d(1, old.out_channels, old.kernel_size, bias=old.bias is not None)",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.Conv2d(8, 8, 3, bias=False))\n"
        "for m in net.modules():\n"
        "    if isinstance(m, nn.Conv2d) and m.bias is None:\n"
        "        net[0] = nn.Conv2d(1, 8, 5)",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3))\n"
        "if net[0].kernel_size == (3, 3):\n    net[0] = nn.Conv2d(1, 8, 5)",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3, padding='same'))\n"
        "if net[0].padding == 'same':\n    net[0] = nn.Conv2d(1, 8, 5)",
        "net = nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(1, 8, 3))\n"
        "if net[0].stride == 2:\n    net[1] = nn.Conv2d(1, 8, 5)",
        "net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())\n"
        "for m in net.modules():\n    if hasattr(m, 'weight') and m.weight is not None:\n"
        "        nn.init.zeros_(m.weight)\n    if getattr(m, 'bias', None) is not None:\n"
        "        m.bias.data.zero_()",
    ],
)
def test_a_layer_made_after_another_is_as_in_torch(text: str) -> None:
    require_as_in_torch(text)
