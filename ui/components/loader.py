"""Puts a component's script, styles and markup together, with the scripts that it shares."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).parent


def load(name: str, *scripts: str) -> ComponentRenderer:
    """Return the component whose files lie in the folder of this name.

    Args:
        name: Of the folder, and of the files in it.
        scripts: Others that its own script uses, from this folder; they come first.
    """
    return st.components.v2.component(
        name,
        html=_read(f"{name}/{name}.html"),
        css=_read(f"{name}/{name}.css"),
        js="\n".join(_read(script) for script in (*scripts, f"{name}/{name}.js")),
    )


def _read(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")
