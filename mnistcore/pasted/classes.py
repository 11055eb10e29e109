"""Objects of the text's classes: networks, blocks, and configurations; copies of them."""

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.torch_module import CONTAINERS, Module
from mnistcore.evaluator.values import Bound, Library, Partial, TextClass, Thing, Unknown
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.pasted.modules import set_up
from mnistcore.pasted.signatures import LAYERS, LAZY
from mnistcore.sentences import Sentence

HARMLESS_BASES = {"object", "ABC", "Generic", "Protocol", "Module", "Enum", "Dataset", "NamedTuple"}


def make_object(machine: Machine, of: TextClass, arguments: Arguments, line: int) -> object:
    """Return a new object of a class of the text.

    Args:
        machine: The reader.
        of: The class.
        arguments: By place and by name.
        line: Where it is made.

    Raises:
        CannotReadError: The arguments do not fit, or the class cannot be followed.
    """
    if not of.is_module:
        thing = Thing(of)
        return _begun(machine, thing, of, arguments, line)
    module = machine.new_module(of.base_kind, line, of)
    if foreign := foreign_base(of):
        module.spoiled = Unknown(
            of.line,
            Sentence(
                "`{of}` builds on `{base}`, which is not in this text. Put it in front.",
                of=of.name,
                base=foreign,
            ),
            may_have_weights=True,
        )
    begun = _begun(machine, module, of, arguments, line)
    if module.of and of.find("__init__") is None and module.kind:
        set_up(machine, module, arguments, line)
    return begun


def foreign_base(of: TextClass) -> str:
    """Return the name of a class that a network builds on and that is not known; "" if none.

    Args:
        of: The network's class.
    """
    for base in of.lineage():
        if isinstance(base, Unknown):
            return base.why.split("`")[1] if "`" in base.why else "something"
        if isinstance(base, Library):
            is_torchs = base.name in CONTAINERS or base.name in LAYERS or base.name in LAZY
            is_layer = is_torchs or base.name in LAYER_KINDS
            if not is_layer and not base.name.endswith(("Module", *HARMLESS_BASES)):
                return base.name
    return ""


def _begun(
    machine: Machine, made: Module | Thing, of: TextClass, arguments: Arguments, line: int
) -> object:
    """Run the class's own `__init__`, or the one that a dataclass has."""
    made_before = len(machine.modules)
    with machine.deeper(line):
        if (beginning := of.find("__init__")) is not None:
            machine.call(machine, beginning, ([made, *arguments[0]], arguments[1]), line)
        else:
            _begin_dataclass(machine, made, of, arguments, line)
    for part in machine.modules[made_before:]:
        part.is_contained = True
    return made


def _begin_dataclass(
    machine: Machine, made: Module | Thing, of: TextClass, arguments: Arguments, line: int
) -> None:
    ending = of.find("__post_init__")
    if isinstance(made, Thing) or ending is not None:
        made.attributes |= _dataclass_values(machine, of, arguments, line)
    if ending is not None:
        machine.called(ending, line, made)


def _dataclass_values(
    machine: Machine, of: TextClass, arguments: Arguments, line: int
) -> dict[str, object]:
    fields = [
        statement.target.id
        for base in reversed([each for each in of.lineage() if isinstance(each, TextClass)])
        for statement in base.node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]
    if not fields:
        return {}
    values = {name: of.find(name) for name in fields if of.find(name) is not None}
    values |= dict(zip(fields, arguments[0], strict=False)) | arguments[1]
    for name in fields:
        if name not in values:
            raise CannotReadError(
                line, "`{of}` needs `{name}`. Give it a value.", of=of.name, name=name
            )
    return values


def shallow_copy(value: object) -> object:
    """Return what `copy.copy` gives: a list of its own with the same elements.

    Args:
        value: Anything; a layer's copy has the same weights.

    >>> inner = [16]
    >>> copied = shallow_copy([inner])
    >>> copied == [inner], copied[0] is inner
    (True, True)
    """
    if isinstance(value, Module):
        value.is_contained |= value.is_layer
        arguments, attributes = dict(value.arguments), dict(value.attributes)
        return replace(value, arguments=arguments, attributes=attributes)
    if isinstance(value, Thing):
        return Thing(value.of, dict(value.attributes))
    return value.copy() if isinstance(value, list | dict | set) else value


def deep_copy(machine: Machine, value: object, line: int, done: dict[int, object]) -> object:
    """Return what `copy.deepcopy` gives: modules in it have weights of their own.

    Args:
        machine: The reader.
        value: Anything.
        line: Where.
        done: The copies so far, by the identity of what was copied.
    """
    if id(value) in done:
        return done[id(value)]
    machine.step(line)

    def each(values: Iterable[object]) -> list[Any]:
        return [deep_copy(machine, part, line, done) for part in values]

    def named(values: dict[Any, object]) -> dict[Any, object]:
        return dict(zip(each(values), each(values.values()), strict=True))

    with machine.deeper(line):
        if isinstance(value, tuple):
            return tuple(each(value))
        if isinstance(value, Bound):
            return Bound(value.function, *each([value.target]))
        if isinstance(value, Partial):
            return Partial(value.function, tuple(each(value.args)), named(value.keywords))
        if isinstance(value, list | dict | set):
            copied: Any = type(value)()
            done[id(value)] = copied
            fill = copied.extend if isinstance(value, list) else copied.update
            fill(named(value) if isinstance(value, dict) else each(value))
            return copied
        if isinstance(value, Thing):
            thing = done[id(value)] = Thing(value.of)
            thing.attributes = named(value.attributes)
            return thing
        if isinstance(value, Module):
            value.is_contained |= value.is_layer
            copy = done[id(value)] = machine.new_module(value.kind, value.line, value.of)
            copy.fault, copy.spoiled = value.fault, value.spoiled
            copy.is_undefined, copy.is_guessed = value.is_undefined, value.is_guessed
            copy.arguments, copy.attributes = named(value.arguments), named(value.attributes)
            for name, child in value.children.items():
                copy.add(name, *each([child]))
            return copy
    return value
