"""What a statement that is not understood may have changed, also through the functions it calls."""

import pytest

from tests.pasted.both_ways import read_and_built, refusal_of

NET = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv2d(1, 8, 3)])
        if unknown():
            self.stage(8)
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
"""


@pytest.mark.parametrize(
    "methods",
    [
        "    def stage(self, c): self.conv(c)\n"
        "    def conv(self, c): self.layers.append(nn.Conv2d(c, c, 3))\n",
        "    def stage(self, c): add(self, c)\n"
        "def add(net, c): net.layers.append(nn.Conv2d(c, c, 3))\n",
        "    def stage(self, c):\n        if c > 1: return self.stage(c - 1)\n"
        "        self.layers = []\n",
    ],
)
def test_what_a_function_changes_through_another_is_unknown(methods: str) -> None:
    assert "`unknown` is not defined" in refusal_of(f"{NET}{methods}net = Net()")


@pytest.mark.parametrize(
    "body",
    [
        "nn.init.zeros_(self.layers[0].weight)",
        "self.report([])",
        "names = []\n        names.append('a')\n        names[0] = 'b'",
    ],
)
def test_a_function_that_changes_its_own_lists_alone_changes_no_network(body: str) -> None:
    methods = (
        f"    def stage(self, c):\n        {body}\n    def report(self, names): print(names)\n"
    )
    text = f"def unknown(): return torch.cuda.is_available()\n{NET}{methods}net = Net()"

    read, built = read_and_built(text)

    assert read == built
