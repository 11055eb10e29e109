"""Text from files, addresses and errors that quote them, shown as the text it is.

Markdown would make a heading of it, a formula, or a picture for which the browser asks a stranger.
"""

import re

from ui.language import said

_CODE = re.compile(r"(`[^`\n]+`)")
_MEANT_BY_MARKDOWN = re.compile(r"([\\`*_\[\]!~$<#|])")


def sentence(told: object) -> str:
    r"""Return an error, or another sentence of the library, for Markdown: `code` stays code.

    >>> sentence("The `stride` is 0 in a_b.pt: ![x](http://a.b/c).")
    'The `stride` is 0 in a\\_b.pt: \\!\\[x\\](http://a.b/c).'
    """
    parts = _CODE.split(" ".join(said(told).split()))
    return "".join(part if _CODE.fullmatch(part) else as_text(part) for part in parts)


def as_text(text: str) -> str:
    r"""Return a text for Markdown that shows every character of it.

    >>> as_text("2 * 3 `x`")
    '2 \\* 3 \\`x\\`'
    """
    return _MEANT_BY_MARKDOWN.sub(r"\\\1", text)
