"""Yes, no, or not told: what a text leaves open is refused, what it settles is as in torch."""

import collections.abc
import numbers

import pytest
import torch
from torch import nn

from mnistcore.evaluator.answers import is_of
from mnistcore.evaluator.chain import new_input
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Library, Unknown
from mnistcore.in_torch.verification import Figures
from mnistcore.pasted.reading import PastedError, read_network
from mnistcore.pasted.signatures import LAYERS, LAZY
from mnistcore.pasted.tables import pasted_table
from tests.pasted.in_torch import Pasted, figures_of

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"
CLASSES = sorted(
    name
    for package in (nn, nn.modules.conv, nn.modules.batchnorm, nn.modules.instancenorm)
    for name, value in vars(package).items()
    if isinstance(value, type) and issubclass(value, nn.Module) and not name.startswith("_Lazy")
)


def a_choice(condition: str, before: str = "") -> str:
    """Return a text whose network has a second layer if a condition holds."""
    return (
        f"{HEAD}{before}\nlayers = [nn.Conv2d(1, 8, 3)]\nif {condition}:\n"
        "    layers.append(nn.Conv2d(8, 8, 5))\nnet = nn.Sequential(*layers)\n"
    )


def has_second_layer(text: str) -> bool:
    """Return what is read; torch must say the same."""
    network = read_network(text, (1, 28, 28))
    assert network.problem is None
    table = pasted_table(network)
    figures = Figures(table.output_shape, table.num_params, table.num_macs)
    assert figures == figures_of(Pasted(text, (1, 28, 28), "net"))
    return len(table.rows) == 2


@pytest.mark.parametrize(
    ("before", "condition", "words"),
    [
        ("from config import USE_BN", "USE_BN", "`config.USE_BN` is not known"),
        ("from config import USE_BN", "not USE_BN", "`config.USE_BN` is not known"),
        ("from config import USE_BN", "USE_BN is None", "`config.USE_BN` is not known"),
        ("from config import USE_BN", "bool(USE_BN)", "`config.USE_BN` is not known"),
        ("from config import USE_BN", "any([USE_BN])", "`config.USE_BN` is not known"),
        ("from config import cfg", "cfg.MODEL.NORM == 'bn'", "`config.cfg.MODEL.NORM` is not"),
        ("from config import cfg", "cfg.NORM in ('bn', 'gn')", "`config.cfg.NORM` is not"),
        ("from config import cfg", "'bn' in [cfg.NORM]", "`config.cfg.NORM` is not"),
        ("from config import cfg", "(cfg.A, 1) == (2, 1)", "`config.cfg.A` is not"),
        ("from config import cfg", "cfg.A == cfg.B", "`config.cfg.A` is not|`config.cfg.B`"),
        ("from config import cfg", "f'{cfg.NORM}' == 'bn'", "`__format__` is not known"),
        ("from config import cfg", "cfg['deep']", r"`config.cfg\['deep'\]` is not"),
        ("from config import cfg", "cfg['a'] == cfg['b']", "config.cfg"),
        ("from config import cfg", "hasattr(cfg, 'deep')", "`config.cfg.deep` is not"),
        ("from config import cfg", "{'a': 1}.get(cfg.ACT, 0)", "`config.cfg.ACT` is not"),
        ("import sys", "sys.platform == 'linux'", "`sys.platform` is not known"),
        ("", "torch.__version__ >= '2.0'", "`torch.__version__` is not known"),
        ("from other import Foo", "isinstance(3, Foo)", "`other.Foo` is not known"),
        ("from other import Foo", "isinstance(nn.ReLU(), Foo)", "`other.Foo` is not known"),
        ("class Few(list):\n    pass\nfew = Few()", "few", "is not known"),
    ],
)
def test_a_condition_that_the_text_leaves_open_is_refused(
    before: str, condition: str, words: str
) -> None:
    with pytest.raises(PastedError, match=words):
        problem = read_network(a_choice(condition, before), (1, 28, 28)).problem
        raise problem or AssertionError("nothing was found wrong")


