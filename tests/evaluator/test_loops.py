"""What can be gone through once is gone through once."""

import pytest

from tests.pasted.both_ways import read_and_built, refusal_of

CHAIN = """
layers, c = [], 1
for size in sizes:
    layers.append(nn.Conv2d(c, size, 3))
    c = size
net = nn.Sequential(*layers, nn.Conv2d(c, 4, 1))
"""


@pytest.mark.parametrize(
    "sizes",
    [
        "sizes = (size for size in [8, 16])\ntotal = sum(1 for _ in sizes)",
        "sizes = (size for size in [8, 16])\ntotal = sum(sizes)",
        "sizes = map(int, ['8', '16'])\nlast = max(sizes)",
        "sizes = iter([8, 16, 32])\nfirst = next(sizes)",
        "sizes = iter([8, 16, 32])\nfor first in sizes: break",
        "sizes = iter([8, 16, 32])\nfound = 16 in list(sizes)",
        "sizes = reversed([8, 16])\nnext(sizes, 0)\nnext(sizes, 0)\nlast = next(sizes, 9)",
        "it = iter([1, 8, 8, 16])\nsizes = [o for i, o in zip(it, it)]",
        "it = filter(None, [0, 8, 16])\nsizes = [*it, 4, *it]",
        "it = iter([8, 16])\nsizes = [int(n) for n in ','.join(str(i) for i in it).split(',')]",
        "it = (n for n in [8])\nsizes = [8 if 8 in (n for n in [8]) else 9]",
    ],
)
def test_an_iterator_gives_each_element_once(sizes: str) -> None:
    read, built = read_and_built(sizes + CHAIN)

    assert read == built


def test_pairs_looped_over_twice_are_there_once() -> None:
    text = (
        "pairs = zip([1, 8], [8, 16])\ncount = len(list(pairs))\n"
        "net = nn.Sequential(nn.Conv2d(1, count, 3), *[nn.Conv2d(i, o, 3) for i, o in pairs])"
    )

    read, built = read_and_built(text)

    assert read == built


def test_the_next_of_a_networks_children_is_the_first() -> None:
    old = "old = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU())\n"
    text = old + "net = nn.Sequential(next(old.children()))"

    read, built = read_and_built(text)

    assert read == built


def test_what_an_unknown_function_took_of_an_iterator_is_not_known() -> None:
    text = "import tools\nsizes = iter([8, 16])\nfirst = tools.take(sizes)" + CHAIN

    assert "`tools.take` is not known here" in refusal_of(text)


@pytest.mark.parametrize("call", ["next([8])", "next(iter([]))"])
def test_there_is_no_next_of_a_list_or_at_the_end(call: str) -> None:
    assert call in refusal_of(f"net = nn.Sequential(nn.Conv2d(1, {call}, 3))")
