"""A pasted text made ready for Python's parser; lines keep their numbers."""

import ast
import re
import textwrap
import warnings

from mnistcore.evaluator.limits import MOST_CHARACTERS, SHOWN_CHARACTERS, CannotReadError

PROMPT = re.compile(r"^(>>> ?|\.\.\. ?|In \[\d+\]: )", re.MULTILINE)
SHELL = re.compile(r"^[ \t]*[%!].*$|^```.*$", re.MULTILINE)  # of notebooks, and of fenced code
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def cleaned(text: str) -> str:
    """Return a text without what copying adds: a byte-order mark, prompts, a notebook's commands.

    Args:
        text: As it was pasted.

    Raises:
        CannotReadError: It is too long.

    >>> cleaned(">>> net = nn.ReLU()")
    'net = nn.ReLU()'
    """
    if len(text) > MOST_CHARACTERS:
        raise CannotReadError(
            0,
            "The text has {count:,} characters. Keep it to {most:,}.",
            count=len(text),
            most=MOST_CHARACTERS,
        )
    text = text.removeprefix("\ufeff").replace("\xa0", " ").replace("\r\n", "\n")
    if re.search(r"^>>> ", text, re.MULTILINE):
        text = PROMPT.sub("", text)
    return textwrap.dedent(SHELL.sub("", _out_of_fences(text)))


def _out_of_fences(text: str) -> str:
    """Return what stands in fences of ```, everything around it taken away but its lines."""
    kept = [range(*found.span(1)) for found in FENCED.finditer(text)]
    if not kept:
        return text
    pieces, end = [], 0
    for span in kept:
        pieces += ["\n" * text.count("\n", end, span.start), text[span.start : span.stop]]
        end = span.stop
    return "".join(pieces)


def parsed(text: str) -> list[ast.stmt]:
    """Return the statements of a text.

    Args:
        text: As `cleaned` gives it.

    Raises:
        CannotReadError: It is no Python, or nested too deeply.

    >>> [statement.lineno for statement in parsed("a = 1")]
    [1]
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # of what is not run
            return ast.parse(text).body
    except SyntaxError as error:
        line = error.lineno or 1
        lines = text.splitlines()
        shown = lines[line - 1].strip() if line <= len(lines) else ""
        raise CannotReadError(
            line,
            "This cannot be read as Python: `{code}`. Write one layer a line, such "
            "as `Conv2d(1, 16, 3)`, or paste a whole class.",
            code=shown[:SHOWN_CHARACTERS],
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise CannotReadError(
            0, "The text cannot be read. Write one layer a line, such as `Conv2d(1, 16, 3)`."
        ) from None
