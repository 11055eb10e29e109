"""Puts a component's script, styles and markup together, with what they share."""

import re
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui import colours

FOLDER = Path(__file__).parent

_IMPORT = re.compile(r'^import \{[^}]*\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def load(name: str) -> ComponentRenderer:
    """Return the component whose files lie in the folder of this name."""
    own = FOLDER / name / name
    return st.components.v2.component(
        name,
        html=_read(own.with_suffix(".html")),
        css=colours.STYLE + _read(FOLDER / "base.css") + _read(own.with_suffix(".css")),
        js=joined(own.with_suffix(".js")),
    )


def joined(script: Path) -> str:
    """Return a script with all that it imports, each once, as the one piece a component takes.

    >>> joined(FOLDER / "numbers.js").count("import")
    0
    """
    return _joined(script, set())


def _joined(script: Path, done: set[Path]) -> str:
    if script in done:
        return ""
    done.add(script)
    text = _read(script)
    imported = [(script.parent / name).resolve() for name in _IMPORT.findall(text)]
    own = _EXPORT.sub("", _IMPORT.sub("", text))
    return "".join([*(_joined(other, done) for other in imported), own])


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
