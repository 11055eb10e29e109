"""Python's lists, tuples, sets and dictionaries: written out, as comprehensions, their parts.

What stands in square brackets may be a part of a network too: `layers[0]`, `layers[:-1]`.
"""

import ast
import typing
from collections.abc import Iterator

from mnistcore.evaluator.answers import is_true
from mnistcore.evaluator.chain import Chain, Tensor
from mnistcore.evaluator.limits import checked, python_errors, require_small, shown
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.names import assign, delete_attribute
from mnistcore.evaluator.packages import is_told, told
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Library, Once, Scope, TextClass, Unknown


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


def subscript(machine: Machine, node: ast.Subscript, scope: Scope) -> object:
    """Return a part of a list, a dictionary, a text, a module or a tensor of images.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    value, line = machine.value(node.value, scope), node.lineno
    if isinstance(value, Library) and (is_told(value) or value.name in typing.__all__):
        return value  # such as `list[int]` or `Generic[T]`
    if isinstance(value, TextClass) and not value.is_enumeration:
        return value
    place = told(machine.value(node.slice, scope), line)
    if isinstance(value, Library):
        return Library(f"{value.path}[{shown(place)}]")
    if isinstance(value, TextClass):
        return machine.attribute(machine, value, place, line) if isinstance(place, str) else place
    for each in (value, place):
        if isinstance(each, Unknown):
            return each
    if isinstance(value, Tensor):
        if not isinstance(place, int):
            raise machine.refusal(line, "`{code}` cuts a part out of the images.")
        return Tensor(value.sizes(line)[1:], Chain())
    if isinstance(value, Module):
        return _part(machine, value, place, line)
    with python_errors(line):
        require_small(place, line)
        found: object = value[place]  # type: ignore[index]
        if isinstance(place, slice):
            machine.pay(len(value), line)  # type: ignore[arg-type]
        return found


def slice_bounds(machine: Machine, node: ast.Slice, scope: Scope) -> object:
    """Return a slice, as it stands between square brackets.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    bounds = [
        machine.value(each, scope) if each else None for each in (node.lower, node.upper, node.step)
    ]
    for bound in bounds:
        if isinstance(bound, Unknown):
            return bound
    return slice(*bounds)


def delete(machine: Machine, statement: ast.Delete, scope: Scope) -> None:
    """Follow `del`.

    Args:
        machine: The reader.
        statement: What is taken away.
        scope: Where it stands.
    """
    for target in statement.targets:
        if isinstance(target, ast.Name):
            scope.names.pop(target.id, None)
        elif isinstance(target, ast.Attribute):
            owner = machine.value(target.value, scope)
            delete_attribute(machine, owner, target.attr, target.lineno)
        elif isinstance(target, ast.Subscript):
            take_away(machine, target, scope)
        else:
            raise machine.refusal(statement.lineno, "`{code}` takes away.")


def take_away(machine: Machine, node: ast.Subscript, scope: Scope) -> None:
    """Take a part out of a list, a dictionary or a container of modules, as `del` does.

    Args:
        machine: The reader.
        node: The part.
        scope: Where it stands.

    Raises:
        CannotReadError: It is not known what is taken.
    """
    owner, place = machine.value(node.value, scope), machine.value(node.slice, scope)
    line = node.lineno
    for each in (owner, place):
        if isinstance(each, Unknown):
            raise each.error()
    require_small(place, line)
    with python_errors(line):
        if isinstance(owner, list | dict):
            del owner[place]  # type: ignore[arg-type]
            return
        if isinstance(owner, Module) and owner.is_container:
            owner.require_known()
            if isinstance(place, str):
                del owner.children[place]
                return
            left = list(owner.children.values())
            del left[place]  # type: ignore[arg-type]
            owner.children = {str(number): child for number, child in enumerate(left)}
            return
    raise machine.refusal(line, "`{code}` takes away what is not known here.")


def _part(machine: Machine, module: Module, place: object, line: int) -> object:
    module.require_known()
    with python_errors(line):
        if isinstance(place, str):
            return module.children[place]
        names = list(module.children)
        if isinstance(place, slice):
            part = machine.new_module(module.kind, line)
            part.is_contained = True
            part.children = {str(i): module.children[n] for i, n in enumerate(names[place])}
            return part
        return module.children[names[place]]  # type: ignore[call-overload]
