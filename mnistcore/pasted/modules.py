"""torch.nn's layers and containers made, called and asked, as far as a text needs it."""

from collections import OrderedDict
from difflib import get_close_matches

from mnistcore.evaluator.chain import Call, Tensor
from mnistcore.evaluator.limits import CannotReadError, shown
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.packages import told
from mnistcore.evaluator.torch_module import CONTAINERS, Module
from mnistcore.evaluator.values import Unknown
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.pasted.guessing import behind_gap
from mnistcore.pasted.signatures import (
    LAZY,
    argument_names,
    bound_arguments,
    memory_note,
)
from mnistcore.sentences import Sentence

MOST_NUMBERS = 8  # of one argument
ALIKE = 0.8  # two names that may be mistaken for each other


def make_module(machine: Machine, kind: str, arguments: Arguments, line: int) -> object:
    """Return what a call of a class of torch.nn makes.

    Args:
        machine: The reader.
        kind: The class, such as `Conv2d`.
        arguments: By place and by name.
        line: Of the call.
    """
    if kind.endswith("Loss"):
        return Unknown(line, Sentence("nn.{kind} is a loss, no layer.", kind=kind))
    if kind.startswith("Parameter") or kind in ("Buffer", "UninitializedParameter"):
        why = Sentence(
            "nn.{kind} is a weight of no layer that is known here. Only layers can be counted.",
            kind=kind,
        )
        return Unknown(line, why, may_have_weights=kind != "Buffer")
    if kind == "DataParallel" and arguments[0]:
        return arguments[0][0]
    module = machine.new_module(kind, line)
    set_up(machine, module, arguments, line)
    return module


def set_up(machine: Machine, module: Module, arguments: Arguments, line: int) -> None:
    """Give a layer or a container of torch.nn its arguments.

    Args:
        machine: The reader.
        module: The layer or container.
        arguments: By place and by name.
        line: Of the call.
    """
    if module.kind in CONTAINERS:
        _fill(machine, module, arguments, line)
    else:
        arguments = (
            [told(value, line) for value in arguments[0]],
            {name: told(value, line) for name, value in arguments[1].items()},
        )
        module.arguments, module.fault = bound_arguments(module.kind, arguments)
        if module.kind.startswith("LazyInstanceNorm"):
            module.arguments.setdefault("affine", True)  # as torch has it for the lazy ones alone
        names = argument_names(module.kind) or ()
        given = dict(zip(names, arguments[0], strict=False)) | arguments[1]
        for name in (*names, "padding_mode"):
            module.attributes.pop(name, None)
        if given.get("padding_mode", "zeros") != "zeros":
            module.attributes["padding_mode"] = given["padding_mode"]
        if note := memory_note(module.kind, given):
            machine.note(line, note)


def call_module(machine: Machine, module: Module, arguments: Arguments, line: int) -> object:
    """Return what a module gives for what it is called with.

    Args:
        machine: The reader.
        module: The module.
        arguments: By place and by name.
        line: Of the call.

    Raises:
        CannotReadError: It is not understood what happens.
    """
    machine.step(line)
    module.require_known()
    values = [*arguments[0], *arguments[1].values()]
    tensors = [value for value in values if isinstance(value, Tensor)]
    if not tensors:
        unknown = next((value for value in values if isinstance(value, Unknown)), None)
        return unknown or machine.unknown(line, "`{code}`: what goes in is not told by the text.")
    if not tensors[0].place and tensors[0].shape:
        machine.fed.append((module, tensors[0].image_shape(line)))
    own = [name for name in ("__call__", "forward") if module.of and module.of.find(name)]
    if own:
        made_before = len(machine.modules)
        with machine.deeper(line):
            forward = machine.attribute(machine, module, own[0], line)
            result = machine.call(machine, forward, arguments, line)
        for made in machine.modules[made_before:]:
            made.is_contained = True  # made on the way, and no network of its own
        return result
    if len(values) > 1:
        raise machine.refusal(
            line, "`{code}` gives {module} more than one input.", module=module.name
        )
    if module.kind == "Sequential":
        return _through_all(machine, module, tensors[0], line)
    if module.is_layer:
        return tensors[0].chain.applied(tensors[0], _call(machine, module, tensors[0], line))
    if module.kind:
        raise CannotReadError(
            line,
            "A {module} is not called itself: call its modules one by one.",
            module=module.name,
        )
    raise CannotReadError(
        line, "{module} has no `forward`. Paste the class with it.", module=module.name
    )


