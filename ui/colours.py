"""The colours that mean something, for what Python draws: read from `colours.css`.

Blue is plus, orange is minus, green is what is chosen. No streamlit, no torch.
"""

import re
from pathlib import Path

STYLE = (Path(__file__).parent / "colours.css").read_text(encoding="utf-8")

_COLOURS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", STYLE))

PLUS, MINUS, CHOSEN = _COLOURS["plus"], _COLOURS["minus"], _COLOURS["chosen"]
INVALID = _COLOURS["invalid"]  # input that cannot be
SERIES = tuple(colour for name, colour in _COLOURS.items() if name.startswith("series-"))


def rgb(colour: str) -> tuple[int, int, int]:
    """Return a colour's red, green and blue, 0 to 255.

    >>> rgb("#ff8000")
    (255, 128, 0)
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def background(colour: str) -> str:
    """Return a style that lays a colour, faintly, under a cell of a table.

    >>> background("#ff8000")
    'background-color: rgba(255, 128, 0, 0.2)'
    """
    return f"background-color: rgba{(*rgb(colour), 0.2)}"
