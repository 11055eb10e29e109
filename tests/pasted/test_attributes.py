"""What stands behind a dot is as in Python and torch, and what is not there is not made up."""

import pytest

from mnistcore.in_torch.verification import Figures
from mnistcore.pasted.reading import read_network
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
