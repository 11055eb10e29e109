"""Texts made to hang or to break the reader: an answer or a sentence, and soon.

And what copying adds to a text: it is taken away, and every line keeps its number.
"""

import time

import pytest

from mnistcore.evaluator.limits import cleaned
from mnistcore.pasted.reading import PastedError, read_network

HOSTILE = {
    "minus signs": "-" * 900 + "1",
    "many minus signs": "-" * 100_000 + "1",
    "brackets": "(" * 5_000,
    "nested layers": "nn.Sequential(" * 150 + "nn.ReLU()" + ")" * 150,
    "a tower of powers": "Conv2d(1, 9**9**9, 3)",
    "a wide shift": "Conv2d(1, 1 << 10**9, 3)",
    "a long text": "Conv2d(1, 'a' * 10**9, 3)",
    "a wide format": "Conv2d(1, f'{1:>999999999}', 3)",
    "an old format": "Conv2d(1, '%999999999d' % 1, 3)",
    "a new format": "Conv2d(1, '{:>999999999}'.format(1), 3)",
    "many digits": "Conv2d(1, 0x" + "f" * 4_000 + ", 3)",
    "a set of lists": "Conv2d(1, {[]}, 3)",
    "a set of lists alone": "{[]}",
    "many digits alone": "0x" + "f" * 4_000,
    "a kernel of none": "Conv2d(1, 16, 0)",
    "elements in one place": "Conv2d(1, 16, 3, dilation=0)",
    "lists of lists": "a = [1]\n" + "a = [a, a]\n" * 60 + "b = f'{a}'\nc = a == a\nLinear(a, 3)",
    "lists of lists in an old format": "a = [1]\n"
    + "a = [a, a]\n" * 60
    + "b = '%s' % (a,)\nLinear(3, 3)",
    "lists of lists in bytes": "a = [1]\n" + "a = [a, a]\n" * 60 + "b = b'%a' % (a,)\nLinear(3, 3)",
    "lists of lists as a name": "a = [1]\n" + "a = [a, a]\n" * 60 + "n = nn.ReLU()\n"
    "setattr(n, a, 1)",
    "modules of modules": "s = nn.ReLU()\n" + "s = nn.Sequential(s, s)\n" * 60 + "net = s",
    "a list in itself": "a = []\na.append(a)\nprint(a == a)\nLinear(a, 3)",
    "a class in itself": "class N(nn.Module):\n  def __init__(self):\n    self.n = self\n"
    "  def forward(self, x): return self.n(x)\nnet = N()",
    "a function in itself": "def f(n): return f(n + 1)\nf(0)",
    "an endless loop": "while True: pass\nLinear(3, 3)",
    "an endless forward": "class N(nn.Module):\n  def forward(self, x):\n"
    "    while True: x = F.relu(x)",
    "a long loop": "for i in range(10**9):\n  for j in range(10**9): pass\nLinear(3, 3)",
    "loops of training": "for i in range(100):\n  for j in range(100): a = i * j\n" * 50
    + "Linear(3, 3)",
    "copies of a list": "a = [0] * 10_000\nb = [" + "a * 1, " * 20_000 + "]",
    "copies by unpacking": "a = [0] * 10_000\nb = [" + "*a, " * 20_000 + "]",
    "copies of a text": "a = 'a' * 10_000\nb = f'" + "{a}" * 10_000 + "'",
    "a long sum": "Linear(" + "1 + " * 50_000 + "1, 3)",
    "a long text to replace": "'a' * 0 + ('a' * 10_000).replace('a', 'b' * 10_000)",
    "a large comprehension": "[i for i in range(9999) for j in range(9999)]",
    "half a character": "Conv2d(1, 1, 3, padding='\\ud800')",
    "half a character made": "Conv2d(1, 1, 3, padding=chr(0xd800))",
    "half a character in a name": "nn.Sequential(OrderedDict([('\\ud800', nn.ReLU())]))",
    "half a character as it is": "Conv2d(1, 1, 3, padding='\ud800')",
    "all of memory": "bytes(10**12)",
    "rounding far before the point": "a = round(5, -10**7)",
    "no number in a long range": "a = 'x' in range(10**8)",
    "half a number not in a long range": "a = 1.5 not in range(10**8)",
    "the place of half a number": "a = range(10**8).index(1.5)",
    "how often half a number is there": "a = range(10**8).count(1.5)",
    "a sum of lists": "a = sum([[0] * 9_999] * 9_999, [])",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_answered_at_once(name: str) -> None:
    begun = time.process_time()

    try:
        problem = read_network(HOSTILE[name], (3,)).problem
    except PastedError as error:
        problem = error

    assert time.process_time() - begun < 1
    assert problem is None or str(problem).endswith((".", ")"))
    assert problem is None or len(str(problem).encode()) < 500


def test_nothing_of_a_text_is_executed(tmp_path: str) -> None:
    text = f"__import__('pathlib').Path({str(tmp_path)!r}, 'made').touch() or ReLU()"

    with pytest.raises(PastedError, match="`__import__` is not known here"):
        read_network(text, (3,))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round(1234, -2)", 1200),
        ("round(5, -10**7)", 0),
        ("int(round(2.6))", 3),
        ("3.0 in range(5)", True),
        ("2.5 in range(5)", False),
        ("'3' not in range(5)", True),
        ("len(sum([[1, 2], [3]], []))", 3),
    ],
)
def test_what_is_bounded_is_as_python_has_it(expression: str, value: int) -> None:
    read = read_network(f"nn.Conv2d(1, 50 + ({expression}), 3)", (1, 28, 28))

    assert read.trace.calls[0].draft["out_channels"] == 50 + value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffnet = 1", "net = 1"),
        ("%matplotlib inline\n!pip install torch\nnet = 1", "\n\nnet = 1"),
        (">>> net = nn.Sequential(\n...     nn.ReLU())", "net = nn.Sequential(\n    nn.ReLU())"),
        ("Here it is:\n```python\nnet = 1\n```\nIt works.", "\n\nnet = 1\n"),
        ("```\na = 1\n```\nand\n```py\nb = 2\n```", "\na = 1\n\n\n\nb = 2\n"),
        ("```\nnet = 1", "\nnet = 1"),
        ("    net = 1", "net = 1"),
    ],
)
def test_what_copying_adds_is_taken_away(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_a_text_of_nothing_but_line_ends_is_done_with_soon() -> None:
    blank = "\n" * 199_999

    assert cleaned(f"{blank}x") == f"{blank}x"


def test_blank_lines_before_a_notebooks_command_keep_their_numbers() -> None:
    assert cleaned("a = 1\n\n  %time\nb = 2") == "a = 1\n\n\nb = 2"
