"""The strokes and pictures of a drawing, in Fabric's JSON: what a canvas needs, and how much it is.

What a list, a text or a number takes in memory is about 64 bytes, however short it was in a file.
"""

import re
from typing import Any

from mnistcore.errors import InvalidInputError, shortened

MAX_COMMANDS = 5000  # in a stroke
FARTHEST_PX = 1e5
PNG_URI = "data:image/png;base64,"
MOST_PARTS = 1_000_000  # of a file; a digit as people draw it has 700
BYTES_A_PART = 64

_NUMBERS = ("left", "top", "width", "height", "scaleX", "scaleY", "angle", "strokeWidth")
_WORDS = ("type", "originX", "originY", "stroke", "fill", "strokeLineCap", "strokeLineJoin")
_WORD = re.compile(r"[A-Za-z0-9#(),.% -]{0,40}")  # a colour, the shape of a stroke's end


def check_parts(content: str | bytes) -> None:
    """Refuse a JSON text of far too many values before it is read: each has a mark beside it.

    Raises:
        InvalidInputError: It is one.

    >>> check_parts('{"label": 7, "objects": [[], []]}')
    """
    if isinstance(content, bytes):
        num_parts = sum(content.count(mark) for mark in (b"[", b"{", b",", b":"))
    else:
        num_parts = sum(content.count(mark) for mark in "[{,:")
    if num_parts > MOST_PARTS:
        raise InvalidInputError(
            "The file has {num_parts:,} numbers, texts and lists, the limit is {most_parts:,}. "
            "Choose one with fewer drawings.",
            num_parts=num_parts,
            most_parts=MOST_PARTS,
        )


def weight(things: object, most: float = float("inf")) -> float:
    """Return about how many bytes JSON values take in memory.

    Args:
        things: Dictionaries, lists, texts, numbers.
        most: Counting ends once there are more.

    >>> weight([["M", 1, 2]])
    321
    """
    waiting, found = [things], 0
    while waiting and found <= most:
        thing = waiting.pop()
        found += BYTES_A_PART
        if isinstance(thing, str):
            found += len(thing)
        elif isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            waiting.extend(thing)
            waiting.extend(thing.values())
    return found


def cleaned(thing: dict[str, Any]) -> dict[str, Any]:
    """Return a stroke or a picture with nothing but what it needs.

    Args:
        thing: In Fabric's JSON.

    Raises:
        InvalidInputError: It is neither, or has a value that no canvas gives.

    >>> cleaned({"type": "Path", "path": [["M", 1, 2]], "clipPath": 3})
    {'type': 'Path', 'path': [['M', 1, 2]]}
    """
    numbers = {name: _number(name, thing[name]) for name in _NUMBERS if name in thing}
    words = {name: _word(name, thing[name]) for name in _WORDS if name in thing}
    kept = {name: {**numbers, **words}[name] for name in thing if name in {**numbers, **words}}
    kind = str(words.get("type")).lower()
    if kind == "path":
        return {**kept, "path": _path(thing.get("path"))}
    if kind == "image" and str(thing.get("src")).startswith(PNG_URI):
        return {**kept, "src": thing["src"]}
    raise InvalidInputError(
        "it holds {kind!r}, which is neither a stroke nor a PNG picture", kind=words.get("type")
    )


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInputError(
            "`{name}` is {value}, no number", name=name, value=shortened(repr(value))
        )
    if not -FARTHEST_PX <= value <= FARTHEST_PX:  # false for nan as well
        raise InvalidInputError(
            "`{name}` is {value}, no place on a canvas", name=name, value=shortened(str(value))
        )
    return value


def _word(name: str, value: Any) -> str | None:
    if value is not None and not (isinstance(value, str) and _WORD.fullmatch(value)):
        raise InvalidInputError("`{name}` is {value}", name=name, value=shortened(repr(value)))
    return value


def _path(commands: Any) -> list[list[str | float]]:
    """Return a stroke's commands: a letter and up to six numbers each."""
    if not isinstance(commands, list) or len(commands) > MAX_COMMANDS:
        raise InvalidInputError(
            "`path` is no list of at most {max_commands:,} commands", max_commands=MAX_COMMANDS
        )
    for command in commands:  # not copied: a file has up to half a million
        if not (isinstance(command, list) and 0 < len(command) <= 7):
            raise InvalidInputError("`path` holds {command}", command=shortened(repr(command)))
        letter = command[0]
        if not (isinstance(letter, str) and letter.isascii() and len(letter) == 1):
            raise InvalidInputError("`path` holds {letter}", letter=shortened(repr(letter)))
        for number in command[1:]:
            _number("path", number)
    return commands
