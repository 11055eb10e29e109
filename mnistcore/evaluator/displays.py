"""Python's lists, tuples, sets and dictionaries, written out or as comprehensions."""

import ast
from collections.abc import Iterator

from mnistcore.evaluator.arithmetic import is_true
from mnistcore.evaluator.limits import checked, python_errors, require_small
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.names import assign
from mnistcore.evaluator.values import Once, Scope, Unknown


def list_display(machine: Machine, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> object:
    """Return a list, a tuple or a set that is written out.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    elements: list[object] = []
    for element in node.elts:
        if isinstance(element, ast.Starred):
            elements += spread(machine, machine.value(element.value, scope), node.lineno)
        else:
            elements.append(machine.value(element, scope))
        checked(elements, node.lineno)
    if isinstance(node, ast.List):
        return elements
    if isinstance(node, ast.Tuple):
        return tuple(elements)
    with python_errors(node.lineno):
        require_small(elements, node.lineno)
        return set(elements)


def dict_display(machine: Machine, node: ast.Dict, scope: Scope) -> object:
    """Return a dictionary that is written out.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    values: dict[object, object] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        found = machine.value(value, scope)
        if key is None:
            if not isinstance(found, dict):
                raise machine.refusal(node.lineno, "`{code}`: `**` needs a dict.")
            values |= found
            machine.pay(len(found), node.lineno)
            continue
        name = machine.value(key, scope)
        require_small(name, node.lineno)
        with python_errors(node.lineno):
            values[name] = found
    return values


def list_comprehension(
    machine: Machine, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, scope: Scope
) -> object:
    """Return the list that a comprehension or a generator goes through.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    values: list[object] = []
    for inner in _rounds(machine, node.generators, Scope(parent=scope)):
        values.append(machine.value(node.elt, inner))
        checked(values, node.lineno)
    if isinstance(node, ast.ListComp):
        return values
    if isinstance(node, ast.GeneratorExp):
        return Once(values)
    with python_errors(node.lineno):
        require_small(values, node.lineno)
        return set(values)


def dict_comprehension(machine: Machine, node: ast.DictComp, scope: Scope) -> object:
    """Return the dictionary of a comprehension.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    values: dict[object, object] = {}
    for inner in _rounds(machine, node.generators, Scope(parent=scope)):
        key = machine.value(node.key, inner)
        require_small(key, node.lineno)
        with python_errors(node.lineno):
            values[key] = machine.value(node.value, inner)
        checked(values, node.lineno)
    return values


def spread(machine: Machine, value: object, line: int) -> list[object]:
    """Return the elements of `*value`; an unknown one stands for however many there are.

    Args:
        machine: The reader.
        value: What is spread.
        line: Where.
    """
    return [value] if isinstance(value, Unknown) else machine.elements(value, line)


def in_place(old: object, made: object) -> object:
    """Return what `*=` or `|=` makes: a list, a set or a dict stays the one that it was.

    Args:
        old: What stands on the left.
        made: What the operator makes.

    >>> old = [8]
    >>> in_place(old, [8, 8]) is old, old
    (True, [8, 8])
    """
    if isinstance(old, list) and isinstance(made, list):
        old[:] = made
    elif isinstance(old, dict) and isinstance(made, dict):
        old |= made
    elif isinstance(old, set) and isinstance(made, set):
        old &= made
        old |= made
    else:
        return made
    return old


def _rounds(machine: Machine, generators: list[ast.comprehension], scope: Scope) -> Iterator[Scope]:
    if not generators:
        yield scope
        return
    generator, line = generators[0], generators[0].target.lineno
    for element in machine.rounds(machine.value(generator.iter, scope), line):
        machine.step(line)
        assign(machine, generator.target, element, scope)
        if all(is_true(machine.value(test, scope), line) for test in generator.ifs):
            yield from _rounds(machine, generators[1:], scope)
