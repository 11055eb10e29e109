"""The methods that torch gives every module, as far as they matter to what it calculates."""

import re
from collections.abc import Callable

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import CannotReadError, RaisedError, SpentError
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.names import set_attribute
from mnistcore.evaluator.spoiling import may_change
from mnistcore.evaluator.torch_module import Module, named_modules
from mnistcore.evaluator.values import Library, Once, Unknown
from mnistcore.pasted.modules import add_child, call_module, set_up
from mnistcore.sentences import Sentence

GIVES_ITSELF = {
    *("to", "cuda", "cpu", "eval", "train", "half", "float", "double", "bfloat16", "type"),
    *("requires_grad_", "share_memory"),
}
SETS_VALUES = re.compile("init|reset|weight", re.IGNORECASE)  # as names of functions go
CHANGING = {"append", "extend", "insert", "add_module", "register_module", "update", "__setattr__"}
ASKED: dict[str, Callable[[Module], object]] = {
    "children": lambda module: Once(list(module.children.values())),
    "named_children": lambda module: Once(list(module.children.items())),
    "modules": lambda module: Once([each for _, each in named_modules(module)]),
    "named_modules": lambda module: Once(list(named_modules(module))),
    "keys": lambda module: list(module.children),
    "values": lambda module: list(module.children.values()),
    "items": lambda module: list(module.children.items()),
    "__len__": lambda module: len(module.children),
    "_get_name": lambda module: module.name,
}


def call_module_method(
    machine: Machine, module: Module, name: str, arguments: Arguments, line: int
) -> object:
    """Return what a method of a module gives.

    Args:
        machine: The reader.
        module: The module.
        name: Of the method; behind "super " that of the class it builds on.
        arguments: By place and by name.
        line: Where.

    Raises:
        CannotReadError: The arguments do not fit.
    """
    if name.startswith("super "):
        return _call_super(machine, module, name.removeprefix("super "), arguments, line)
    if name in GIVES_ITSELF:
        return module
    if name == "apply":
        _apply(machine, module, [*arguments[0], *arguments[1].values()], line)
        return module
    if name in ("forward", "__call__"):
        return call_module(machine, module, arguments, line)
    if name in ASKED:
        module.require_known()
        return ASKED[name](module)
    if name in CHANGING:
        _change(machine, module, name, [*arguments[0], *arguments[1].values()], line)
        return module
    if name == "register_parameter" and arguments[0] and arguments[0][-1] is not None:
        why = Sentence(
            "`{code}` adds a weight that belongs to no layer known here.", code=machine.quoted(line)
        )
        module.add(str(arguments[0][0]), Unknown(line, why, may_have_weights=True))
    if name == "register_buffer" and arguments[0]:
        given = [*arguments[0][1:], *arguments[1].values()]
        is_told = bool(given) and isinstance(given[0], Tensor)
        unknown = Unknown(line, Sentence("A buffer is not told by the text."))
        module.attributes[str(arguments[0][0])] = given[0] if is_told else unknown
    if name.startswith("register_") and name.endswith("hook"):
        machine.note(line, "`{code}`: what a hook changes is not followed.")
    if name == "get_submodule" and arguments[0]:
        return dict(named_modules(module)).get(str(arguments[0][0]))
    if name == "pop":
        raise machine.refusal(line, "`{code}` takes a layer away again. Leave it out.")
    return machine.unknown(line, "`{code}` is not told by the text.")


def _call_super(
    machine: Machine, module: Module, name: str, arguments: Arguments, line: int
) -> object:
    """Return what torch's own class does that a class of the text builds on."""
    if name == "__init__":
        if module.kind:
            set_up(machine, module, arguments, line)
        return None
    if name == "__call__" and module.of and module.of.find("forward"):
        forward = machine.attribute(machine, module, "forward", line)
        return machine.call(machine, forward, arguments, line)
    if name in ("forward", "__call__") and module.of and module.kind:
        own, module.of = module.of, None
        try:
            return call_module(machine, module, arguments, line)
        finally:
            module.of = own
    return call_module_method(machine, module, name, arguments, line)


def _apply(machine: Machine, module: Module, args: list[object], line: int) -> None:
    """Call a function on every module, the inner ones first; most give weights their values."""
    if len(args) != 1:
        raise machine.refusal(line, "`{code}`: the arguments do not fit.")
    function = args[0]
    if isinstance(function, Library | Unknown):
        told = function.text if isinstance(function, Unknown) else function.path
        if not SETS_VALUES.search(told):
            machine.note(line, "`{code}`: what it changes is not followed.")
    elif may_change(function):
        try:
            _apply_within(machine, module, function, line)
        except (SpentError, RaisedError):
            raise
        except CannotReadError as reason:
            module.spoiled = module.spoiled or Unknown(reason.line, reason.why, True)


def _apply_within(machine: Machine, module: Module, function: object, line: int) -> None:
    with machine.deeper(line):
        for child in list(module.children.values()):
            if isinstance(child, Module):
                _apply_within(machine, child, function, line)
        machine.called(function, line, module)


def _change(machine: Machine, module: Module, name: str, args: list[object], line: int) -> None:
    if name in ("add_module", "register_module", "__setattr__") and len(args) == 2:
        if args[1] is not None:
            set_attribute(machine, module, str(args[0]), args[1], line)
    elif name == "append" and len(args) == 1:
        add_child(machine, module, str(len(module.children)), args[0], line)
    elif name == "extend" and len(args) == 1:
        for child in machine.elements(args[0], line):
            add_child(machine, module, str(len(module.children)), child, line)
    elif name == "update" and len(args) == 1 and isinstance(args[0], dict):
        for key, child in args[0].items():
            add_child(machine, module, str(key), child, line)
    elif name == "insert" and len(args) == 2 and isinstance(args[0], int):
        children: list[object] = list(module.children.values())
        children.insert(args[0], args[1])
        module.children = {}
        for place, child in enumerate(children):
            add_child(machine, module, str(place), child, line)
    else:
        raise machine.refusal(line, "`{code}`: the arguments do not fit.")
