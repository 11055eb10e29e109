"""The browser's part of the pictures: JavaScript, CSS and HTML that lie beside this file."""

from pathlib import Path

FOLDER = Path(__file__).parent


def read_assets(*names: str) -> str:
    """Return the files' text, joined; a component takes one string.

    >>> read_assets("numbers.js").startswith("//")
    True
    """
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)