@pytest.mark.parametrize(
    ("before", "condition", "expected"),
    [
        ("", "nn.ReLU", True),
        ("", "nn.ReLU is not None", True),
        ("", "nn.ReLU == 'relu'", False),
        ("", "nn.ReLU == nn.GELU", False),
        ("", "nn.modules.activation.ReLU is nn.ReLU", True),
        ("", "F.relu in (F.gelu, F.relu)", True),
        ("from sys import platform as A", "'bn' in ('bn', A)", True),
        ("from sys import platform as A", "(1, A) == (2, A)", False),
        ("from sys import platform as A", "A == A", True),
        ("", "nn.ReLU().__class__.__name__ == 'ReLU'", True),
        ("", "type(nn.ReLU()).__name__ in ('ReLU', 'GELU')", True),
        ("", "type(nn.ReLU()) is nn.ReLU", True),
        ("", "type(3).__name__ == 'int'", True),
        ("", "getattr({'bn': 1}, 'bn', False)", False),
        ("", "hasattr((3, 5), '__iter__')", True),
        ("", "hasattr(3, '__iter__')", False),
        ("", "hasattr(torch, 'compile')", True),
        ("", "isinstance(3, (str, (int, float)))", True),
        ("", "isinstance(None, type(None))", True),
        ("", "isinstance(nn.ReLU, type)", True),
        ("", "isinstance(nn.ReLU, str)", False),
        ("", "isinstance(F.relu, nn.Module)", False),
        ("from numbers import Number", "isinstance(3, Number)", True),
        ("from collections.abc import Iterable", "isinstance((3, 5), Iterable)", True),
        ("from collections.abc import Iterable", "isinstance(3, Iterable)", False),
        ("from typing import Sequence", "isinstance([3], Sequence)", True),
        ("from collections import OrderedDict", "isinstance({}, OrderedDict)", False),
        ("class A: pass\nclass B(A): pass", "isinstance(B(), A)", True),
        ("class A: pass\nclass B(A): pass", "isinstance(A(), (B, dict))", False),
        ("class A(nn.ReLU): pass", "isinstance(A(), nn.ReLU)", True),
        ("class A(nn.ReLU): pass", "isinstance(A(), nn.Hardtanh)", False),
        ("", "isinstance(layers[0], nn.modules.conv._ConvNd)", True),
        ("", "isinstance(nn.ReLU(), nn.modules.batchnorm._BatchNorm)", False),
        ("", "isinstance(layers[0], nn.modules.conv.Conv2d)", True),
    ],
)
def test_a_condition_that_the_text_settles_is_torchs(
    before: str, condition: str, expected: bool
) -> None:
    assert has_second_layer(a_choice(condition, before)) == expected


@pytest.mark.parametrize("kind", sorted({*LAYERS, *LAZY}))
def test_a_layer_is_of_the_classes_that_it_is_of_in_torch(kind: str) -> None:
    layer = Module(1, 1, kind)

    answers = {name: is_of(layer, Library(f"torch.nn.{name}"), 1) for name in CLASSES}

    told = {name: answer for name, answer in answers.items() if not isinstance(answer, Unknown)}
    assert told == {name: issubclass(getattr(nn, kind), _torch_class(name)) for name in told}
    assert {name for name in CLASSES if issubclass(getattr(nn, kind), _torch_class(name))} <= {
        *told
    }


def _torch_class(name: str) -> type:
    packages = (nn, nn.modules.conv, nn.modules.batchnorm, nn.modules.instancenorm)
    found: type = next(getattr(each, name) for each in packages if hasattr(each, name))
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("torch.Tensor", torch.Tensor),
        ("builtins.tuple", tuple),
        ("numbers.Number", numbers.Number),
        ("torch.nn.Module", nn.Module),
        *(
            (f"collections.abc.{name}", getattr(collections.abc, name))
            for name in ("Iterable", "Sequence", "Sized", "Mapping", "Callable", "Hashable")
        ),
    ],
)
def test_images_are_of_the_classes_of_a_tensor(path: str, kind: type) -> None:
    answer = is_of(new_input((1, 28, 28)), Library(path), 1)

    assert answer == isinstance(torch.zeros(1), kind)
