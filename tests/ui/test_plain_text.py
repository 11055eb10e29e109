"""What pages say of errors goes through `sentence`: a quoted file is text, whatever it says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.plain_text import as_text, sentence

PROJECT = Path(__file__).parent.parent.parent
FILES = [*sorted((PROJECT / "ui").rglob("*.py")), *sorted((PROJECT / "pages").glob("*.py"))]
SHOWS = {"error", "warning"}
PLAIN = {"sentence", "as_text"}
TRANSLATES = {"_", "n_", "p_"}


def unguarded(node: ast.expr) -> Iterator[str]:
    """Yield what a shown text holds besides words of this project and guarded parts."""
    match node:
        case ast.Constant():
            pass
        case ast.Call(func=ast.Name(name)) if name in PLAIN:
            pass
        case ast.JoinedStr(values):
            for value in values:
                yield from unguarded(value)
        case ast.Call(func=ast.Name(name), keywords=values) if name in TRANSLATES:
            for given in values:
                yield from unguarded_value(given.value)
        case ast.FormattedValue(value):
            yield from unguarded_value(value)
        case _:
            yield ast.unparse(node)


def unguarded_value(value: ast.expr) -> Iterator[str]:
    """Yield a value within a text if it may be another's words."""
    match value:
        case ast.Call(func=ast.Name(name)) if name in PLAIN:
            pass
        case _ if {"error", "fault", "message", "text"} & set(ast.unparse(value).split(".")):
            yield ast.unparse(value)


def test_a_text_that_is_translated_is_searched_as_well() -> None:
    guarded = ast.parse("_('{error} Mend it.', error=sentence(error))", mode="eval").body
    bare = ast.parse("_('{error} Mend it.', error=error)", mode="eval").body

    assert not [*unguarded(guarded)]
    assert [*unguarded(bare)] == ["error"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_errors_are_shown_as_sentences(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr=shown), args=[first, *_]) if shown in SHOWS:
                assert not [*unguarded(first)], ast.unparse(node)


@pytest.mark.parametrize(
    "text",
    [
        "![a](http://example.org/a.png)",
        "[a](http://example.org)",
        "![a]\n\n[a]: http://example.org/a.png",
        "<img src=http://example.org>",
        "# heading\n- list",
        "$x^2$ **bold** _it_ ~~no~~ | a |",
        "`` ![a](http://example.org/a.png) ``",
        "\\![a](http://example.org/a.png)",
    ],
)
def test_nothing_of_a_foreign_text_is_left_to_markdown(text: str) -> None:
    for shown in (as_text(text), sentence(f"`x` cannot be used: {text}.")):
        bare = re_code().sub("", shown)
        for character in "[]!<$*_~#|`":
            assert bare.count(character) == bare.count(f"\\{character}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://a.bc www.a.bc", "http:|//a.bc www|.a.bc"),
        ("me@a.bc", "me@|a.bc"),
        (":smile: a:red", ":|smile: a:|red"),
        ("a -> b", "a -|> b"),
        ("12:30, 1: 2", "12:30, 1: 2"),
        ("&copy;", "\\&copy;"),
        ("1. x", "1\\. x"),
        ("> x", "\\> x"),
        ("- x\n+ y", "\\- x\n\\+ y"),
    ],
)
def test_what_would_become_more_is_kept_apart(text: str, shown: str) -> None:
    assert as_text(text).replace("\u2060", "|") == shown


def re_code() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)`[^`]*(?<!\\)`")
