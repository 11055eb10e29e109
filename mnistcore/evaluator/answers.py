"""Questions with three answers, yes, no and not told: what is true, what is equal, what is what.

A name of a package that is not known here may stand for anything: it is neither true nor false.
"""

import ast
import builtins
import collections.abc
import numbers
import operator
from collections.abc import Callable, Iterable
from typing import Any

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import CannotReadError, python_errors, require_small
from mnistcore.evaluator.packages import (
    OF_TORCH,
    class_name,
    class_of,
    full_name,
    is_told,
    names_of,
    not_known,
    told,
)
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    BATCH,
    ENUMERATIONS,
    BatchSize,
    Library,
    Method,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.sentences import Sentence

NO_LAYERS = {"numpy.ndarray", "pathlib.Path", "argparse.Namespace", "functools.partial"}
OF_IMAGES = {"Sized", "Iterable", "Container", "Collection", "Reversible", "Hashable"}
PLAIN = (str, int, float, list, tuple, dict, set, range, slice, type(None))
PLAIN_BASES = ("object", "ABC", "Generic", "Protocol", *ENUMERATIONS)
_PYTHON = {
    **{"builtins": builtins, "numbers": numbers},
    **{"collections": collections, "collections.abc": collections.abc},
}
_IMAGES = Sentence("This depends on the images that go in.")
_ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    **{ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge},
}


def is_true(value: object, line: int) -> bool:
    """Return whether Python takes a value for true.

    Args:
        value: Any value.
        line: Where.

    Raises:
        CannotReadError: The text does not tell.
    """
    value = told(value, line)
    if isinstance(value, Unknown):
        raise value.error()
    if isinstance(value, Tensor | BatchSize):
        raise CannotReadError(line, _IMAGES)
    if isinstance(value, Module):
        return bool(value.children) or not value.is_container
    if isinstance(value, Thing) and (own := _own(value, ("__bool__", "__len__"))):
        raise not_known(own, line).error()
    return bool(value)


def compared(kind: type[ast.cmpop], left: object, right: object, line: int) -> object:
    """Return whether a comparison holds; `Unknown` if that is not told.

    Args:
        kind: Its sign.
        left: One value.
        right: The other.
        line: Where.
    """
    for value in (left, right):
        if isinstance(value, Unknown):
            return value
    answer: bool | None
    if kind not in (ast.Is, ast.IsNot):
        require_small([left, None if isinstance(right, range) else right], line)
    if kind in (ast.Is, ast.IsNot):
        answer = _same(left, right, line)
    elif kind in _ORDER:
        if unknown := _open_in([left], line) or _open_in([right], line):
            return unknown
        with python_errors(line):
            return bool(_ORDER[kind](left, right))
    else:
        with python_errors(line):
            is_place = kind in (ast.In, ast.NotIn)
            answer = _is_in(left, right, line) if is_place else _equal(left, right, line)
    if answer is None:
        return _open_in([left, right], line) or not_known("__eq__", line)
    return answer == (kind in (ast.Is, ast.Eq, ast.In))


def is_of(value: object, kinds: object, line: int) -> object:
    """Return whether a value is of a class, or of one of several; `Unknown` if that is not told.

    Args:
        value: A known value.
        kinds: A class, or a tuple of them.
        line: Where.

    >>> is_of((3, 5), Library("collections.abc.Iterable"), line=1)
    True
    >>> is_of(3, Library("omegaconf.ListConfig"), line=1).why
    '`omegaconf.ListConfig` is not known here.'
    """
    value, missing = told(value, line), None
    if isinstance(value, Unknown):
        return value
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        answer = is_of(value, kind, line) if isinstance(kind, tuple) else _is_of(value, kind)
        if answer is True:
            return True
        if answer is not False:
            missing = not_known(kind.path if isinstance(kind, Library) else "isinstance", line)
    return missing or False


