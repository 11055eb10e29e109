"""How far reading goes: length, steps, depth, numbers, lists; and a text made ready to be read."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import cast

from mnistcore.sentences import Sentence

MOST_CHARACTERS = 200_000
MOST_STEPS = 60_000
MOST_SCRIPT_STEPS = 3_000  # of one loop outside all classes: training, mostly
MOST_DEPTH = 60  # expressions in expressions, functions in functions
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")  # of two that make one
MOST_ELEMENTS = 10_000
LARGEST_NUMBER = 10**15
SHOWN_CHARACTERS = 60

PROMPT = re.compile(r"^(>>> ?|\.\.\. ?|In \[\d+\]: )", re.MULTILINE)
SHELL = re.compile(r"^[ \t]*[%!].*$|^```.*$", re.MULTILINE)  # of notebooks, and of fenced code
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)

Number = int | float


class CannotReadError(Exception):
    """Something in the text that is not understood.

    Args:
        line: Its line, counted from 1.
        why: A sentence, or several, with the way out; values are named in braces.
        values: By their names; kept apart, for whoever says it in another language.

    >>> raise CannotReadError(1, "`{name}` is given twice. Give it once.", name="stride")
    Traceback (most recent call last):
    mnistcore.evaluator.limits.CannotReadError: `stride` is given twice. Give it once.
    """

    def __init__(self, line: int, why: str, /, **values: object) -> None:
        is_told = isinstance(why, Sentence) and not values
        self.why = cast("Sentence", why) if is_told else Sentence(why, **values)
        self.line = line
        super().__init__(self.why)


class SeveralNetworksError(CannotReadError):
    """The text has more than one network, and does not say which is meant.

    Args:
        line: Of the last of them.
        why: A sentence, with the way out.
        names: By which one of them can be asked for.
    """

    def __init__(self, line: int, why: Sentence, names: tuple[str, ...]) -> None:
        super().__init__(line, why)
        self.names = names


class SpentError(CannotReadError):
    """The text asks for more steps than reading may take."""


class RaisedError(CannotReadError):
    """The text itself raises an error; `of` are its class and those that it builds on."""

    of: frozenset[object] | None = None


def shown(value: object) -> str:
    """Return a value as a message shows it: short, and never slow to write.

    Args:
        value: Anything.

    >>> shown("same"), shown([1, [2, [3, [4]]]])
    ("'same'", '[1, [2, [3, ...]]]')
    """
    text = _shown(value, 3)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 3]}..."


def _shown(value: object, depth: int) -> str:
    if isinstance(value, list | tuple):
        if not depth:
            return "..."
        parts = ", ".join(_shown(element, depth - 1) for element in value[:8])
        parts += ", ..." * (len(value) > 8)
        return f"[{parts}]" if isinstance(value, list) else f"({parts})"
    if isinstance(value, dict | set):
        return "{...}" if value else "{}"
    return repr(value[:SHOWN_CHARACTERS] if isinstance(value, str) else value)


def checked(value: object, line: int) -> object:
    """Return a value that came out of arithmetic, if it is no larger than any network needs.

    Args:
        value: A number, a text, a list; others are let through.
        line: Where it was worked out.

    Raises:
        CannotReadError: It is too large, or a text that no page can show.

    >>> checked(2**40, line=1)
    1099511627776
    """
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise CannotReadError(line, "A number has more than 15 digits. Choose a smaller one.")
    if isinstance(value, float) and not isfinite(value):
        raise CannotReadError(line, "A number is infinite or none at all. Choose a finite one.")
    if isinstance(value, complex):
        raise CannotReadError(line, "A number is complex. Choose a real one.")
    if isinstance(value, str | list | tuple | dict | set | bytes) and len(value) > MOST_ELEMENTS:
        raise CannotReadError(
            line, "A text or a list has more than {most:,} elements.", most=MOST_ELEMENTS
        )
    if isinstance(value, str) and HALF_A_CHARACTER.search(value):
        raise CannotReadError(line, "A text holds half a character, such as `\\ud800`.")
    return value


def require_small(value: object, line: int) -> None:
    """Raise `CannotReadError` for lists in lists that Python would take long to compare.

    Args:
        value: What is compared, sorted or looked up.
        line: Where.
    """
    left = 1000
    waiting = [value]
    while waiting:
        element = waiting.pop()
        left -= 1
        if left < 0:
            raise CannotReadError(line, "Lists of more than 1,000 elements are compared here.")
        if isinstance(element, list | tuple | set | frozenset):
            waiting.extend(element)
        elif isinstance(element, dict):
            waiting.extend(element.keys())
            waiting.extend(element.values())


def require_length(parts: Sequence[object] | str, times: int, line: int) -> None:
    """Raise `CannotReadError` if so many copies of something would be too long.

    Args:
        parts: A text or a list.
        times: How often it is repeated.
        line: Where.
    """
    if len(parts) * max(times, 0) > MOST_ELEMENTS:
        raise CannotReadError(
            line, "A text or a list has more than {most:,} elements.", most=MOST_ELEMENTS
        )


@contextmanager
def python_errors(line: int) -> Iterator[None]:
    """Turn what Python itself raises, for plain values, into `CannotReadError`.

    Args:
        line: Where.
    """
    try:
        yield
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        text = str(error)[:80] or type(error).__name__
        raise CannotReadError(
            line, "Python stops here: {error}, {text}.", error=type(error).__name__, text=text
        ) from None
    except (RecursionError, MemoryError):
        raise CannotReadError(line, "This is nested too deeply to be read.") from None


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
