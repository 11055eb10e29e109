"""Comparisons: what depends on the number of images is neither true nor false."""

import pytest

from tests.pasted.both_ways import read_and_built, refusal_of

NET = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 8, 3), nn.Conv2d(8, 8, 3)
    def forward(self, x):
        x = self.first(x)
        if {test}:
            x = self.second(x)
        return x
net = Net()
"""


@pytest.mark.parametrize(
    "test",
    [
        "x.shape == (2, 8, 26, 26)",
        "x.shape != (2, 8, 26, 26)",
        "x.shape in [(2, 8, 26, 26), (4, 8, 26, 26)]",
        "[x.shape, 1] == [(2, 8, 26, 26), 1]",
        "2 in x.shape",
    ],
)
def test_what_depends_on_the_number_of_images_is_not_told(test: str) -> None:
    assert "depends on the images that go in" in refusal_of(NET.format(test=test))


@pytest.mark.parametrize(
    "test",
    [
        "x.shape[1:] == (8, 26, 26)",
        "x.shape == (2, 8, 9, 9)",
        "x.shape != (2, 8, 26)",
        "x.shape == x.shape",
        "26 in x.shape",
        "x.shape[1:] in [(8, 26, 26)]",
        "(0, 'a') == (0, 'a')",
    ],
)
def test_sizes_that_differ_for_any_number_of_images_are_told(test: str) -> None:
    read, built = read_and_built(NET.format(test=test))

    assert read == built
