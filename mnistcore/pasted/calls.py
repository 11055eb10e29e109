"""Calls: of functions and classes of the text, of methods, of what Python and torch bring along."""

import ast

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.names import mark_contained
from mnistcore.evaluator.python_methods import call_method
from mnistcore.evaluator.statements import ReturnedSignal
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    Bound,
    Function,
    Library,
    Method,
    Partial,
    Scope,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.pasted.classes import make_object, member_called
from mnistcore.pasted.libraries import call_library
from mnistcore.pasted.module_methods import call_module_method
from mnistcore.pasted.modules import call_module
from mnistcore.pasted.tensors import tensor_method


def call(machine: Machine, function: object, arguments: Arguments, line: int) -> object:
    """Return what a call gives; `Unknown` if what is called is not known.

    Args:
        machine: The reader.
        function: What is called.
        arguments: By place and by name.
        line: Where.

    Raises:
        CannotReadError: The call is impossible, or a network is not understood.
    """
    machine.step(line)
    args, keywords = arguments
    if isinstance(function, Unknown):
        mark_contained(args)
        return function
    if isinstance(function, Library):
        return call_library(machine, function, arguments, line)
    if isinstance(function, Module):
        return call_module(machine, function, arguments, line)
    if isinstance(function, Function):
        return run(machine, function, arguments, line)
    if isinstance(function, Bound):
        return machine.call(machine, function.function, ([function.target, *args], keywords), line)
    if isinstance(function, TextClass):
        if function.is_enumeration and args:
            return member_called(machine, function, args[0], line)
        return make_object(machine, function, arguments, line)
    if isinstance(function, Partial):
        merged = [*function.args, *args], function.keywords | keywords
        return machine.call(machine, function.function, merged, line)
    if isinstance(function, Thing) and (member := function.of.find("__call__")):
        return machine.call(machine, member, ([function, *args], keywords), line)
    if isinstance(function, Method):
        return _call_method(machine, function, arguments, line)
    raise machine.refusal(line, "`{code}` calls what is no function.")


def run(machine: Machine, function: Function, arguments: Arguments, line: int) -> object:
    """Return what a function of the text gives.

    Args:
        machine: The reader.
        function: The function.
        arguments: By place and by name.
        line: Where it is called.

    Raises:
        CannotReadError: The arguments do not fit, or it cannot be followed.
    """
    node = function.node
    names = _bound(machine, function, arguments, line)
    scope = Scope(names, function.scope, function)
    with machine.deeper(line):
        if isinstance(node, ast.Lambda):
            return machine.value(node.body, scope)
        if any(isinstance(part, ast.Yield | ast.YieldFrom) for part in ast.walk(node)):
            raise CannotReadError(
                node.lineno, "`{function}` is a generator. Return a list.", function=function.name
            )
        try:
            machine.execute(machine, node.body, scope)
        except ReturnedSignal as returned:
            return returned.value
    return None


def _bound(
    machine: Machine, function: Function, arguments: Arguments, line: int
) -> dict[str, object]:
    """Return the values of a function's parameters, as Python hands them over."""
    args, keywords = list(arguments[0]), dict(arguments[1])
    parameters = function.node.args
    by_place = [each.arg for each in (*parameters.posonlyargs, *parameters.args)]
    names = dict(zip(by_place, args, strict=False))
    rest = args[len(by_place) :]
    if parameters.vararg:
        names[parameters.vararg.arg] = tuple(rest)
    elif rest:
        raise machine.refusal(
            line,
            "`{code}`: `{function}` takes {most} arguments at most, not {count}.",
            function=function.name,
            most=len(by_place),
            count=len(args),
        )
    known = [*by_place, *(each.arg for each in parameters.kwonlyargs)]
    for name in known:
        if name in keywords:
            if name in names:
                raise CannotReadError(line, "`{name}` is given twice. Give it once.", name=name)
            names[name] = keywords.pop(name)
        elif name not in names:
            names[name] = _default(machine, function, name, line)
    if parameters.kwarg:
        names[parameters.kwarg.arg] = keywords
    elif keywords:
        raise CannotReadError(
            line,
            "`{function}` has no argument `{name}`.",
            function=function.name,
            name=min(keywords),
        )
    return names


def _default(machine: Machine, function: Function, name: str, line: int) -> object:
    if name not in function.defaults:
        raise machine.refusal(
            line,
            "`{code}`: `{function}` needs `{name}`. Give it a value.",
            function=function.name,
            name=name,
        )
    return function.defaults[name]


def _call_method(machine: Machine, method: Method, arguments: Arguments, line: int) -> object:
    target = method.target
    if isinstance(target, Tensor):
        return tensor_method(machine, target, method.name, arguments, line)
    if isinstance(target, Module):
        return call_module_method(machine, target, method.name, arguments, line)
    if isinstance(target, Thing | TextClass):
        return None  # `super().__init__()` of a class that builds on nothing known
    return call_method(machine, target, method.name, arguments, line)
