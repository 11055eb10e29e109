"""Which network a text is about: the one it makes, or the class that no other class uses.

Where there are two, it is asked about; nothing is guessed.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from mnistcore.evaluator.limits import CannotReadError, SeveralNetworksError
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module, distinct, named_modules
from mnistcore.evaluator.values import Function, Scope, TextClass, Unknown
from mnistcore.layers.kinds import LAYER_KINDS
from mnistcore.sentences import Sentence

WITH_WEIGHTS = ("Conv", "Linear", "Norm", "PReLU")


@dataclass(frozen=True)
class Network:
    """The network of a text: modules that are called one after another, mostly a single one.

    Args:
        name: Its variable, its class, or "network".
        modules: In their order.
        is_list: Whether the text is a plain list of layers.
    """

    name: str
    modules: tuple[Module, ...]
    is_list: bool = False


def find_network(machine: Machine, scope: Scope, name: str) -> Network:
    """Return the network that a text is about.

    Args:
        machine: The reader, after it has followed the text.
        scope: The names that the text defines.
        name: The variable, class or function meant; "" to find the only one.

    Raises:
        CannotReadError: There is none, or more than one.
    """
    if name:
        return _named(machine, scope, name)
    if machine.shown_modules:
        return _listed(machine)
    made = distinct([each for each in machine.modules if _is_network(each)])
    if len(made) > 1:
        made = [each for each in made if not _is_foreign(each)] or made
    if not made:
        made = _from_classes(machine, scope)
    if len(made) == 1:
        _require_together(machine, made[0])
        return Network(_variable(scope, made[0]), (made[0],))
    if made:
        raise _several([(_variable(scope, each), each.line) for each in made])
    return _lone_layer(machine, scope)


def _several(found: Sequence[tuple[str, int]]) -> SeveralNetworksError:
    shown = [Sentence("`{name}` (line {line})", name=name, line=line) for name, line in found[:6]]
    names = reduce(lambda some, one: Sentence("{some}, {one}", some=some, one=one), shown)
    values = {"count": len(found), "names": names}
    why = Sentence(
        "The text has {count} networks: {names}. Paste one of them, or name it.", **values
    )
    return SeveralNetworksError(found[-1][1], why, tuple(dict.fromkeys(name for name, _ in found)))


def _require_together(machine: Machine, network: Module) -> None:
    """Raise `CannotReadError` for a layer beside the network; one without weights is noted."""
    unknown = [each for _, each in named_modules(network) if isinstance(each, Unknown)]
    for layer in machine.modules:
        if layer.is_contained or not layer.is_layer or layer.kind not in LAYER_KINDS:
            continue
        if any(name in layer.kind for name in WITH_WEIGHTS):
            if unknown:  # which may well hold the layer, as a wrapper does
                raise unknown[0].error()
            raise machine.refusal(
                layer.line,
                "`{code}` is a layer beside {name}, and no part of it. Put both into one "
                "nn.Sequential.",
                name=network.name,
            )
        machine.note(
            layer.line, "`{code}` is a layer beside {name}, and no part of it.", name=network.name
        )


def _listed(machine: Machine) -> Network:
    """Return the layers that stand on lines of their own, one after another."""
    for line, value in machine.other_lines:
        if isinstance(value, Unknown):
            raise machine.refusal(
                line,
                "`{code}` is no layer: {why} Write a layer as PyTorch does, such as `ReLU()`.",
                why=value.why,
            )
        if value is not None:
            raise machine.refusal(
                line, "`{code}` is no layer. Write a layer as PyTorch does, such as `ReLU()`."
            )
    modules: list[Module] = []
    for module in machine.shown_modules:
        if module.is_layer or module not in modules:
            modules.append(module)
    apart = [
        each
        for each in machine.modules
        if not each.is_contained and each not in modules and (each.is_layer or each.children)
    ]
    if apart:
        raise machine.refusal(
            apart[0].line,
            "`{code}` stands apart from the layers on lines of their own. Put all "
            "of them into one nn.Sequential.",
        )
    name = modules[0].name if len(modules) == 1 and not modules[0].is_layer else "network"
    return Network(name, tuple(modules), is_list=True)


def _named(machine: Machine, scope: Scope, name: str) -> Network:
    value = scope.names.get(name)
    if isinstance(value, TextClass | Function):
        value = machine.called(value, getattr(value, "line", 1))
    if isinstance(value, Unknown):
        raise value.error()
    if not isinstance(value, Module):
        made = [each for each in machine.modules if each.name == name]
        if len(distinct(made)) != 1:
            raise CannotReadError(0, "The text has no network called {name!r}.", name=name[:40])
        value = made[0]
    return Network(name, (value,))


def _is_network(module: Module) -> bool:
    return not module.is_contained and not module.is_layer and not _is_loss(module)


def _is_loss(module: Module) -> bool:
    return module.name.endswith("Loss")


def _is_foreign(module: Module) -> bool:
    """Return whether nothing in it is known: transforms of pictures, mostly."""
    return bool(module.children) and all(
        isinstance(each, Unknown) for each in module.children.values()
    )


def _variable(scope: Scope, module: Module) -> str:
    names = [name for name, value in scope.names.items() if value is module]
    return names[0] if names else module.name


def _lone_layer(machine: Machine, scope: Scope) -> Network:
    """Return the only layer of a text, or say why there is no network."""
    layers = distinct([each for each in machine.modules if not each.is_contained])
    if len(layers) == 1 and not _is_loss(layers[0]):
        return Network(_variable(scope, layers[0]), (layers[0],))
    if layers:
        raise CannotReadError(
            layers[0].line,
            "The text names {count} layers, but not in which order they are called. "
            "Put them into an nn.Sequential, or paste the class with its `forward`.",
            count=len(layers),
        )
    unknown = [value for value in scope.names.values() if isinstance(value, Unknown)]
    unknown += [value for _, value in machine.other_lines if isinstance(value, Unknown)]
    for value in sorted(unknown, key=lambda each: not each.may_have_weights):
        raise machine.refusal(value.line, "`{code}` is no layer: {why}", why=value.why)
    raise CannotReadError(
        0, "The text has no layer. Write one a line, such as `Conv2d(1, 16, 3)`, or paste a class."
    )


def _from_classes(machine: Machine, scope: Scope) -> list[Module]:
    """Return networks made from a class that no other class uses, or by the text's functions."""
    classes = [each for each in scope.names.values() if isinstance(each, TextClass)]
    networks = [each for each in classes if each.is_module and not each.name.endswith("Loss")]
    used = {name for each in networks for name in _reached(scope, each)}
    mains = [each for each in networks if each.name not in used]
    mains = [each for each in mains if _takes_an_image(each)] or mains
    if len(mains) > 1:
        raise _several([(each.name, each.line) for each in mains])
    made: list[Module] = []
    fault: CannotReadError | None = None
    for main in mains:
        try:
            value = machine.called(main, main.line)
            made += [value] if isinstance(value, Module) else []
        except CannotReadError as reason:
            fault = reason
            if " needs " in reason.why:
                fault = CannotReadError(
                    reason.line,
                    "{why} Add a line that makes it, such as `net = {name}(...)`.",
                    why=reason.why,
                    name=main.name,
                )
    made = distinct([*made, *_from_functions(machine, scope, mains)])
    if not made and fault:
        raise fault
    return made


