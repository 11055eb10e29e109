"""Python's own functions, as far as networks are written with them."""

from collections.abc import Callable
from typing import Any

from mnistcore.evaluator.answers import is_of, is_true
from mnistcore.evaluator.arithmetic import has_own_text, rounded
from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import (
    CannotReadError,
    checked,
    python_errors,
    require_length,
    require_small,
    shown,
)
from mnistcore.evaluator.loops import enumerate_of, filter_of, map_of, next_of, zip_of
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.names import delete_attribute, set_attribute
from mnistcore.evaluator.packages import class_of, not_known, told
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    BatchSize,
    Library,
    Method,
    Once,
    Scope,
    Super,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.sentences import Sentence


def taking(fewest: int, most: int, function: Callable[[Machine, Arguments, int], object]) -> Any:
    """Return a function that refuses to be called with fewer arguments by place, or with more.

    Args:
        fewest: Of the arguments by place.
        most: Of them.
        function: What is called with as many as it takes.
    """

    def call(machine: Machine, arguments: Arguments, line: int) -> object:
        if not fewest <= len(arguments[0]) <= most:
            several = Sentence("{fewest} to {most}", fewest=fewest, most=most)
            raise machine.refusal(
                line,
                "`{code}` gives {count} arguments, not {wanted}.",
                count=len(arguments[0]),
                wanted=fewest if fewest == most else several,
            )
        return function(machine, arguments, line)

    return call


def _plain(function: Callable[..., Any]) -> Callable[[Machine, Arguments, int], object]:
    """Return one of Python's functions, to be used on small plain values only."""

    def call(machine: Machine, arguments: Arguments, line: int) -> object:
        args = [told(machine.listed(each, line), line) for each in arguments[0]]
        for value in [*args, *(told(each, line) for each in arguments[1].values())]:
            if isinstance(value, Unknown):
                return value
            if isinstance(value, Tensor | BatchSize | Module):
                return machine.unknown(line, "`{code}` depends on the images that go in.")
            if isinstance(value, Library | Thing) or (function is str and has_own_text(value)):
                return not_known(function.__name__, line)
            require_small(value if not isinstance(value, range) else None, line)
            if isinstance(value, range):
                machine.elements(value, line)
        with python_errors(line):
            return checked(function(*args, **arguments[1]), line)

    return call


def _true_of(function: Callable[[Any], bool]) -> Callable[[Machine, Arguments, int], object]:
    def call(machine: Machine, arguments: Arguments, line: int) -> object:
        elements = machine.elements(arguments[0][0] if arguments[0] else [], line)
        return function(is_true(each, line) for each in elements)

    return call


def _list_of(kind: Callable[[Any], object]) -> Callable[[Machine, Arguments, int], object]:
    def call(machine: Machine, arguments: Arguments, line: int) -> object:
        given = arguments[0][0] if arguments[0] else []
        if isinstance(given, Unknown):
            return given
        with python_errors(line):
            return kind(machine.elements(given, line))

    return call


def _set(machine: Machine, arguments: Arguments, line: int) -> object:
    values = _list_of(list)(machine, arguments, line)
    if isinstance(values, Unknown):
        return values
    require_small(values, line)
    with python_errors(line):
        return set(machine.elements(values, line))


def _dict(machine: Machine, arguments: Arguments, line: int) -> object:
    values: dict[object, object] = {}
    if arguments[0]:
        given = arguments[0][0]
        if isinstance(given, Unknown):
            return given
        pairs = given.items() if isinstance(given, dict) else machine.elements(given, line)
        with python_errors(line):
            require_small([pair[0] for pair in pairs], line)  # type: ignore[index]
            values.update(pairs)  # type: ignore[arg-type]
    return values | arguments[1]


def _length(machine: Machine, arguments: Arguments, line: int) -> object:
    value = arguments[0][0] if arguments[0] else None
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Tensor):
        return value.sizes(line)[0]
    if isinstance(value, Thing | Module) and value.of and (own := value.of.find("__len__")):
        return machine.called(own, line, value)
    if isinstance(value, str | list | tuple | dict | set | range):
        return len(value)
    return len(machine.elements(value, line))


def _sum(machine: Machine, arguments: Arguments, line: int) -> object:
    elements = machine.elements(arguments[0][0], line)
    if any(isinstance(each, Tensor) for each in elements):
        raise machine.refusal(
            line, "`{code}` adds branches. Only one layer after another can be read."
        )
    if lists := [each for each in elements if isinstance(each, list)]:
        length = sum(map(len, lists))
        require_length([None], length, line)
        machine.pay(length, line)
        return checked([each for values in lists for each in values], line)
    return _plain(sum)(machine, ([elements, *arguments[0][1:]], arguments[1]), line)


