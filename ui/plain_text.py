"""Text from files, addresses and errors that quote them, shown as the text it is.

Markdown would make a heading of it, a formula, or a picture for which the browser asks a stranger.
"""

import re

from ui.language import said

_CODE = re.compile(r"(`[^`\n]+`)")
_MEANT_BY_MARKDOWN = re.compile(r"([\\`*_\[\]!~$<#|&])")
_BEGINS_A_LIST = re.compile(r"^(\s*\d{0,9})(>|[-+.)](?=\s|$))", re.MULTILINE)
# Escaped or not, addresses become links, ":smile:" a picture, ":red" a colour and "->" an arrow.
_MADE_INTO_MORE = re.compile(
    r"(?<=:)(?=//|[a-z_+/-]|\d+:)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=[<>~-])(?=[->=])", re.IGNORECASE
)
_JOINER = "\u2060"  # takes no room, and no line ends there


def sentence(told: object) -> str:
    r"""Return an error, or another sentence of the library, for Markdown: `code` stays code.

    >>> sentence("The `stride` is 0 in a_b.pt: ![x](http://a.b/c).")
    'The `stride` is 0 in a\\_b.pt: \\!\\[x\\](http:\u2060//a.b/c).'
    """
    parts = _CODE.split(" ".join(said(told).split()))
    words = (part if _CODE.fullmatch(part) else _escaped(part) for part in parts)
    return _BEGINS_A_LIST.sub(r"\1\\\2", "".join(words))


def as_text(text: str) -> str:
    r"""Return a text for Markdown that shows every character of it.

    >>> as_text("2 * 3 `x`")
    '2 \\* 3 \\`x\\`'
    """
    return _BEGINS_A_LIST.sub(r"\1\\\2", _escaped(text))


def _escaped(text: str) -> str:
    return _MEANT_BY_MARKDOWN.sub(r"\\\1", _MADE_INTO_MORE.sub(_JOINER, text))
