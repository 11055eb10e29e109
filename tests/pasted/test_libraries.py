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