def _is_of(value: object, kind: object) -> bool | None:
    """Return whether a value is of a class, None if that is not told."""
    own = class_of(value)
    lineage = list(own.lineage()) if isinstance(own, TextClass) else [own]
    if isinstance(kind, TextClass):
        is_open = any(isinstance(each, Unknown) for each in lineage)
        return True if kind in lineage else (None if is_open else False)
    if not isinstance(kind, Library):
        return None
    wanted = class_name(kind)
    package, _, name = wanted.rpartition(".")
    names = {each for base in lineage for each in names_of(base)} | {"builtins.object"}
    if wanted in names or (wanted == "torch.nn.Module" and isinstance(value, Module)):
        return True
    found = getattr(_PYTHON.get(package), name, None)
    if (isinstance(value, PLAIN) or value is BATCH) and isinstance(found, type):
        return isinstance(1 if isinstance(value, BatchSize) else value, found)
    if package == "collections.abc":
        if isinstance(value, Tensor):
            return name in OF_IMAGES
        return True if name in ("Callable", "Hashable") and not isinstance(value, Thing) else None
    may_be = isinstance(value, tuple) and wanted == "torch.Size"
    may_be |= isinstance(value, Tensor) and wanted == "torch.nn.Parameter"
    is_known = wanted in NO_LAYERS or is_told(Library(wanted))
    if isinstance(value, Module) and not {value.kind or "Module", name} & OF_TORCH:
        return None  # such as whether an `nn.LSTM` is an `nn.RNNBase`
    return False if is_known and not may_be and all(map(_is_known_base, lineage)) else None


def _is_known_base(base: object) -> bool:
    """Return whether it is known what a class has from another."""
    is_plain = isinstance(base, Library) and base.name.endswith(("Module", *PLAIN_BASES))
    is_of_ours = isinstance(base, Library) and (is_told(base) or base.path.startswith("types."))
    return is_plain or is_of_ours or isinstance(base, TextClass)


def _same(left: object, right: object, line: int) -> bool | None:
    """Return whether two values are one, None if that is not told."""
    if isinstance(left, Library) and isinstance(right, Library):
        return _equal(left, right, line)
    for value in (left, right):
        is_of_images = isinstance(value, Method) and isinstance(value.target, Tensor)
        if is_of_images or (isinstance(value, Library) and not is_told(value)):
            return None
    return left is right


def _equal(left: object, right: object, line: int) -> bool | None:
    """Return whether two values are equal, None if that is not told."""
    if left is right is BATCH:
        return True
    if isinstance(left, Library) and isinstance(right, Library):
        is_same, are_told = full_name(left) == full_name(right), is_told(left) and is_told(right)
        return is_same if is_same or are_told else None
    if _open_in([left, right], line, is_deep=False):
        return None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Thing) and one is not other and not one.of.is_enumeration:
            is_plain = not _own(one, ("__eq__",)) and not one.of.node.decorator_list
            return False if is_plain else None
    for kind in (list, tuple):
        if isinstance(left, kind) and isinstance(right, kind):
            if len(left) != len(right):
                return False
            return _all(_equal(*pair, line) for pair in zip(left, right, strict=True))
    if _open_in([left, right], line):
        return None
    return bool(left == right)


def _is_in(left: object, right: Any, line: int) -> bool | None:
    """Return whether a value is in another, None if that is not told."""
    if _open_in([left, right], line, is_deep=False):
        return None
    if isinstance(right, range) and not isinstance(left, int):  # Python would go through all of it
        return isinstance(left, float) and left.is_integer() and int(left) in right
    if not isinstance(right, list | tuple | dict | set):
        return bool(left in right)
    return _any(_equal(left, each, line) for each in right)


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return False if False in found else (None if None in found else True)


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else (None if None in found else False)


def _open_in(values: list[object], line: int, *, is_deep: bool = True) -> Unknown | None:
    """Return what is not told among values, and with `is_deep` inside their lists."""
    waiting = list(values)
    while waiting:
        value = told(waiting.pop(), line)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Tensor | BatchSize):
            return Unknown(line, _IMAGES)
        if is_deep and isinstance(value, list | tuple | set):
            waiting.extend(value)
        elif is_deep and isinstance(value, dict):
            waiting.extend([*value, *value.values()])
    return None


def _own(thing: Thing, names: tuple[str, ...]) -> str:
    """Return what an object's class says of itself under one of the names, "" if nothing.

    What it inherits from a class that is not in the text may say it too.
    """
    if thing.of.is_enumeration:
        return ""
    for base in thing.of.lineage():
        if isinstance(base, Library) and base.name not in PLAIN_BASES:
            return f"{base.name}.{names[0]}"
        if isinstance(base, Unknown):
            return f"{thing.of.name}.{names[0]}"
    return next((f"{thing.of.name}.{name}" for name in names if thing.of.find(name)), "")
