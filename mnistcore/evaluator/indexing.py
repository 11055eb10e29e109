"""What stands in square brackets: `layers[0]`, `layers[:-1]`, `sizes["conv"]`."""

import ast

from mnistcore.evaluator.chain import Chain, Tensor
from mnistcore.evaluator.limits import python_errors, require_small
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Library, Scope, TextClass, Unknown


def subscript(machine: Machine, node: ast.Subscript, scope: Scope) -> object:
    """Return a part of a list, a dictionary, a text, a module or a tensor of images.

    Args:
        machine: The reader.
        node: The expression.
        scope: Where it stands.
    """
    value, line = machine.value(node.value, scope), node.lineno
    if isinstance(value, Library | TextClass):
        return value  # such as `list[int]` or `Generic[T]`
    place = machine.value(node.slice, scope)
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
