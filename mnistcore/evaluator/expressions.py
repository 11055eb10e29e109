"""Python's expressions, as far as networks are written with them; nothing is executed."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mnistcore.evaluator.answers import compared, is_true
from mnistcore.evaluator.arithmetic import computed, formatted, turned
from mnistcore.evaluator.displays import (
    dict_comprehension,
    dict_display,
    list_comprehension,
    list_display,
    slice_bounds,
    spread,
    subscript,
)
from mnistcore.evaluator.limits import (
    SHOWN_CHARACTERS,
    CannotReadError,
    RaisedError,
    SpentError,
    checked,
    python_errors,
)
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.names import look_up
from mnistcore.evaluator.values import Function, Library, Scope, Unknown


def evaluate(machine: Machine, node: ast.expr, scope: Scope) -> object:
    """Return the value of an expression; what the text does not tell is `Unknown`.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where names are looked up.

    Raises:
        CannotReadError: It is impossible, or uses more of Python than is known here.
    """
    machine.step(node.lineno)
    handler = _HANDLERS.get(type(node))
    if handler is None:
        word = type(node).__name__
        raise machine.refusal(node.lineno, "`{code}`: {word} is not known here.", word=word)
    with machine.deeper(node.lineno):
        return handler(machine, node, scope)


def function_value(machine: Machine, node: ast.FunctionDef | ast.Lambda, scope: Scope) -> Function:
    """Return a function as it is defined, its default arguments worked out.

    Args:
        machine: The reader.
        node: The definition.
        scope: Where it stands.
    """
    arguments = node.args
    by_place = [*arguments.posonlyargs, *arguments.args]
    late = by_place[len(by_place) - len(arguments.defaults) :]
    pairs = [*zip(late, arguments.defaults, strict=True)]
    pairs += [
        (argument, default)
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is not None
    ]
    defaults = {argument.arg: known_or_not(machine, value, scope) for argument, value in pairs}
    name = node.name if isinstance(node, ast.FunctionDef) else "lambda"
    return Function(name, node, scope, defaults)


def known_or_not(machine: Machine, node: ast.expr, scope: Scope) -> object:
    """Return the value of an expression, `Unknown` also where it cannot be read.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where names are looked up.
    """
    try:
        return machine.value(node, scope)
    except SpentError:
        raise
    except CannotReadError as reason:
        if machine.tries and isinstance(reason, RaisedError):
            raise
        return Unknown(reason.line, reason.why, may_make_layers(node))


def may_make_layers(node: ast.AST) -> bool:
    """Return whether something calls what is written like a class.

    Args:
        node: An expression or a statement.

    >>> may_make_layers(ast.parse("self.attention = SelfAttention(64)"))
    True
    """
    called = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    names = (getattr(each, "attr", getattr(each, "id", "")) for each in called)
    return any(name[:1].isupper() for name in names)


def _constant(machine: Machine, node: ast.Constant, scope: Scope) -> object:
    if node.value is Ellipsis or isinstance(node.value, bytes):
        return machine.unknown(node.lineno, "`{code}` is not told by the text.")
    return checked(node.value, node.lineno)


def _name(machine: Machine, node: ast.Name, scope: Scope) -> object:
    return look_up(machine, node.id, scope, node.lineno)


def _attribute(machine: Machine, node: ast.Attribute, scope: Scope) -> object:
    return machine.attribute(machine, machine.value(node.value, scope), node.attr, node.lineno)


def _call(machine: Machine, node: ast.Call, scope: Scope) -> object:
    if isinstance(node.func, ast.Name):
        function = look_up(machine, node.func.id, scope, node.lineno, is_called=True)
    else:
        function = machine.value(node.func, scope)
    if isinstance(function, Library) and function.path == "builtins.super" and not node.args:
        return machine.called(function, node.lineno, scope)  # it looks where it stands
    return machine.call(machine, function, _arguments(machine, node, scope), node.lineno)


def _arguments(machine: Machine, node: ast.Call, scope: Scope) -> Arguments:
    args: list[object] = []
    for argument in node.args:
        given = argument.value if isinstance(argument, ast.Starred) else argument
        value = _argument(machine, given, scope)
        args += (
            spread(machine, value, node.lineno) if isinstance(argument, ast.Starred) else [value]
        )
        checked(args, node.lineno)
    keywords: dict[str, object] = {}
    for keyword in node.keywords:
        value = _argument(machine, keyword.value, scope)
        if keyword.arg is None:
            if not isinstance(value, dict):
                raise machine.refusal(node.lineno, "`{code}`: `**` needs a dict.")
            keywords |= {str(name): each for name, each in value.items()}
        elif keyword.arg in keywords:
            raise CannotReadError(
                node.lineno, "`{name}` is given twice. Give it once.", name=keyword.arg
            )
        else:
            keywords[keyword.arg] = value
    return args, keywords


def _argument(machine: Machine, node: ast.expr, scope: Scope) -> object:
    """Return an argument; an unknown one keeps how it is written."""
    value = known_or_not(machine, node, scope)
    if not isinstance(value, Unknown) or value.text:
        return value
    with python_errors(node.lineno):
        return replace(value, text=ast.unparse(node)[:SHOWN_CHARACTERS])


def _binary(machine: Machine, node: ast.BinOp, scope: Scope) -> object:
    left, right = machine.value(node.left, scope), machine.value(node.right, scope)
    return computed(machine, type(node.op), left, right, node.lineno)


def _unary(machine: Machine, node: ast.UnaryOp, scope: Scope) -> object:
    return turned(machine, type(node.op), machine.value(node.operand, scope), node.lineno)


def _boolean(machine: Machine, node: ast.BoolOp, scope: Scope) -> object:
    value: object = None
    for each in node.values:
        value = machine.value(each, scope)
        if is_true(value, node.lineno) == isinstance(node.op, ast.Or):
            return value
    return value


def _comparison(machine: Machine, node: ast.Compare, scope: Scope) -> object:
    left = machine.value(node.left, scope)
    for operator, each in zip(node.ops, node.comparators, strict=True):
        right = machine.value(each, scope)
        if isinstance(operator, ast.In | ast.NotIn):
            right = machine.listed(right, node.lineno)
        answer = compared(type(operator), left, right, node.lineno)
        if answer is not True:
            return answer
        left = right
    return True


def _either(machine: Machine, node: ast.IfExp, scope: Scope) -> object:
    is_first = is_true(machine.value(node.test, scope), node.lineno)
    return machine.value(node.body if is_first else node.orelse, scope)


def _text(machine: Machine, node: ast.JoinedStr, scope: Scope) -> object:
    parts: list[str] = []
    for part in node.values:
        value = machine.value(part.value if isinstance(part, ast.FormattedValue) else part, scope)
        if isinstance(value, Unknown):
            return value
        style = ""
        if isinstance(part, ast.FormattedValue) and part.format_spec:
            spec = machine.value(part.format_spec, scope)
            if isinstance(spec, Unknown):
                return spec
            style = str(spec)
        parts.append(formatted(value, style, node.lineno))
        machine.pay(len(parts[-1]), node.lineno)
    return checked("".join(parts), node.lineno)


def _lambda(machine: Machine, node: ast.Lambda, scope: Scope) -> object:
    return function_value(machine, node, scope)


def _walrus(machine: Machine, node: ast.NamedExpr, scope: Scope) -> object:
    value = machine.value(node.value, scope)
    scope.names[node.target.id] = value
    return value


_HANDLERS: dict[type[ast.expr], Callable[[Machine, Any, Scope], object]] = {
    **{ast.Constant: _constant, ast.Name: _name, ast.Attribute: _attribute, ast.Call: _call},
    **dict.fromkeys((ast.List, ast.Tuple, ast.Set), list_display),
    **{ast.Dict: dict_display, ast.BinOp: _binary, ast.UnaryOp: _unary, ast.BoolOp: _boolean},
    **{ast.Compare: _comparison, ast.IfExp: _either, ast.Subscript: subscript},
    **dict.fromkeys((ast.ListComp, ast.GeneratorExp, ast.SetComp), list_comprehension),
    **{ast.DictComp: dict_comprehension, ast.Slice: slice_bounds},
    **{ast.JoinedStr: _text, ast.Lambda: _lambda, ast.NamedExpr: _walrus},
}
