"""Python's statements followed; one that cannot be spoils what it may have changed, no more."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from mnistcore.evaluator.answers import is_true
from mnistcore.evaluator.arithmetic import computed, in_place
from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.displays import delete
from mnistcore.evaluator.expressions import function_value, known_or_not, may_make_layers
from mnistcore.evaluator.limits import CannotReadError, RaisedError, SpentError
from mnistcore.evaluator.loops import (
    follow_try,
    for_loop,
    leave_loop,
    raise_error,
    while_loop,
)
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.names import STARS, assign, share
from mnistcore.evaluator.spoiling import changed_in_place, spoil
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Function, Library, Scope, TextClass, Unknown

WAYS = {"staticmethod", "classmethod", "property", "cached_property"}
# Decorators that leave a class as it is, by what they are mostly called.
KEEPS_CLASS = re.compile("dataclass|regist|script|docstring|final|order|attr|doc|runtime", re.I)
MOST_BASES = 32  # of a class
_OWN_SCOPE = (ast.FunctionDef, ast.ClassDef, ast.Lambda)


class ReturnedSignal(Exception):  # noqa: N818
    """A function is left with a value."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def execute(machine: Machine, statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Follow statements one after another.

    Args:
        machine: The reader.
        statements: In their order.
        scope: Where they stand.

    Raises:
        SpentError: There are too many steps.
        ReturnedSignal: A function is left.
        RaisedError: The text raises an error.
    """
    for statement in statements:
        machine.step(statement.lineno)
        handler = _HANDLERS.get(type(statement), _unknown)
        try:
            with machine.deeper(statement.lineno):
                handler(machine, statement, scope)
        except (SpentError, RaisedError):
            raise
        except CannotReadError as reason:
            why = Unknown(reason.line, reason.why, may_make_layers(statement))
            spoil(machine, [statement], scope, why)
            _leave_unknown(statement, reason)


def _leave_unknown(statement: ast.stmt, reason: CannotReadError) -> None:
    """Leave a function or a loop that a statement not understood may have left."""
    if any(isinstance(each, ast.Return) for each in _inside(statement, _OWN_SCOPE)):
        raise ReturnedSignal(Unknown(reason.line, reason.why, may_have_weights=True))
    inside = _inside(statement, (*_OWN_SCOPE, ast.For, ast.While))
    if any(isinstance(each, ast.Break | ast.Continue) for each in inside):
        raise reason


def _inside(node: ast.AST, closed: tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """Yield a node and what is inside it, but not what is inside the closed kinds."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if not isinstance(each, closed):
            waiting.extend(ast.iter_child_nodes(each))


def _unknown(machine: Machine, statement: ast.stmt, scope: Scope) -> None:
    word = type(statement).__name__
    raise machine.refusal(statement.lineno, "`{code}`: {word} is not known here.", word=word)


def _expression(machine: Machine, statement: ast.Expr, scope: Scope) -> None:
    made_before = len(machine.modules)
    value = known_or_not(machine, statement.value, scope)
    if isinstance(value, Tensor) and (name := changed_in_place(statement.value, scope)):
        scope.names[name] = value
    if scope.is_script and not isinstance(statement.value, ast.Constant):
        is_called = isinstance(statement.value, ast.Call)
        made = {each.number for each in machine.modules[made_before:]}
        for each in value if isinstance(value, list | tuple) else [value]:
            if not isinstance(each, Module):
                machine.other_lines.append((statement.lineno, each))
            elif not is_called or each.number in made:
                machine.shown_modules.append(each)
    if isinstance(value, Unknown):
        raise value.error()


def _assign(machine: Machine, statement: ast.Assign, scope: Scope) -> None:
    value = known_or_not(machine, statement.value, scope)
    for target in statement.targets:
        assign(machine, target, value, scope)


def _annotated(machine: Machine, statement: ast.AnnAssign, scope: Scope) -> None:
    if statement.value:
        assign(machine, statement.target, known_or_not(machine, statement.value, scope), scope)


def _augmented(machine: Machine, statement: ast.AugAssign, scope: Scope) -> None:
    line = statement.lineno
    reading: Any = statement.target
    old, new = machine.value(_read(reading), scope), machine.value(statement.value, scope)
    if isinstance(old, list) and isinstance(statement.op, ast.Add):
        old += [new] if isinstance(new, Unknown) else machine.elements(new, line)
        return
    if isinstance(old, Module) and old.is_container:
        machine.called(machine.value(_method(reading, "extend"), scope), line, new)
        return
    made = computed(machine, type(statement.op), old, new, line)
    assign(machine, reading, in_place(old, made), scope)


def _read(target: Any) -> ast.expr:
    copy: ast.expr = type(target)(**{**vars(target), "ctx": ast.Load()})
    return copy