def _super(machine: Machine, arguments: Arguments, line: int) -> object:
    if len(arguments[0]) == 2 and isinstance(arguments[0][0], TextClass):
        return Super(arguments[0][1], arguments[0][0])
    scope = arguments[0][0] if arguments[0] else None
    while isinstance(scope, Scope):
        function = scope.function
        if function and function.owner:
            parameters = function.node.args
            first = [each.arg for each in (*parameters.posonlyargs, *parameters.args)][:1]
            return Super(scope.names.get(first[0]) if first else None, function.owner)
        scope = scope.parent
    raise CannotReadError(line, "`super()` stands outside of a class.")


def _isinstance(machine: Machine, arguments: Arguments, line: int) -> object:
    value, kinds = arguments[0]
    return value if isinstance(value, Unknown) else is_of(value, kinds, line)


def _type(machine: Machine, arguments: Arguments, line: int) -> object:
    value = told(arguments[0][0] if arguments[0] else None, line)
    return value if isinstance(value, Unknown) else class_of(value)


def _getattr(machine: Machine, arguments: Arguments, line: int) -> object:
    owner, name, *default = arguments[0]
    if isinstance(name, Unknown):
        return name
    if not isinstance(name, str):
        return Unknown(line, Sentence("{name} is no name.", name=shown(name)))
    try:
        found = machine.attribute(machine, owner, name, line)
    except CannotReadError:
        if default:
            return default[0]
        raise
    is_method_of_images = isinstance(owner, Tensor) and isinstance(found, Method)
    return told(found, line) if default and is_method_of_images else found


def _hasattr(machine: Machine, arguments: Arguments, line: int) -> object:
    missing = object()
    found = _getattr(machine, ([*arguments[0], missing], {}), line)
    found = told(found, line) if isinstance(found, Library) else found
    return found if isinstance(found, Unknown) else found is not missing


def _setattr(machine: Machine, arguments: Arguments, line: int) -> object:
    owner, name, value = arguments[0]
    if isinstance(name, Unknown):
        if isinstance(owner, Module):
            owner.spoiled = name
        return None
    if not isinstance(name, str):
        raise CannotReadError(line, "{name} is no name.", name=shown(name))
    set_attribute(machine, owner, name, value, line)
    return None


def _delattr(machine: Machine, arguments: Arguments, line: int) -> object:
    owner, name = arguments[0]
    if isinstance(name, Unknown):
        raise name.error()
    delete_attribute(machine, owner, str(name) if isinstance(name, str) else "", line)
    return None


def _callable(machine: Machine, arguments: Arguments, line: int) -> object:
    return not isinstance(arguments[0][0], str | int | float | list | tuple | dict | type(None))


def _nothing(machine: Machine, arguments: Arguments, line: int) -> object:
    return None


PYTHON: dict[str, Callable[[Machine, Arguments, int], object]] = {
    **{name: _plain(function) for name, function in (("range", range), ("int", int))},
    **{"float": _plain(float), "str": _plain(str), "abs": _plain(abs), "round": _plain(rounded)},
    **{"max": _plain(max), "min": _plain(min), "sorted": _plain(sorted), "divmod": _plain(divmod)},
    **{"any": _true_of(any), "all": _true_of(all), "slice": _plain(slice), "bool": _plain(bool)},
    **{"list": _list_of(list), "tuple": _list_of(tuple), "set": _set, "dict": _dict},
    **{"reversed": _list_of(lambda values: Once(values[::-1])), "iter": _list_of(Once)},
    **{"len": _length, "zip": zip_of, "enumerate": taking(1, 2, enumerate_of)},
    **{"map": taking(2, 9, map_of), "filter": taking(2, 2, filter_of), "sum": taking(1, 2, _sum)},
    "delattr": taking(2, 2, _delattr),
    "next": taking(1, 2, next_of),
    **{"super": _super, "isinstance": taking(2, 2, _isinstance), "type": _type},
    **{"getattr": taking(2, 3, _getattr), "hasattr": taking(2, 2, _hasattr)},
    **{"setattr": taking(3, 3, _setattr), "callable": taking(1, 1, _callable)},
    "print": _nothing,
}
