"""Python's comprehensions: `[nn.Linear(8, 8) for _ in range(3)]` and its like."""

import ast
from collections.abc import Iterator

from mnistcore.evaluator.arithmetic import is_true
from mnistcore.evaluator.limits import checked, python_errors, require_small
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.names import assign
from mnistcore.evaluator.values import Scope


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
    if not isinstance(node, ast.SetComp):
        return values
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


def _rounds(machine: Machine, generators: list[ast.comprehension], scope: Scope) -> Iterator[Scope]:
    if not generators:
        yield scope
        return
    generator, line = generators[0], generators[0].target.lineno
    for element in machine.elements(machine.value(generator.iter, scope), line):
        machine.step(line)
        assign(machine, generator.target, element, scope)
        if all(is_true(machine.value(test, scope), line) for test in generator.ifs):
            yield from _rounds(machine, generators[1:], scope)
