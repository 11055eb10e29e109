"""Statements followed as Python has them: errors, decorators, properties, `del`."""

import pytest

from mnistcore.pasted.reading import read_network
from tests.pasted.both_ways import read_and_built, refusal_of

WIDTH = "net = nn.Sequential(nn.Conv2d(1, w, 3))"
NET = """class Net(nn.Module):
    width = 8
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, self.width, 3)
    def forward(self, x): return self.conv(x)
net = Net()
"""


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    raise ValueError('a')\nexcept KeyError:\n    w = 4\n"
        "except ValueError:\n    w = 8",
        "try:\n    raise ValueError\nexcept (KeyError, ArithmeticError):\n    w = 4\n"
        "except:\n    w = 8",
        "def get(): raise ValueError\ntry:\n    w = get()\nexcept KeyError:\n    w = 4\n"
        "except ValueError:\n    w = 8",
        "try:\n    raise KeyError('a')\nexcept LookupError as error:\n    w = 8",
        "class Odd(ValueError): pass\ntry:\n    raise Odd\nexcept TypeError:\n    w = 4\n"
        "except ValueError:\n    w = 8",
        "class Odd(ValueError): pass\ntry:\n    raise ValueError\nexcept Odd:\n    w = 4\n"
        "except Exception:\n    w = 8",
        "def get():\n    try:\n        raise ValueError\n    except KeyError:\n        return 4\n"
        "try:\n    get()\n    w = 5\nexcept ValueError:\n    w = 8",
        "try:\n    try:\n        w = 8\n    except ValueError:\n        w = 4\n"
        "    else:\n        raise ValueError\nexcept ValueError:\n    pass",
    ],
)
def test_an_error_is_taken_by_the_except_that_names_its_kind(text: str) -> None:
    read, built = read_and_built(f"{text}\n{WIDTH}")

    assert read == built


def test_an_error_of_another_package_may_be_taken_or_not() -> None:
    text = (
        "import tools\ntry:\n    raise tools.Odd\nexcept KeyError:\n    w = 4\nexcept:\n    w = 8\n"
    )

    assert "is not told by the text" in refusal_of(text + WIDTH)


@pytest.mark.parametrize(
    "decorator",
    [
        "def wide(cls):\n    cls.width = 32\n    return cls\n@wide\n",
        "def wide(width):\n    def widened(cls):\n        cls.width = width\n        return cls\n"
        "    return widened\n@wide(16)\n",
        "class Book:\n    def add(self, cls):\n        cls.width = 32\n        return cls\n"
        "book = Book()\n@book.add\n",
    ],
)
def test_what_decorates_a_class_is_applied(decorator: str) -> None:
    read, built = read_and_built(decorator + NET)

    assert read == built


@pytest.mark.parametrize(("decorator", "count"), [("tools.wide", 1), ("tools.register_model()", 0)])
def test_a_decorator_out_of_sight_is_noted_if_it_may_change_the_class(
    decorator: str, count: int
) -> None:
    network = read_network(f"import tools\n@{decorator}\n{NET}", (1, 28, 28))

    assert network.problem is None
    assert ["not followed" in note.text for note in network.notes] == [True] * count


def test_storing_into_a_property_calls_its_setter() -> None:
    text = """class Size:
    def __init__(self): self.w = 4
    @property
    def w(self): return self._w
    @w.setter
    def w(self, width): self._w = 2 * width
size = Size()
size.w += 1
net = nn.Sequential(nn.Conv2d(1, size.w, 3))
"""

    read, built = read_and_built(text)

    assert read == built


def test_a_property_of_a_network_is_stored_into_as_well() -> None:
    of_w = (
        "    @property\n    def w(self): return self._w\n"
        "    @w.setter\n    def w(self, width): self._w = 2 * width\n"
    )
    text = NET.replace("net =", of_w + "net =").replace("__()\n", "__()\n        self.w = 4\n", 1)

    read, built = read_and_built(text.replace("self.width", "self.w"))

    assert read == built


@pytest.mark.parametrize("taken", ['delattr(net, "1")', "del net[1]"])
def test_what_is_taken_away_is_gone(taken: str) -> None:
    text = f"net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU())\n{taken}"

    read, built = read_and_built(text)

    assert read == built


def test_an_attribute_that_is_taken_away_is_the_classs_again() -> None:
    text = "class Size:\n    w = 8\nsize = Size()\nsize.w = 4\ndel size.w\nw = size.w\n" + WIDTH

    read, built = read_and_built(text)

    assert read == built
