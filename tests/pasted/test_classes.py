"""Objects of the text's classes, and copies of them."""

import pytest

from tests.pasted.both_ways import read_and_built

HEAD = "import copy\n"
CONFIG = "class Config:\n    def __init__(self): self.width, self.sizes = 8, [8, 16]\n"


@pytest.mark.parametrize(
    "text",
    [
        "a = [8, 16]\nb = copy.deepcopy(a)\nb.append(32)\nnet = build(a)",
        "a = {'w': [8, 16]}\nb = copy.deepcopy(a)\nb['w'].append(32)\nnet = build(a['w'])",
        "a = {'w': [8, 16]}\nb = copy.copy(a)\nb['w'].append(32)\nb['w'] = 0\nnet = build(a['w'])",
        "a = [8]\nb = copy.deepcopy([a, a, (a, {4})])\nb[0].append(9)\nnet = build(b[1] + b[2][0])",
        CONFIG + "a = Config()\nb = copy.copy(a)\nb.width = 32\nb.sizes.append(a.width)\n"
        "net = build(a.sizes)",
        CONFIG + "a = Config()\nb = copy.deepcopy(a)\nb.sizes.append(32)\nnet = build(a.sizes)",
        CONFIG + "a = [Config()]\nb = copy.deepcopy(a)\nb[0].sizes.append(4)\n"
        "net = build(a[0].sizes)",
        "block = [nn.Conv2d(8, 8, 3), nn.ReLU()]\n"
        "net = nn.Sequential(*build([8]), *copy.deepcopy(block), *copy.deepcopy(block))",
        "layer = nn.Conv2d(1, 1, 3)\nnet = nn.Sequential(*[copy.deepcopy(layer) for _ in [1, 2]])",
        "layer = nn.Conv2d(1, 1, 3)\nother = copy.copy(layer)\nother.stride = 2\n"
        "net = nn.Sequential(layer, other)",
        "old = build([8])\nnew = copy.deepcopy(old)\nold[0].stride = 2\nold.append(nn.ReLU())\n"
        "net = nn.Sequential(new)",
        "old = build([8])\nnew = copy.copy(old)\nold[0].stride = 2\nnet = nn.Sequential(new)",
    ],
)
def test_a_copy_is_changed_without_the_original(text: str) -> None:
    build = (
        "def build(sizes):\n    layers, c = [], 1\n    for size in sizes:\n"
        "        layers.append(nn.Conv2d(c, size, 3))\n        c = size\n"
        "    return nn.Sequential(*layers)\n"
    )

    read, built = read_and_built(HEAD + build + text)

    assert read == built


@pytest.mark.parametrize(
    "text",
    [
        "@dataclass\nclass Config:\n    width: int = 8\n    def __post_init__(self):\n"
        "        self.width *= 2\nnet = nn.Sequential(nn.Conv2d(1, Config(4).width, 3))",
        "@dataclass(eq=False)\nclass Net(nn.Module):\n    width: int = 8\n"
        "    def __post_init__(self):\n        super().__init__()\n"
        "        self.conv = nn.Conv2d(1, self.width, 3)\n"
        "    def forward(self, x): return self.conv(x)\nnet = Net(16)",
    ],
)
def test_what_a_dataclass_does_at_the_end_is_done(text: str) -> None:
    read, built = read_and_built("from dataclasses import dataclass\n" + text)

    assert read == built
