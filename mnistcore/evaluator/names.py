"""Names: what they stand for, and what an assignment makes of them."""

import ast
import builtins

from mnistcore.evaluator.limits import CannotReadError, python_errors, require_small
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    UNDEFINED,
    Function,
    Library,
    Scope,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.sentences import Sentence

# What a text may use without importing it, as people paste the middle of a program.
USUAL = {
    **{"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional", "np": "numpy"},
    **{"math": "math", "OrderedDict": "collections.OrderedDict", "partial": "functools.partial"},
    **{
        "optim": "torch.optim",
        "torchvision": "torchvision",
        "transforms": "torchvision.transforms",
    },
}
STARS = "*"  # where a scope keeps the packages of which everything was imported


def look_up(
    machine: Machine, name: str, scope: Scope, line: int, *, is_called: bool = False
) -> object:
    """Return what a name stands for.

    Args:
        machine: The reader.
        name: The name.
        scope: Where it is used.
        line: Where it is used.
        is_called: Whether it is called, so that `GELU` is a class and no constant.

    Raises:
        CannotReadError: The text does not define it.
    """
    looking: Scope | None = scope
    while looking:
        if name in looking.names and (looking is scope or not looking.is_class):
            return looking.names[name]
        looking = looking.parent
    if name == "__name__":
        return "__main__"
    if name in USUAL:
        return Library(USUAL[name])
    if hasattr(builtins, name):
        return Library(f"builtins.{name}")
    stars = scope.top().names.get(STARS)
    if name[:1].isupper() and (is_called or not name.isupper()):
        return Library(f"{UNDEFINED}.{name}")
    if isinstance(stars, str):
        return Library(f"{stars}.{name}")
    raise CannotReadError(
        line, "`{name}` is not defined in this text. Put its line in front.", name=name
    )


def assign(machine: Machine, target: ast.expr, value: object, scope: Scope) -> None:
    """Store a value where an assignment says.

    Args:
        machine: The reader.
        target: The left side.
        value: What is stored.
        scope: Where the assignment stands.

    Raises:
        CannotReadError: It cannot be stored there.
    """
    line = target.lineno
    if isinstance(target, ast.Name):
        scope.names[target.id] = value
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(machine, target.elts, value, scope, line)
    elif isinstance(target, ast.Starred):
        assign(machine, target.value, value, scope)
    elif isinstance(target, ast.Attribute):
        set_attribute(machine, machine.value(target.value, scope), target.attr, value, line)
    elif isinstance(target, ast.Subscript):
        place = machine.value(target.slice, scope)
        _set_item(machine, machine.value(target.value, scope), place, value, line)


def set_attribute(machine: Machine, owner: object, name: str, value: object, line: int) -> None:
    """Store an attribute of an object of the text.

    Args:
        machine: The reader.
        owner: The object.
        name: Of the attribute.
        value: What is stored.
        line: Where.
    """
    mark_contained(value)
    if isinstance(owner, Thing | Module) and (setter := _setter(owner, name)):
        machine.called(setter, line, owner, value)
    elif isinstance(owner, Thing):
        owner.attributes[name] = value
    elif isinstance(owner, TextClass):
        owner.members[name] = value
    elif isinstance(owner, Module):
        why = machine.unknown(line, "`{code}`: what it changes is not followed.")
        if owner.is_layer and name in ("weight", "bias"):
            owner.spoiled = machine.unknown(
                line, "`{code}` exchanges the weights of a layer. What is shared cannot be told."
            )
        elif owner.exchange(name, value, why):
            owner.attributes[name] = value
        elif isinstance(value, Module) or (isinstance(value, Unknown) and value.may_have_weights):
            owner.add(name, value)
        else:
            owner.children.pop(name, None)
            owner.attributes[name] = value


def _setter(owner: Thing | Module, name: str) -> Function | None:
    member = owner.of.find(name) if owner.of else None
    return member.setter if isinstance(member, Function) else None


def delete_attribute(machine: Machine, owner: object, name: str, line: int) -> None:
    """Take an attribute away, as `del` and `delattr` do.

    Args:
        machine: The reader.
        owner: The object.
        name: Of the attribute.
        line: Where.
    """
    why = machine.unknown(line, "`{code}`: what it changes is not followed.")
    if isinstance(owner, Module):
        if not owner.exchange(name, why, why):
            owner.children.pop(name, None)
            owner.attributes.pop(name, None)
    elif isinstance(owner, Thing):
        owner.attributes.pop(name, None)
    elif isinstance(owner, TextClass):
        owner.members.pop(name, None)


def mark_contained(value: object) -> None:
    """Note that modules are parts of something, and no networks of their own.

    Args:
        value: A module, or a list of them.
    """
    if isinstance(value, Module):
        value.is_contained = True
    elif isinstance(value, list | tuple):
        for element in value:
            if isinstance(element, Module):
                element.is_contained = True
    elif isinstance(value, dict):
        mark_contained(list(value.values()))


def _unpack(
    machine: Machine, targets: list[ast.expr], value: object, scope: Scope, line: int
) -> None:
    if isinstance(value, Unknown):
        for target in targets:
            assign(machine, target, value, scope)
        return
    values = machine.elements(value, line)
    stars = [place for place, target in enumerate(targets) if isinstance(target, ast.Starred)]
    if stars:
        behind = len(targets) - stars[0] - 1
        end = len(values) - behind
        if end < stars[0]:
            raise machine.refusal(line, "`{code}`: there are too few values.")
        values = [*values[: stars[0]], values[stars[0] : end], *values[end:]]
    if len(values) != len(targets):
        raise machine.refusal(
            line,
            "`{code}`: {count} values for {names} names.",
            count=len(values),
            names=len(targets),
        )
    for target, each in zip(targets, values, strict=True):
        assign(machine, target, each, scope)


def _set_item(machine: Machine, owner: object, place: object, value: object, line: int) -> None:
    mark_contained(value)
    if isinstance(owner, Unknown | Library):
        return
    if isinstance(place, Unknown):
        raise place.error()
    with python_errors(line):
        require_small(place, line)
        if isinstance(owner, Module) and isinstance(value, Module | Unknown):
            names = list(owner.children)
            name = place if isinstance(place, str) else names[place]  # type: ignore[call-overload]
            owner.add(name, value)
        elif isinstance(owner, list):
            owner[place] = value  # type: ignore[call-overload]
        elif isinstance(owner, dict):
            owner[place] = value
        else:
            raise machine.refusal(line, "`{code}` stores into what is no list.")


def share(machine: Machine, statement: ast.Global | ast.Nonlocal, scope: Scope) -> None:
    """Make names unknown that an inner function may change from now on.

    Args:
        machine: The reader.
        statement: `global` or `nonlocal`.
        scope: Where it stands.
    """
    is_global = isinstance(statement, ast.Global)
    why = Sentence(
        "A name that is shared by `{word}` is not followed here.",
        word="global" if is_global else "nonlocal",
    )
    for name in statement.names:
        outer = scope.top() if is_global else scope.parent
        while outer and not is_global and name not in outer.names:
            outer = outer.parent
        if outer:
            outer.names[name] = Unknown(statement.lineno, why, may_have_weights=True)
