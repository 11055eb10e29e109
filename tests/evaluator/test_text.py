"""What copying adds to a text is taken away, and every line keeps its number."""

import pytest

from mnistcore.evaluator.text import cleaned


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
