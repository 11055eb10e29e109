"""What stands behind a dot: parts of modules, members of classes, methods of lists and tensors."""

import math

from mnistcore.evaluator.answers import PLAIN
from mnistcore.evaluator.chain import Chain, Tensor
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.packages import class_of, is_told
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
from mnistcore.pasted.classes import NumberMember, TextMember, make_members
from mnistcore.pasted.signatures import LAYERS, argument_default, argument_names
from mnistcore.pasted.tensors import tensor_attribute
from mnistcore.sentences import Sentence

NUMBERS = {"math.pi": math.pi, "math.e": math.e, "numpy.pi": math.pi}
# What torch may spread to all axes, and the layers that have weights and mostly a bias.
SIZES = {
    *("kernel_size", "stride", "padding", "dilation", "output_padding", "normalized_shape"),
}
WEIGHTED = ("Conv", "BatchNorm", "InstanceNorm", "GroupNorm", "LayerNorm", "Linear")
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
    if module.is_layer and (name not in ("weight", "bias") or _has_weight(module.kind, name)):
        not_told = machine.unknown(
            line, "`{code}`: a layer's `{name}` is not told by the text.", name=name
        )
        return _as_stored(module, name, not_told)
    raise machine.refusal(
        line, "`{code}`: {module} has no `{name}`.", module=module.name, name=name
    )


def _has_weight(kind: str, name: str) -> bool:
    """Return whether a layer may have a weight or a bias; of a kind not known here, it may."""
    is_weighted = kind.removeprefix("Lazy").startswith(WEIGHTED)
    return is_weighted or kind not in LAYERS or (kind == "PReLU" and name == "weight")


def _as_stored(module: Module, name: str, not_told: Unknown) -> object:
    """Return what torch keeps of a layer under a name, which is not always what was typed."""
    kind = module.kind.removeprefix("Lazy")
    if name in ("weight", "bias"):
        return _weight(module, {"affine", "elementwise_affine", name}, not_told)
    value = module.arguments.get(name, argument_default(kind, name))
    if name == "stride" and value is None and "Pool" in kind:
        value = module.arguments.get("kernel_size")
    axes = _axes(kind, name)
    if axes and isinstance(value, int | list | tuple):
        return (value,) * axes if isinstance(value, int) else tuple(value)
    return not_told if value is None and name not in module.arguments else value


def _axes(kind: str, name: str) -> int:
    """Return to how many axes torch spreads a number, 0 where it keeps it as it is typed."""
    if kind.startswith("Conv") or kind == "AvgPool1d":
        return int(kind[-2]) if name in SIZES else 0
    return {"LayerNorm": 1, "ZeroPad2d": 4}.get(kind, 0) if name in SIZES else 0


def _weight(module: Module, switches: set[str], not_told: Unknown) -> object:
    """Return a tensor of which nothing is known but that it is there, or None if it is not."""
    for switch in sorted(switches & {*(argument_names(module.kind) or ())}):
        is_on = module.arguments.get(switch, argument_default(module.kind, switch))
        if not isinstance(is_on, bool):
            return is_on if isinstance(is_on, Unknown) else not_told
        if not is_on:
            return None
    return Tensor(None, Chain(problem=not_told.error()))


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


def _of_super(machine: Machine, value: Super, name: str, line: int) -> object:
    target = value.target
    of = target if isinstance(target, TextClass) else getattr(target, "of", None)
    if not isinstance(of, TextClass):
        raise machine.refusal(line, "`{code}` stands outside of a class.")
    member = of.find(name, behind=value.behind)
    if member is not None:
        return member_of(machine, member, target, of, line)
    return Method(target, f"super {name}")
