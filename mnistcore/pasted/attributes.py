"""What stands behind a dot: parts of modules, members of classes, methods of lists and tensors."""

import ast
import math

from mnistcore.evaluator.answers import PLAIN, compared
from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.packages import class_of, is_told, not_known, told
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    BatchSize,
    Bound,
    Function,
    Library,
    Method,
    Super,
    TextClass,
    Thing,
    Unknown,
)
from mnistcore.pasted.signatures import argument_default
from mnistcore.pasted.tensors import tensor_attribute
from mnistcore.sentences import Sentence


class TextMember(str):
    """A member of an enumeration whose members are texts."""

    of: TextClass
    attributes: dict[str, object]


class NumberMember(int):
    """A member of an enumeration whose members are numbers."""

    of: TextClass
    attributes: dict[str, object]


NUMBERS = {"math.pi": math.pi, "math.e": math.e, "numpy.pi": math.pi}
# What every module of torch has, and what only containers have.
METHODS = {
    *("to", "cuda", "cpu", "eval", "train", "half", "float", "double", "bfloat16", "type"),
    *("requires_grad_", "apply", "share_memory", "compile", "children", "named_children"),
    *("modules", "named_modules", "parameters", "named_parameters", "buffers", "named_buffers"),
    *("state_dict", "load_state_dict", "add_module", "register_module", "register_buffer"),
    *(
        "register_parameter",
        "register_forward_hook",
        "register_forward_pre_hook",
        "zero_grad",
        "forward",
        "get_submodule",
    ),
    *("append", "extend", "insert", "keys", "values", "items", "update", "pop", "__init__"),
    *("__call__", "__setattr__", "__len__", "save_hyperparameters", "log", "print", "_get_name"),
}


def attribute_of(machine: Machine, value: object, name: str, line: int) -> object:
    """Return what stands behind a dot.

    Args:
        machine: The reader.
        value: What stands before it.
        name: The name behind it.
        line: Where.

    Raises:
        CannotReadError: There is nothing of that name.
    """
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Library):
        if name in ("__name__", "__qualname__") and is_told(value):
            return value.name
        path = f"{value.path}.{name}"
        return NUMBERS.get(path, Library(path))
    if isinstance(value, Module):
        return _of_module(machine, value, name, line)
    if isinstance(value, Thing | TextClass | Super):
        return _of_text(machine, value, name, line)
    if isinstance(value, Tensor):
        found = tensor_attribute(value, name, line)
        return Method(value, name) if found is None else found
    if isinstance(value, BatchSize):
        return Unknown(line, Sentence("This depends on how many images go in."))
    if isinstance(value, Function) and name == "__name__":
        return value.name
    if isinstance(value, PLAIN):
        return _of_plain(machine, value, name, line)
    raise machine.refusal(line, "`{code}`: there is no `{name}` here.", name=name)


def _of_plain(machine: Machine, value: object, name: str, line: int) -> object:
    """Return a method of Python's own values, or what a member of an enumeration has besides."""
    if isinstance(value, TextMember | NumberMember) and name in ("name", "value"):
        return value.attributes[name]
    if name == "__class__":
        return class_of(value)
    if hasattr(type(value), name) or (name == "numel" and isinstance(value, tuple)):
        return Method(value, name)
    raise machine.refusal(line, "`{code}`: there is no `{name}` here.", name=name)


def member_of(machine: Machine, member: object, target: object, of: TextClass, line: int) -> object:
    """Return a member of a class as its object sees it.

    Args:
        machine: The reader.
        member: As it stands in the class.
        target: The object.
        of: The class.
        line: Where.
    """
    if not isinstance(member, Function):
        return member
    if member.way == "property":
        return machine.called(member, line, target)
    if member.way == "staticmethod":
        return member
    return Bound(member, of if member.way == "classmethod" else target)


def _of_module(machine: Machine, module: Module, name: str, line: int) -> object:
    if module.spoiled and name not in METHODS:
        return module.spoiled
    if module.has(name):
        return module.get(name)
    if module.of and (member := module.of.find(name)) is not None:
        return member_of(machine, member, module, module.of, line)
    if name == "training":
        return False  # the numbers are those of prediction
    if name == "_modules":
        return module.children
    if name == "__class__":
        return class_of(module)
    if name in METHODS:
        return Method(module, name)
    if module.is_layer:
        found = module.arguments.get(name, argument_default(module.kind, name))
        not_told = machine.unknown(
            line, "`{code}`: a layer's `{name}` is not told by the text.", name=name
        )
        return not_told if found is None else found
    raise machine.refusal(
        line, "`{code}`: {module} has no `{name}`.", module=module.name, name=name
    )


def _of_text(machine: Machine, value: Thing | TextClass | Super, name: str, line: int) -> object:
    if isinstance(value, Super):
        return _of_super(machine, value, name, line)
    if isinstance(value, Thing) and name in value.attributes:
        return value.attributes[name]
    of = value.of if isinstance(value, Thing) else value
    make_members(of)
    member = of.find(name)
    if member is not None:
        if isinstance(value, Thing):
            return member_of(machine, member, value, of, line)
        is_bound = isinstance(member, Function) and member.way == "classmethod"
        return Bound(member, of) if is_bound else member
    if name == "__name__":
        return of.name
    if name in ("__class__", "__dict__"):
        return of if name == "__class__" else dict(getattr(value, "attributes", {}))
    foreign = next((base for base in of.lineage() if not isinstance(base, TextClass)), None)
    if foreign is not None:
        return machine.unknown(
            line, "`{code}`: `{name}` of {of} is not in the text.", name=name, of=of.name
        )
    raise machine.refusal(line, "`{code}`: {of} has no `{name}`.", of=of.name, name=name)


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


def _of_super(machine: Machine, value: Super, name: str, line: int) -> object:
    target = value.target
    of = target if isinstance(target, TextClass) else getattr(target, "of", None)
    if not isinstance(of, TextClass):
        raise machine.refusal(line, "`{code}` stands outside of a class.")
    member = of.find(name, behind=value.behind)
    if member is not None:
        return member_of(machine, member, target, of, line)
    return Method(target, f"super {name}")
