"""The methods that torch gives every module: `apply` calls a function on each."""

import pytest

from mnistcore.pasted.reading import read_network
from tests.pasted.both_ways import read_and_built, refusal_of

NET = "net = nn.Sequential(nn.Conv2d(1, 8, 3, stride=2), nn.BatchNorm2d(8), nn.MaxPool2d(2))\n"


@pytest.mark.parametrize(
    "text",
    [
        "def change(m):\n    if isinstance(m, nn.Conv2d): m.stride = (1, 1)\nnet.apply(change)",
        "def change(m):\n    for name, child in m.named_children():\n"
        "        if isinstance(child, nn.Conv2d):\n"
        "            setattr(m, name, nn.Conv2d(child.in_channels, child.out_channels, 5))\n"
        "net.apply(change)",
        "from functools import partial\ndef change(m, dilate):\n"
        "    if isinstance(m, nn.Conv2d): m.dilation = (dilate, dilate)\n"
        "net.apply(partial(change, dilate=2))",
        "def pad(m): m.padding = (1, 1)\ndef change(m):\n    if isinstance(m, nn.Conv2d): pad(m)\n"
        "net.apply(change)",
        "net.apply(lambda m: setattr(m, 'stride', 1))",
        "done = []\ndef change(m):\n    m.stride = 3 - len(done)\n"
        "    done.append(m)\nnet.apply(change)",
    ],
)
def test_a_function_is_applied_to_every_module_the_inner_ones_first(text: str) -> None:
    read, built = read_and_built(NET + text)

    assert read == built


@pytest.mark.parametrize(
    "body",
    [
        "if isinstance(m, nn.Conv2d): nn.init.normal_(m.weight)",
        "name = m.__class__.__name__\n"
        "    if name.find('Conv') != -1: nn.init.normal_(m.weight.data, 0.0, 0.02)",
        "if hasattr(m, 'weight'):\n        m.weight.data.normal_(0, 0.02)\n"
        "        m.weight.data[0] = 0\n        m.bias.data = torch.zeros(8)",
        "if isinstance(m, nn.BatchNorm2d): m.eps = 1e-3",
        "if hasattr(m, 'reset_parameters'): m.reset_parameters()",
    ],
)
def test_a_function_that_gives_weights_their_values_changes_no_number(body: str) -> None:
    read, built = read_and_built(f"{NET}def begin(m):\n    {body}\nnet.apply(begin)")

    assert read == built


def test_a_function_that_cannot_be_followed_leaves_the_network_unknown() -> None:
    text = f"{NET}def change(m, by): m.stride = by\nnet.apply(change)"

    assert "`change` needs `by`" in refusal_of(text)


@pytest.mark.parametrize(("name", "count"), [("shrink", 1), ("weights_init", 0)])
def test_a_function_out_of_sight_is_noted_if_it_may_change_a_layer(name: str, count: int) -> None:
    network = read_network(f"from tools import {name}\n{NET}net.apply({name})", (1, 28, 28))

    assert network.problem is None
    assert ["not followed" in note.text for note in network.notes] == [True] * count
