"""The methods of Python's texts, lists and dictionaries that networks are written with."""

import re
from collections.abc import Callable
from math import prod
from typing import Any

from mnistcore.evaluator.limits import (
    MOST_ELEMENTS,
    CannotReadError,
    checked,
    python_errors,
    require_small,
    shown,
)
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.packages import told
from mnistcore.evaluator.values import BatchSize, Unknown
from mnistcore.sentences import Sentence

OF_TEXTS = {
    *("lower", "upper", "strip", "lstrip", "rstrip", "split", "join", "startswith", "endswith"),
    *(
        "format",
        "isdigit",
        "title",
        "capitalize",
        "replace",
        "find",
        "count",
        "index",
        "removeprefix",
    ),
}
OF_LISTS = {
    "append",
    "extend",
    "insert",
    "pop",
    "remove",
    "clear",
    "copy",
    "index",
    "reverse",
    "count",
}
OF_DICTS = {
    *("get", "keys", "values", "items", "update", "pop", "setdefault", "copy", "clear"),
    *("move_to_end", "popitem"),
}
ASKING = {"get", "pop", "setdefault", "index", "count", "remove"}  # about what they are given
CHANGING = {
    "append",
    "extend",
    "insert",
    "pop",
    "remove",
    "clear",
    "reverse",
    "update",
    "setdefault",
}


def call_method(
    machine: Machine, target: object, name: str, arguments: Arguments, line: int
) -> object:
    """Return what a method of a text, a list or a dictionary gives.

    Args:
        machine: The reader.
        target: The text, list or dictionary.
        name: Of the method.
        arguments: By place and by name.
        line: Where.

    Raises:
        CannotReadError: There is no such method, or it would make something too large.
    """
    if isinstance(target, tuple) and name == "numel":
        if any(isinstance(size, BatchSize) for size in target):
            return Unknown(line, Sentence("This depends on the batch."))
        return checked(prod(target), line)
    arguments = [machine.listed(each, line) for each in arguments[0]], arguments[1]
    known = _known(target)
    if name not in known:
        raise machine.refusal(line, "`{code}`: `{name}` is not known here.", name=name)
    given = [*arguments[0], *arguments[1].values()]
    asked = given if isinstance(target, str) else given[:1] if name in ASKING else []
    for value in (told(each, line) for each in asked):
        if isinstance(value, Unknown):
            return value
        require_small(value, line)
    if isinstance(target, str):
        _require_affordable(target, name, arguments[0], line)
    if name == "extend" or (
        name == "update" and arguments[0] and not isinstance(arguments[0][0], dict)
    ):
        _extend(machine, target, arguments, line)
        return None
    if isinstance(target, range):
        machine.elements(target, line)
    elif not isinstance(target, str | dict) and name in ("index", "count", "remove"):
        require_small([target, arguments[0]], line)
    if isinstance(target, dict) and arguments[0] and not isinstance(arguments[0][0], dict):
        require_small(arguments[0][0], line)
    with python_errors(line):
        result = getattr(target, name)(*arguments[0], **arguments[1])
        checked(target, line)
        if isinstance(result, str | list | dict):
            machine.pay(len(result), line)
        is_view = isinstance(target, dict) and name in ("keys", "values", "items")
        return list(result) if is_view else checked(result, line)


def _known(target: object) -> set[str]:
    if isinstance(target, str):
        return OF_TEXTS
    if isinstance(target, dict):
        return OF_DICTS
    return OF_LISTS if isinstance(target, list) else {"index", "count"}


def _extend(machine: Machine, target: Any, arguments: Arguments, line: int) -> None:
    given = arguments[0][0] if arguments[0] else []
    values = [given] if isinstance(given, Unknown) else machine.elements(given, line)
    with python_errors(line):
        add: Callable[[Any], None] = target.extend if isinstance(target, list) else target.update
        add(values)
        checked(target, line)


def _require_affordable(target: str, name: str, args: list[object], line: int) -> None:
    if name == "format" and re.search(r"\d{3}|\{[^}]*[{.\[]", target):
        raise CannotReadError(line, "The format {style} is not known here.", style=shown(target))
    lengths = [len(value) for value in args if isinstance(value, str | list | tuple)]
    if (
        name in ("replace", "join", "format")
        and len(target) * max(lengths, default=0) > 10 * MOST_ELEMENTS
    ):
        raise CannotReadError(line, "A text would be too long. Write it shorter.")
