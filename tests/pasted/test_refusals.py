"""What is not understood is named with its line, and nothing is left out in silence."""

import pytest

from mnistcore.pasted.reading import PastedError, read_network

HEAD = "import os, torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"


def a_class(init: str, forward: str, after: str = "", arguments: str = "self") -> str:
    """Return a network as a class; the first line of its own in `__init__` is line 7."""
    lines = [
        *("class Net(nn.Module):", f"    def __init__({arguments}):", "        super().__init__()"),
        *(f"        {line}" for line in init.splitlines()),
        "    def forward(self, x):",
        *(f"        {line}" for line in forward.splitlines()),
    ]
    return HEAD + "\n".join(lines) + "\n" + after


def refusal(text: str) -> PastedError:
    """Return what is said of a text that cannot be read."""
    try:
        network = read_network(text, (1, 28, 28))
    except PastedError as error:
        return error
    assert network.problem, "nothing was found wrong"
    return network.problem


@pytest.mark.parametrize(
    ("init", "forward", "line", "words"),
    [
        ("self.c = nn.Conv2d(1, 1, 1)", "return x + self.c(x)", 9, "adds two branches"),
        ("self.c = nn.Conv2d(1, 1, 1)", "y = x\nx = self.c(x)\nx += y\nreturn x", 11, "adds two"),
        ("self.c = nn.Conv2d(1, 1, 1)", "y = self.c(x)\ny.add_(x)\nreturn y", 10, "adds branches"),
        ("self.c = nn.Conv2d(1, 1, 1)", "return torch.add(x, self.c(x))", 9, "adds branches"),
        ("self.c = nn.Conv2d(1, 1, 1)", "y = self.c(x)\nreturn torch.cat([x, y], 1)", 10, "joins"),
        ("self.c = nn.Conv2d(1, 1, 1)", "y = self.c(x)\nz = self.c(x)\nreturn z", 10, "branches"),
        ("self.c = nn.Conv2d(1, 1, 1)", "y = self.c(x)\nF.relu(y)\nreturn y", 10, "not give back"),
        ("self.l = nn.LSTM(28, 10)", "return self.l(x)", 7, "no layer 'LSTM'"),
        ("self.l = nn.LSTM(28, 9)\nself.f = nn.Flatten()", "return self.f(x)", 7, "weights cannot"),
        (
            "self.p = nn.Parameter(torch.ones(1))\nself.f = nn.Flatten()",
            "return self.f(x)",
            7,
            "no",
        ),
        ("self.b = Attention(64)", "return self.b(x)", 7, "`Attention` is no layer of torch.nn"),
        ("self.b = Conf2d(64, 8, 3)", "return self.b(x)", 7, "Is `Conv2d` meant?"),
        ("self.b = torchvision.models.resnet18()", "return self.b(x)", 7, "models.resnet18"),
        ("self.l = [nn.Linear(28, 9)]", "return self.l[0](x)", 7, "no part of Net to PyTorch"),
        ("self.a = nn.Linear(28, 28)\nself.a.weight = W", "return self.a(x)", 8, "the weights of"),
        ("if BIG: self.f = nn.Linear(28, 9)", "return self.f(x)", 7, "`BIG` is not defined"),
        ("self.f = nn.Linear(os.width, 9)", "return self.f(x)", 7, "`os.width` is not known"),
        ("self.f = nn.Linear(width, 9)", "return self.f(x)", 7, "`width` is not defined"),
        ("self.f = nn.Linear(400, 9)", "return self.f(x.view(-1, 400))", 9, "does not fit"),
        ("self.f = nn.Linear(784, 9)", "return self.f(x.view(-1))", 9, "joins the images"),
        ("self.f = nn.Linear(28, 9)", "return self.f(x.permute(0, 2, 3, 1))", 9, "`permute`"),
        ("self.f = nn.Linear(28, 9)", "return self.f(x).argmax(1)", 9, "`argmax`"),
        ("self.f = nn.Linear(28, 9)", "x = self.f(x)", 4, "gives nothing back"),
        ("self.f = nn.Linear(27, 9)", "return self.f(x)", 7, "Called in line 9"),
        (
            "self.c = nn.Conv2d(1, 1, 3)",
            "return F.pad(self.c(x), (1, 1), 'reflect')",
            9,
            "otherwise",
        ),
        (
            "self.c = nn.Conv2d(1, 1, 3)",
            "return x + torch.ones(3, 1, 1)",
            9,
            "(3, 1, 1) does not fit",
        ),
        ("self.c = nn.Conv2d(1, 1, 28)", "return self.c(x).view(-1)", 9, "Keep (N, 1)"),
        ("pass", "return x", 4, "calls no layer"),
        ("raise NotImplementedError", "return x", 7, "The text stops here"),
    ],
)
def test_a_class_is_refused_with_the_line_named(
    init: str, forward: str, line: int, words: str
) -> None:
    problem = refusal(a_class(init, forward))

    assert (problem.line, words) == (line, words if words in problem.why else problem.why)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "The text has no layer"),
        ("# a comment\nimport torch\n", 0, "The text has no layer"),
        ("'a word'", 0, "The text has no layer"),
        ("hello world", 1, "cannot be read as Python"),
        ("ReLU()\nReLU", 2, "`ReLU` is no layer. Write a layer as PyTorch does"),
        (
            "a = nn.Sequential(nn.Linear(28, 1))\nb = nn.Sequential(nn.Linear(28, 2))",
            2,
            "2 networks",
        ),
        ("net = nn.Sequential(nn.Flatten())\nhead = nn.Linear(784, 10)", 2, "beside Sequential"),
        ("a = nn.Conv2d(1, 8, 3)\nb = nn.Linear(8, 3)", 1, "not in which order they are called"),
        ("model = torchvision.models.resnet18()", 1, "`torchvision.models.resnet18` is not known"),
        (
            "net = nn.Sequential(nn.utils.weight_norm(nn.Conv2d(1, 8, 3)), nn.ReLU())",
            1,
            "`torch.nn.utils.weight_norm` is not known",
        ),
        ("l = [nn.Tanh(), nn.Flatten()]\nrandom.shuffle(l)\nnn.Sequential(*l)", 2, "`random"),
        ("l = [nn.Tanh()]\nlist.append(l, nn.Tanh())\nnn.Sequential(*l)", 2, "not known here"),
        ("l = [nn.Tanh()]\nl.sort(key=str)\nnet = nn.Sequential(*l)", 2, "`sort` is not known"),
        (
            "def build():\n    c = 1\n    def conv(o):\n        nonlocal c\n"
            "        layer = nn.Conv2d(c, o, 1)\n        c = o\n        return layer\n"
            "    return nn.Sequential(conv(2), conv(3))\nnet = build()",
            4,
            "`nonlocal` is not followed",
        ),
        ("net = nn.Sequential(nn.Tanh())\nnet.__delitem__(0)", 2, "no `__delitem__`"),
        ("Conv2d(1, 8, 3, kernel_size=3)", 1, "`kernel_size` is given twice"),
        ("Conv2d(1, 8, 3, strid=3)", 1, "no argument `strid`"),
        ("nn.Sigmoid(True)", 1, "takes 0 arguments at most"),
        ("MaxPool2d(2, return_indices=True)", 1, "a second output"),
        (
            "layers = []\nfor n in sizes:\n    layers.append(nn.Flatten())\nnn.Sequential(*layers)",
            2,
            "`sizes`",
        ),
        (a_class("self.f = nn.Linear(28, n)", "return self.f(x)", "", "self, n"), 4, "needs `n`"),
        (
            a_class(
                "self.f = nn.Linear(28, n)", "return self.f(x)", "a, b = Net(1), Net(2)", "self, n"
            ),
            10,
            "2 networks",
        ),
        ("class Net(Base):\n  def forward(self, x): return F.relu(x)", 1, "builds on `Base`"),
        ("class Net(nn.Module):\n  def forward(self, x, y): return F.relu(x)", 1, "needs `y`"),
        ("Net(\n  (a): Linear(28, 9)\n", 1, "never closed"),
        ("  (a): Linear(28, 9)\n", 1, "The line with the network's class is missing"),
        (
            "Net(\n  (a): Conv2d(1, 8, 3)\n  (b): Conv2d(8, 8, 3)\n)",
            3,
            "does not show what `forward`",
        ),
        ("Net(\n  (l): ModuleList(\n    (0): ReLU()\n  )\n)", 2, "Paste the class"),
    ],
)
def test_a_text_is_refused_with_the_line_named(text: str, line: int, words: str) -> None:
    problem = refusal(text)

    assert (problem.line, words) == (line, words if words in problem.why else problem.why)


