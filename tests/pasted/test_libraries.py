"""Whatever a text hands to a function that is known here, it is answered or refused."""

from itertools import product

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.evaluator.python_functions import PYTHON
from mnistcore.pasted.attributes import METHODS
from mnistcore.pasted.libraries import KNOWN, MATHS
from mnistcore.pasted.reading import read_network
from mnistcore.pasted.signatures import FUNCTIONS, LAYERS
from mnistcore.pasted.tables import pasted_table
from mnistcore.pasted.tensors import BRANCHES, MADE, SHAPING, SIZING

VALUES = ("1", "-1.5", "'a'", "[]", "(2, 3)", "{'a': 1}", "None", "nn.ReLU()", "x", "x.shape", "f")
FUNCTION_NAMES = [
    *PYTHON,
    *(path.removeprefix("builtins.") for path in KNOWN),
    *(f"math.{name}" for name in sorted(MATHS)),
    *(f"torch.{name}" for name in sorted({*MADE, "tensor"})),
    *(f"F.{name}" for name in sorted({*FUNCTIONS, *SHAPING, *BRANCHES, "one_hot"})),
    *(f"nn.{name}" for name in sorted({*LAYERS, "Sequential", "ModuleList", "ModuleDict"})),
    *(f"x.{name}" for name in sorted({*SHAPING, *SIZING})),
    *(f"self.part.{name}" for name in sorted(METHODS)),
    *(f"[1, 2].{name}" for name in ("append", "extend", "insert", "pop", "index")),
    *(f"{{1: 2}}.{name}" for name in ("get", "update", "pop", "setdefault", "items")),
    *(f"'a'.{name}" for name in ("format", "join", "split", "replace", "startswith")),
]


def text_of(call: str) -> str:
    """Return a network whose `forward` makes a call."""
    return (
        "import torch, math, functools, itertools, collections, operator, copy, dataclasses\n"
        "from torch import nn\nimport torch.nn.functional as F\n"
        "def f(*args): return args[0]\n"
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.part = nn.Sequential(nn.ReLU())\n"
        f"    def forward(self, x):\n        y = {call}\n        return self.part(x)\n"
    )


@pytest.mark.parametrize("name", sorted(FUNCTION_NAMES))
def test_a_call_is_answered_or_refused_whatever_it_is_given(name: str) -> None:
    pairs = [list(pair) for pair in product(VALUES, ("[1]", "'a'", "x"))]
    given = [
        [],
        *([value] for value in VALUES),
        *pairs,
        *([*pair, "1", "x"] for pair in pairs[::3]),
    ]
    for arguments in given:
        try:
            read_network(text_of(f"{name}({', '.join(arguments)})"), (3, 8, 8))
        except InvalidInputError:
            continue


@pytest.mark.parametrize("name", sorted(n for n, (_, own) in FUNCTIONS.items() if "inplace" in own))
def test_a_function_that_works_in_place_is_the_same_layer(name: str) -> None:
    shape = (8, 8) if name == "dropout1d" else (3, 8, 8)
    plain, in_place = (
        read_network(text_of(f"F.{name}(x{more})").replace("part(x)", "part(y)"), shape)
        for more in ("", ", inplace=True")
    )

    assert in_place.problem is None
    assert pasted_table(in_place).rows == pasted_table(plain).rows


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ("tools.fuse_modules(net, ['0'], inplace=True)", 1),
        ("tools.prune([net], 0.5)", 1),
        ("torch.nn.utils.weight_norm(net[0])", 1),
        ("tools.init_weights(net)", 0),
        ("tools.summary(net, (3, 8, 8))", 0),
        ("tools.count_parameters(net)", 0),
        ("nn.init.zeros_(net[0].weight)", 0),
        ("torch.save(net, 'net.pt')", 0),
        ("torch.optim.Adam(net)", 0),
        ("print(net)", 0),
    ],
)
def test_a_function_out_of_sight_that_may_change_a_network_is_noted(call: str, count: int) -> None:
    text = f"import tools\nnet = nn.Sequential(nn.Conv2d(3, 8, 3))\nfound = {call}"

    network = read_network(text, (3, 8, 8))

    assert network.problem is None
    assert ["not followed" in note.text for note in network.notes] == [True] * count
