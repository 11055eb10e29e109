"""Python's loops, each round followed as long as the steps last; iterators; errors."""

import ast
import builtins

from mnistcore.evaluator.answers import is_true
from mnistcore.evaluator.expressions import known_or_not
from mnistcore.evaluator.limits import (
    MOST_SCRIPT_STEPS,
    CannotReadError,
    RaisedError,
    python_errors,
)
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.names import assign
from mnistcore.evaluator.values import Library, Once, Scope, TextClass, Unknown


class LoopLeftSignal(Exception):  # noqa: N818
    """A round of a loop is left, or with `is_over` the loop."""

    def __init__(self, is_over: bool) -> None:
        super().__init__()
        self.is_over = is_over


def for_loop(machine: Machine, statement: ast.For, scope: Scope) -> None:
    """Follow a loop over elements, and what stands in its `else`.

    Args:
        machine: The reader.
        statement: The loop.
        scope: Where it stands.
    """
    elements = machine.rounds(machine.value(statement.iter, scope), statement.lineno)
    begun = machine.steps_left, len(machine.modules)
    for element in elements:
        assign(machine, statement.target, element, scope)
        if not _round(machine, statement, scope, begun):
            return
    machine.execute(machine, statement.orelse, scope)


def while_loop(machine: Machine, statement: ast.While, scope: Scope) -> None:
    """Follow a loop as long as its condition holds.

    Args:
        machine: The reader.
        statement: The loop.
        scope: Where it stands.
    """
    begun = machine.steps_left, len(machine.modules)
    while is_true(machine.value(statement.test, scope), statement.lineno):
        if not _round(machine, statement, scope, begun):
            return
    machine.execute(machine, statement.orelse, scope)


def leave_loop(machine: Machine, statement: ast.Break | ast.Continue, scope: Scope) -> None:
    """Leave a loop, or a round of it.

    Args:
        machine: The reader.
        statement: `break` or `continue`.
        scope: Where it stands.

    Raises:
        LoopLeftSignal: Always.
    """
    raise LoopLeftSignal(isinstance(statement, ast.Break))


def _round(
    machine: Machine, statement: ast.For | ast.While, scope: Scope, begun: tuple[int, int]
) -> bool:
    """Follow one round of a loop, and return whether the loop goes on."""
    machine.step(statement.lineno)
    is_training = machine.is_script(scope) and len(machine.modules) == begun[1]
    if is_training and begun[0] - machine.steps_left > MOST_SCRIPT_STEPS:
        raise CannotReadError(statement.lineno, "This loop has too many steps to be followed.")
    try:
        machine.execute(machine, statement.body, scope)
    except LoopLeftSignal as left:
        return not left.is_over
    return True


def zip_of(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `zip` gives: of an iterator given twice, pairs.

    Args:
        machine: The reader.
        arguments: By place and by name.
        line: Where.
    """
    sources = [machine.rounds(each, line) for each in arguments[0]]
    return Once(list(zip(*sources, strict=False)))


def enumerate_of(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `enumerate` gives.

    Args:
        machine: The reader.
        arguments: By place and by name.
        line: Where.
    """
    start = arguments[1].get("start", arguments[0][1] if len(arguments[0]) > 1 else 0)
    with python_errors(line):
        elements = machine.elements(arguments[0][0], line)
        return Once(list(enumerate(elements, start)))  # type: ignore[arg-type]


def map_of(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `map` gives.

    Args:
        machine: The reader.
        arguments: The function and what it is called with.
        line: Where.
    """
    function, *values = arguments[0]
    rounds = zip(*(machine.rounds(each, line) for each in values), strict=False)
    return Once([machine.called(function, line, *each) for each in rounds])


def filter_of(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `filter` gives.

    Args:
        machine: The reader.
        arguments: The function and the values.
        line: Where.
    """
    function, values = arguments[0]
    elements = machine.elements(values, line)
    if function is None:
        return Once([each for each in elements if is_true(each, line)])
    return Once([each for each in elements if is_true(machine.called(function, line, each), line)])


def next_of(machine: Machine, arguments: Arguments, line: int) -> object:
    """Return what `next` takes from an iterator.

    Args:
        machine: The reader.
        arguments: The iterator, and what is given when nothing is left.
        line: Where.
    """
    source, *default = arguments[0]
    if isinstance(source, Unknown):
        return source
    if not isinstance(source, Once):
        raise machine.refusal(line, "`{code}` loops over what is no list.")
    if not source.left and not default:
        raise machine.refusal(line, "`{code}`: there are too few values.")
    return next(source.taken(), *default)


def follow_try(machine: Machine, statement: ast.Try, scope: Scope) -> None:
    """Follow `try`: an error that the text raises is taken by the `except` that names its kind.

    Args:
        machine: The reader.
        statement: The statement.
        scope: Where it stands.
    """
    try:
        try:
            machine.tries += 1
            try:
                machine.execute(machine, statement.body, scope)
            finally:
                machine.tries -= 1
        except RaisedError as error:
            handler = _handler(machine, statement, error, scope)
            if handler.name:
                scope.names[handler.name] = machine.unknown(
                    error.line, "`{code}` is not told by the text."
                )
            machine.execute(machine, handler.body, scope)
        else:
            machine.execute(machine, statement.orelse, scope)
    finally:
        machine.execute(machine, statement.finalbody, scope)


def _handler(
    machine: Machine, statement: ast.Try, error: RaisedError, scope: Scope
) -> ast.ExceptHandler:
    """Return the `except` that takes an error of the text, or raise it on."""
    for handler in statement.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            if kind is None or getattr(kind, "id", "") in ("Exception", "BaseException"):
                return handler
            taken = _error_classes(known_or_not(machine, kind, scope))
            if taken is None or error.of is None:
                raise machine.refusal(handler.lineno, "`{code}` is not told by the text.")
            if taken <= error.of:
                return handler
    raise error


def _error_classes(kind: object) -> frozenset[object] | None:
    """Return an error's class and those that it builds on; None if they are not told."""
    found: set[object] = set()
    for base in kind.lineage() if isinstance(kind, TextClass) else [kind]:
        own = getattr(builtins, base.name, None) if isinstance(base, Library) else base
        if isinstance(own, type) and issubclass(own, BaseException):
            found |= set(own.__mro__)
        elif isinstance(own, TextClass):
            found.add(own)
        else:
            return None
    return frozenset(found)


def raise_error(machine: Machine, statement: ast.Raise, scope: Scope) -> None:
    """Follow `raise`.

    Args:
        machine: The reader.
        statement: The statement.
        scope: Where it stands.

    Raises:
        RaisedError: Always.
    """
    line = statement.lineno
    error = RaisedError(line, "The text stops here: `{code}`.", code=machine.quoted(line))
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    error.of = _error_classes(known_or_not(machine, raised, scope)) if raised else None
    raise error
