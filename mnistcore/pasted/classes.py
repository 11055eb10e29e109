"""Objects of the text's classes: networks, configurations, members of enumerations; copies."""

import ast
from collections.abc import Iterable
from typing import Any

from mnistcore.evaluator.answers import compared
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.packages import not_known, told
from mnistcore.evaluator.torch_module import CONTAINERS, Module
from mnistcore.evaluator.values import (
    Bound,
    Function,
    Library,
    Partial,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.pasted.modules import set_up
from mnistcore.pasted.signatures import LAYERS, LAZY
from mnistcore.sentences import Sentence


class TextMember(str):
    """A member of an enumeration whose members are texts."""

    of: TextClass
    attributes: dict[str, object]


class NumberMember(int):
    """A member of an enumeration whose members are numbers."""

    of: TextClass
    attributes: dict[str, object]


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


def make_members(of: TextClass) -> None:
    """Make members of what stands in an enumeration, if that was not done; else nothing.

    Args:
        of: Any class.
    """
    for base in of.lineage() if of.is_enumeration else ():
        if not isinstance(base, TextClass):
            continue
        made: list[tuple[object, object]] = []
        for name, value in base.members.items():
            if isinstance(value, Function | Thing | TextMember | NumberMember) or name[0] == "_":
                continue
            first = (member for known, member in made if known == value)
            made.append((value, next(first, None) or _member(of, name, value)))
            base.members[name] = made[-1][1]


def _member(of: TextClass, name: str, value: object) -> object:
    """Return a member of an enumeration; one that is a text or a number too is one here."""
    names = {base.name for base in of.lineage() if isinstance(base, Library)}
    member: TextMember | NumberMember | Thing = Thing(of)
    if isinstance(value, str) and names & {"str", "StrEnum"}:
        member = TextMember(value)
    elif isinstance(value, int) and names & {"int", "IntEnum"}:
        member = NumberMember(value)
    elif names & {"str", "StrEnum", "int", "IntEnum"}:
        return value
    member.of, member.attributes = of, {"name": name, "value": value}
    return member


def member_called(machine: Machine, of: TextClass, value: object, line: int) -> object:
    """Return the member of an enumeration that a value belongs to, as `Mode("same")` does.

    Args:
        machine: The reader.
        of: The enumeration.
        value: Of the member.
        line: Where.
    """
    make_members(of)
    for each in of.members.values():
        attributes = getattr(each, "attributes", {})
        if each is value or (
            attributes and compared(ast.Eq, attributes["value"], value, line) is True
        ):
            return each
    return told(value, line) if isinstance(told(value, line), Unknown) else not_known(of.name, line)