def test_of_two_networks_one_can_be_named() -> None:
    text = "a = nn.Sequential(nn.Linear(28, 1))\nb = nn.Sequential(nn.Linear(28, 2))"

    assert read_network(text, (28,), name="b").trace.calls[0].draft["out_features"] == 2
    with pytest.raises(PastedError, match="no network called 'c'"):
        read_network(text, (28,), name="c")


def test_two_that_are_alike_are_one() -> None:
    text = a_class(
        "self.f = nn.Linear(28, n)", "return self.f(x)", "a, b = Net(), Net(2)", "self, n=2"
    )

    assert read_network(text, (28,)).problem is None


def test_what_was_understood_in_front_of_a_problem_is_kept() -> None:
    network = read_network("Conv2d(1, 8, 3)\nConv2d(9, 8, 3)\nReLU()", (1, 28, 28))

    assert [call.draft["kind"] for call in network.trace.calls] == ["Conv2d", "Conv2d", "ReLU"]
    assert network.problem is not None
    assert network.problem.line == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ELU(1.0, True))", "works in place"),
        (a_class("self.f = nn.Conv2d(1, 2, 3)", "return F.elu_(self.f(x))"), "works in place"),
        ("nn.Conv2d(1, 2, 3, padding=1, padding_mode='circular')", "keeps the padding too"),
        ("net = nn.Sequential(nn.Conv2d(1, 2, 3))\nnet.requires_grad_(False)", "freezes weights"),
    ],
)
def test_what_changes_the_training_memory_alone_is_noted(text: str, words: str) -> None:
    network = read_network(text, (1, 28, 28))

    assert network.problem is None
    assert [words in note.text for note in network.notes] == [True]


@pytest.mark.parametrize("line", ["net[0].register_forward_hook(print)", "exec('net = None')"])
def test_what_may_change_a_network_out_of_sight_is_noted(line: str) -> None:
    network = read_network(f"net = nn.Sequential(nn.Flatten())\n{line}", (1, 28, 28))

    assert [(note.line, "not followed" in note.text) for note in network.notes] == [(2, True)]


def test_a_value_that_changes_no_number_is_noted() -> None:
    network = read_network(a_class("self.f = nn.Linear(28, 9)", "return self.f(x / 255)"), (28,))

    assert [note.line for note in network.notes] == [9]
    assert network.problem is None
