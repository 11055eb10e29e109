"""Classes of the text: what they build on, in Python's order."""

import pytest

from tests.pasted.both_ways import read_and_built

BASE = """class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3)
        self.head = self.make_head()
    def make_head(self): return nn.Conv2d(8, 8, 1)
    def forward(self, x): return self.head(self.conv(x))
"""


@pytest.mark.parametrize(
    "classes",
    [
        "class B(Base): pass\nclass C(Base):\n    def make_head(self): return nn.Conv2d(8, 4, 3)\n"
        "class Net(B, C): pass",
        "class B(Base):\n    def forward(self, x): return F.max_pool2d(super().forward(x), 2)\n"
        "class C(Base):\n    def forward(self, x): return F.relu(super().forward(x))\n"
        "class Net(C, B): pass",
        "class Wide:\n    def make_head(self): return nn.Conv2d(8, 16, 1)\n"
        "class Net(Wide, Base): pass",
    ],
)
def test_a_member_is_looked_up_in_pythons_order(classes: str) -> None:
    read, built = read_and_built(f"{BASE}{classes}\nnet = Net()")

    assert read == built