def _from_functions(machine: Machine, scope: Scope, mains: Sequence[TextClass]) -> Iterator[Module]:
    """Yield what functions that need no arguments make of the network's class."""
    wanted = {each.name for each in mains}
    for function in [each for each in scope.names.values() if isinstance(each, Function)]:
        arguments = function.node.args
        parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        if any(each.arg not in function.defaults for each in parameters):
            continue
        if wanted and not wanted & set(_reached(scope, function)):
            continue
        before = len(machine.modules)
        try:
            machine.called(function, function.node.lineno)
        except CannotReadError:
            continue
        yield from (each for each in machine.modules[before:] if _is_network(each))


def _reached(scope: Scope, start: TextClass | Function) -> Iterator[str]:
    """Yield the names of the classes and functions that one uses, directly or through others."""
    met: set[str] = {start.name}
    waiting: list[TextClass | Function] = [start]
    while waiting:
        for node in ast.walk(waiting.pop().node):
            if not isinstance(node, ast.Name) or node.id in met:
                continue
            found = scope.names.get(node.id)
            if isinstance(found, TextClass | Function):
                met.add(node.id)
                waiting.append(found)
                yield node.id


def _takes_an_image(of: TextClass) -> bool:
    """Return whether its `forward` takes one value, and not a prediction and a target."""
    forward = of.find("forward")
    if not isinstance(forward, Function):
        return bool(of.base_kind)
    needed = [each.arg for each in forward.node.args.args if each.arg not in forward.defaults]
    return len(needed) == 2