def _through_all(machine: Machine, module: Module, tensor: Tensor, line: int) -> object:
    value: object = tensor
    with machine.deeper(line):
        for child in module.children.values():
            if module.is_guessed and isinstance(value, Tensor):
                value = behind_gap(machine, value, child)
            value = machine.called(child, line, value)
    return value


def _call(machine: Machine, module: Module, tensor: Tensor, line: int) -> Call:
    values = dict(module.arguments)
    kind = module.kind
    if kind in LAZY and tensor.shape:
        kind, values = _settled(module, tensor, line)
    if not tensor.chain.problem:
        for name, value in values.items():
            if isinstance(value, list | tuple):
                value = next((each for each in value if isinstance(each, Unknown)), None)
            if isinstance(value, Unknown):
                tensor.chain.problem = CannotReadError(
                    value.line, "{kind}'s `{name}`: {why}", kind=kind, name=name, why=value.why
                )
        if module.fault:
            tensor.chain.problem = CannotReadError(module.line, module.fault)
        if module.is_undefined:
            tensor.chain.problem = CannotReadError(module.line, _undefined(kind))
    return Call(
        {"kind": kind} | plain_arguments(machine, values), module.line, line, module.number, ""
    )


def _undefined(kind: str) -> Sentence:
    near = get_close_matches(kind, LAYER_KINDS, n=1, cutoff=ALIKE)
    if near:
        return Sentence(
            "`{kind}` is no layer of torch.nn, and not defined in this text. Is `{near}` meant?",
            kind=kind,
            near=near[0],
        )
    return Sentence(
        "`{kind}` is no layer of torch.nn, and not defined in this text. Put it in front.",
        kind=kind,
    )


def _settled(module: Module, tensor: Tensor, line: int) -> tuple[str, dict[str, object]]:
    """Return a lazy layer as the first image that it meets makes it."""
    settled = tensor.chain.settled
    if module.number not in settled:
        kind, name = LAZY[module.kind]
        shape = tensor.image_shape(line)
        size = shape[-1] if name == "in_features" else shape[0]
        settled[module.number] = kind, {name: size} | module.arguments
    return settled[module.number]


def plain_arguments(machine: Machine, values: dict[str, object]) -> dict[str, object]:
    """Return arguments as a draft holds them: what is unknown as it stands in the text.

    Args:
        machine: The reader.
        values: The arguments of a layer by name.
    """
    return {name: _plain(machine, value) for name, value in values.items()}


def _plain(machine: Machine, value: object) -> object:
    if isinstance(value, Unknown):
        return value.text or machine.quoted(value.line)
    if isinstance(value, list | tuple):
        parts = value[:MOST_NUMBERS]
        return tuple(shown(each) if isinstance(each, list | tuple) else each for each in parts)
    is_plain = value is None or isinstance(value, bool | int | float | str)
    return value if is_plain else shown(value)


def _fill(machine: Machine, module: Module, arguments: Arguments, line: int) -> None:
    args = arguments[0] or list(arguments[1].values())
    if module.kind == "Sequential" and not (len(args) == 1 and isinstance(args[0], OrderedDict)):
        pairs: list[tuple[object, object]] = list(enumerate(args))
    elif not args:
        pairs = []
    elif isinstance(args[0], Unknown):
        module.spoiled = args[0]
        return
    elif module.kind == "ModuleList":
        pairs = list(enumerate(machine.elements(args[0], line)))
    elif isinstance(args[0], dict):
        pairs = list(args[0].items())
    else:
        pairs = [_pair(pair, line) for pair in machine.elements(args[0], line)]
    for name, child in pairs:
        add_child(machine, module, str(name), child, line)


def _pair(value: object, line: int) -> tuple[object, object]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise CannotReadError(line, "A ModuleDict is made of names with modules.")
    return value[0], value[1]


def add_child(machine: Machine, module: Module, name: str, child: object, line: int) -> None:
    """Put something inside a container, if it may be there.

    Args:
        machine: The reader.
        module: The container.
        name: Of the child.
        child: A module, or what is not known.
        line: Where.

    Raises:
        CannotReadError: It is no module.
    """
    if isinstance(child, Unknown):
        child = Unknown(child.line, child.why, may_have_weights=True)
    elif not isinstance(child, Module):
        raise machine.refusal(
            line, "`{code}` puts what is no layer into {module}.", module=module.name
        )
    module.add(name, child)