def _method(target: Any, name: str) -> ast.expr:
    node = ast.Attribute(_read(target), name, ast.Load())
    return ast.copy_location(node, target)


def _function(machine: Machine, statement: ast.FunctionDef, scope: Scope) -> None:
    value: object = function_value(machine, statement, scope)
    for decorator in reversed(statement.decorator_list):
        if isinstance(decorator, ast.Attribute) and decorator.attr in ("setter", "deleter"):
            value = _with_setter(machine, decorator, value, scope)
            continue
        found = known_or_not(machine, decorator, scope)
        if isinstance(found, Library) and found.name in WAYS and isinstance(value, Function):
            value.way = found.name.removeprefix("cached_")
        elif isinstance(found, Function):
            value = machine.called(found, statement.lineno, value)
    scope.names[statement.name] = value


def _with_setter(
    machine: Machine, decorator: ast.Attribute, setter: object, scope: Scope
) -> object:
    """Return a property with what is called when it is stored into."""
    owner = machine.value(decorator.value, scope)
    if not isinstance(owner, Function) or not isinstance(setter, Function):
        raise machine.refusal(decorator.lineno, "`{code}` is not told by the text.")
    return replace(owner, setter=setter) if decorator.attr == "setter" else owner


def _class(machine: Machine, statement: ast.ClassDef, scope: Scope) -> None:
    if len(statement.bases) > MOST_BASES:
        raise machine.refusal(statement.lineno, "`{code}` is not told by the text.")
    bases = tuple(known_or_not(machine, base, scope) for base in statement.bases)
    inner = Scope(parent=scope, is_class=True)
    of = TextClass(statement.name, statement.lineno, bases, inner.names, statement)
    machine.execute(machine, statement.body, inner)
    for member in of.members.values():
        if isinstance(member, Function):
            member.owner = member.owner or of
    scope.names[statement.name] = _decorated(machine, statement, of, scope)


def _decorated(machine: Machine, statement: ast.ClassDef, of: TextClass, scope: Scope) -> object:
    """Return what the decorators of a class make of it; those out of sight are noted."""
    value: object = of
    for decorator in reversed(statement.decorator_list):
        found = known_or_not(machine, decorator, scope)
        made = machine.called_or_not(found, decorator.lineno, value)
        if not isinstance(made, Unknown):
            value = made
        elif not KEEPS_CLASS.search(ast.unparse(decorator)):
            machine.note(decorator.lineno, "`{code}`: what it changes is not followed.")
    return value


def _return(machine: Machine, statement: ast.Return, scope: Scope) -> None:
    raise ReturnedSignal(known_or_not(machine, statement.value, scope) if statement.value else None)


def _if(machine: Machine, statement: ast.If, scope: Scope) -> None:
    is_first = is_true(machine.value(statement.test, scope), statement.lineno)
    machine.execute(machine, statement.body if is_first else statement.orelse, scope)


def _with(machine: Machine, statement: ast.With, scope: Scope) -> None:
    for item in statement.items:
        value = known_or_not(machine, item.context_expr, scope)
        if item.optional_vars:
            assign(machine, item.optional_vars, value, scope)
    machine.execute(machine, statement.body, scope)


def _import(machine: Machine, statement: ast.Import, scope: Scope) -> None:
    for alias in statement.names:
        path = alias.name if alias.asname else alias.name.partition(".")[0]
        scope.names[alias.asname or path] = Library(path)


def _import_from(machine: Machine, statement: ast.ImportFrom, scope: Scope) -> None:
    package = "." * statement.level + (statement.module or "")
    for alias in statement.names:
        if alias.name == "*":
            scope.top().names[STARS] = package
        else:
            scope.names[alias.asname or alias.name] = Library(f"{package}.{alias.name}")


def _nothing(machine: Machine, statement: ast.stmt, scope: Scope) -> None:
    return None


_HANDLERS: dict[type[ast.stmt], Callable[[Machine, Any, Scope], None]] = {
    **{ast.Expr: _expression, ast.Assign: _assign, ast.AnnAssign: _annotated},
    **{ast.AugAssign: _augmented, ast.FunctionDef: _function, ast.ClassDef: _class},
    **{ast.Return: _return, ast.If: _if, ast.For: for_loop, ast.While: while_loop, ast.With: _with},
    **{
        ast.Try: follow_try,
        ast.Raise: raise_error,
        ast.Import: _import,
        ast.ImportFrom: _import_from,
    },
    **{
        ast.Global: share,
        ast.Nonlocal: share,
        ast.Break: leave_loop,
        ast.Continue: leave_loop,
    },
    **{ast.Delete: delete, ast.Pass: _nothing, ast.Assert: _nothing},
}
