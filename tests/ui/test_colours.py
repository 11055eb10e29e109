"""One place for colours, each of them seen on the light and on the dark page."""

import re
import tomllib
from pathlib import Path

import pytest

from ui import colours

PROJECT = Path(__file__).parent.parent.parent
THEMES = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text())["theme"]
NAMED = {"PLUS": colours.PLUS, "MINUS": colours.MINUS, "CHOSEN": colours.CHOSEN}
ALL = NAMED | {f"series {n}": colour for n, colour in enumerate(colours.SERIES, start=1)}

LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(\d|\bhsla?\(\d")
HOME = {"ui/colours.css", "ui/colours.py"}
CANVAS = "ui/sketches.py"  # what is drawn on it is white on black, whatever the page looks like


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(w * x for w, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ALL)
def test_a_colour_stands_out_on_the_page(name: str, theme: str) -> None:
    assert contrast(ALL[name], THEMES[theme]["backgroundColor"]) >= 3  # WCAG's for graphics


def test_blue_is_plus_orange_is_minus_green_is_chosen() -> None:
    hues = {name: max(zip(colours.rgb(c), "rgb", strict=True))[1] for name, c in NAMED.items()}

    assert hues == {"PLUS": "b", "MINUS": "r", "CHOSEN": "g"}


def test_colours_have_one_home() -> None:
    files = [
        path
        for folder in ("ui", "pages")
        for path in sorted((PROJECT / folder).rglob("*"))
        if path.suffix in (".py", ".js", ".css", ".html")
    ]
    names = {path.relative_to(PROJECT).as_posix(): path.read_text("utf-8") for path in files}

    found = {name: LITERAL.findall(text) for name, text in names.items()}

    assert {name for name, literals in found.items() if literals} == {*HOME, CANVAS}
