"""Drawings with what they were meant to be, to a JSON file and back. No torch.

A file can come from anywhere: of its strokes only what a canvas needs is taken over, and nothing in
it can make a browser fetch anything.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from mnistcore.errors import InvalidInputError

FORMAT = "mnistcore drawings 1"
MAX_DRAWINGS = 1000
PNG_HEADER = b"\x89PNG\r\n\x1a\n"
PNG_URI = "data:image/png;base64,"

_NUMBERS = ("left", "top", "width", "height", "scaleX", "scaleY", "angle", "strokeWidth")
_WORDS = ("type", "originX", "originY", "stroke", "fill", "strokeLineCap", "strokeLineJoin")
_FIELDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(_NUMBERS, (int, float)),
    **dict.fromkeys(_WORDS, (str, type(None))),
}


@dataclass(frozen=True)
class LabelledDrawing:
    """A drawing, and what its drawer says it is.

    Attributes:
        label: 0 to 9.
        read_as: What the network read, or None if it read nothing.
        objects: Its strokes, in Fabric's JSON.
        png: What it looks like.
    """

    label: int
    read_as: int | None
    objects: list[dict[str, Any]]
    png: bytes


def to_json(drawings: list[LabelledDrawing]) -> str:
    """Return the drawings as a file's content.

    >>> drawing = LabelledDrawing(7, 2, [{"type": "Path", "path": [["M", 1, 2]]}], PNG_HEADER)
    >>> from_json(to_json([drawing])) == [drawing]
    True
    """
    content = {
        "format": FORMAT,
        "drawings": [
            {
                "label": drawing.label,
                "read_as": drawing.read_as,
                "objects": drawing.objects,
                "png": base64.b64encode(drawing.png).decode(),
            }
            for drawing in drawings
        ],
    }
    return json.dumps(content, indent=1)


def from_json(content: str | bytes) -> list[LabelledDrawing]:
    """Read what `to_json` wrote.

    Raises:
        InvalidInputError: It is no such file, or something in it is not as it should be.
    """
    try:
        parsed = json.loads(content)
    except (ValueError, RecursionError):
        raise InvalidInputError(
            "The file is no JSON. Choose one that was saved on this page."
        ) from None
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        raise InvalidInputError(
            f"The file does not say that it holds {FORMAT!r}. Choose one saved on this page."
        )
    entries = parsed.get("drawings")
    if not isinstance(entries, list) or len(entries) > MAX_DRAWINGS:
        raise InvalidInputError(f"`drawings` must be a list of at most {MAX_DRAWINGS}.")
    return [_read_entry(number, entry) for number, entry in enumerate(entries, start=1)]


def _read_entry(number: int, entry: Any) -> LabelledDrawing:
    try:
        label, read_as = entry["label"], entry["read_as"]
        png = base64.b64decode(entry["png"], validate=True)
        objects = [_clean(thing) for thing in entry["objects"]]
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise InvalidInputError(f"Drawing {number} of the file is unusable: {error}.") from None
    if label not in range(10) or read_as not in (None, *range(10)):
        raise InvalidInputError(f"Drawing {number} is labelled {label!r}. Labels are 0 to 9.")
    if not png.startswith(PNG_HEADER):
        raise InvalidInputError(f"The picture of drawing {number} is no PNG.")
    return LabelledDrawing(label, read_as, objects, png)


def _clean(thing: dict[str, Any]) -> dict[str, Any]:
    """Return a stroke or a picture with nothing but what it needs."""
    kept = {name: thing[name] for name in _FIELDS if name in thing}
    if wrong := [name for name, value in kept.items() if not isinstance(value, _FIELDS[name])]:
        raise ValueError(f"`{wrong[0]}` is {kept[wrong[0]]!r}")
    kind = str(kept.get("type")).lower()
    if kind == "path":
        commands = [[str(name), *map(float, numbers)] for name, *numbers in thing["path"]]
        return {**kept, "path": commands}
    if kind == "image" and str(thing.get("src")).startswith(PNG_URI):
        return {**kept, "src": thing["src"]}
    raise ValueError(f"it holds {kept.get('type')!r}, which is neither a stroke nor a PNG picture")
