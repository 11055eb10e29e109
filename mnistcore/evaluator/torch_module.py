"""A module of torch.nn as the text makes it: a layer, a container, or an object of a class."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mnistcore.evaluator.limits import shown
from mnistcore.evaluator.values import TextClass, Unknown
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults

CONTAINERS = {"Sequential", "ModuleList", "ModuleDict"}
PLAIN = (bool, int, float, str, tuple, type(None))
# Of a layer's arguments those that torch looks at when it makes the weights, and never again.
ONLY_MADE_WITH = {
    *("in_channels", "out_channels", "in_features", "out_features", "num_features"),
    *("num_channels", "num_parameters", "affine", "elementwise_affine"),
}
IN_THE_WEIGHTS = {"groups", "normalized_shape"}  # and looked at again: both have to fit
WORKINGS = {
    *("weight", "bias", "__call__", "_parameters", "_conv_forward", "_output_padding"),
    *("_reversed_padding_repeated_twice", "return_indices"),
}


@dataclass(eq=False)
class Module:
    """A module.

    Args:
        number: In the order of making; a layer called twice has one number.
        line: Where it was made.
        kind: Its name in torch.nn; "" for an object of a class of the text.
        of: Its class in the text, if it has one.
        arguments: Of a layer, those that change a number, as typed.
        fault: What is wrong with the arguments of a layer.
        children: The modules inside it, as `named_children` gives them; a part that the text does
            not tell is `Unknown`.
        attributes: All else that was stored in it.
        is_contained: Whether it is a part of another.
        is_undefined: Whether the text neither imports nor defines its class.
        is_guessed: Whether the order of its parts is only that of their making.
        spoiled: Why nothing can be said of it any more.
    """

    number: int
    line: int
    kind: str
    of: TextClass | None = None
    arguments: dict[str, object] = field(default_factory=dict)
    fault: str = ""
    children: dict[str, "Module | Unknown"] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)
    is_contained: bool = False
    is_undefined: bool = False
    is_guessed: bool = False
    spoiled: Unknown | None = None

    @property
    def is_container(self) -> bool:
        """Return whether it is one of torch's own containers, or builds on one."""
        return self.kind in CONTAINERS

    @property
    def is_layer(self) -> bool:
        """Return whether it is a layer of torch.nn."""
        return bool(self.kind) and not self.is_container

    @property
    def has_own_forward(self) -> bool:
        """Return whether the text itself says what it does with images."""
        return self.of is not None and self.of.find("forward") is not None

    @property
    def name(self) -> str:
        """Return the name of its class."""
        return self.of.name if self.of else self.kind

    def require_known(self) -> None:
        """Raise `CannotReadError` if something not understood may have changed it."""
        if self.spoiled:
            raise self.spoiled.error()

    def add(self, name: str, child: "Module | Unknown") -> None:
        """Put a module inside it, in place of what had the name."""
        self.attributes.pop(name, None)
        self.children[name] = child
        if isinstance(child, Module):
            child.is_contained = True

    def exchange(self, name: str, value: object, why: Unknown) -> bool:
        """Exchange what torch, or Python, looks at each time that a module is called.

        Args:
            name: Of the attribute.
            value: What is stored in it.
            why: Why nothing can be said of the module any more, where that is so.

        Returns:
            Whether the attribute is one that torch gives such a module.

        >>> from mnistcore.sentences import Sentence
        >>> pool = Module(1, 1, "MaxPool2d", arguments={"kernel_size": 2})
        >>> pool.exchange("kernel_size", 3, Unknown(1, Sentence("It is exchanged.")))
        True
        >>> pool.arguments
        {'kernel_size': 3, 'stride': 2}
        """
        if name == "forward" and self.has_own_forward:
            return False
        if name in ("__class__", "_modules") or (name == "forward" and self.kind):
            self.spoiled = self.spoiled or why
            return True
        if not self.is_layer:
            return False
        is_padded = {"padding", "padding_mode"} <= self.attributes.keys() | {name}
        if name in WORKINGS or (is_padded and name.startswith("padding")):
            self.spoiled = self.spoiled or why
            return True
        kind = self.kind.removeprefix("Lazy")
        known = argument_defaults(kind) if kind in LAYER_KINDS else {}
        if name not in known:
            return False
        is_remade = kind != self.kind or (name == "num_features" and "Instance" in kind)
        if name in ONLY_MADE_WITH or (name == "kernel_size" and "Conv" in kind):
            self.spoiled = self.spoiled or (why if is_remade else None)
        elif name in IN_THE_WEIGHTS:
            is_same = isinstance(value, int) and value == self.arguments.get(name, known[name])
            self.spoiled = self.spoiled or (None if is_same else why)
        else:
            if name == "kernel_size" and self.arguments.get("stride") is None:
                self.arguments["stride"] = self.arguments.get(name)  # as torch kept it
            is_asked = isinstance(known[name], bool) and value in (None, 0, 1)
            self.arguments[name] = bool(value) if is_asked else value
        return True

    def get(self, name: str) -> object:
        """Return a child or an attribute; None if there is none (see `has`)."""
        return self.children.get(name, self.attributes.get(name))

    def has(self, name: str) -> bool:
        """Return whether it has a child or an attribute of that name."""
        return name in self.children or name in self.attributes


def named_modules(root: Module) -> Iterator[tuple[str, "Module | Unknown"]]:
    """Yield a module and all modules inside it with their paths, each once, as torch does.

    A part that the text does not tell is yielded as `Unknown`.

    Args:
        root: The network.

    >>> inner = Module(1, 1, "ReLU")
    >>> outer = Module(2, 1, "Sequential", children={"0": inner, "1": inner})
    >>> [path for path, _ in named_modules(outer)]
    ['', '0']
    """
    met: set[int] = set()
    waiting: list[tuple[str, Module | Unknown]] = [("", root)]
    while waiting:
        path, module = waiting.pop()
        if id(module) in met:
            continue
        met.add(id(module))
        yield path, module
        if isinstance(module, Module):
            if module.spoiled:
                yield path, module.spoiled
            waiting.extend(
                (f"{path}.{name}" if path else name, child)
                for name, child in reversed(module.children.items())
            )


def distinct(modules: Sequence[Module]) -> list[Module]:
    """Return one of each kind of network, the last: two alike are one network made twice.

    Args:
        modules: Networks or layers.

    >>> [each.number for each in distinct([Module(1, 1, "ReLU"), Module(2, 2, "ReLU")])]
    [2]
    """
    numbers: dict[object, int] = {}
    known: dict[int, int] = {}
    found = {_number(each, numbers, known): each for each in modules}
    return list(found.values())


def _number(root: Module, numbers: dict[object, int], known: dict[int, int]) -> int:
    """Return a number for a module, the same for modules that are built alike."""
    waiting = [root]
    while waiting:
        module = waiting[-1]
        is_begun = module.number in known
        known.setdefault(module.number, -module.number)  # for one that is inside itself
        inside = [each for each in module.children.values() if isinstance(each, Module)]
        unseen = [each for each in inside if each.number not in known]
        if unseen and not is_begun:
            waiting += unseen
            continue
        waiting.pop()
        own = [*module.arguments.items(), *module.attributes.items()]
        facts = tuple((name, shown(each)) for name, each in own if isinstance(each, PLAIN))
        children = tuple(
            (name, known[each.number] if isinstance(each, Module) else 0)
            for name, each in module.children.items()
        )
        key = (module.kind, id(module.of), children, facts)
        known[module.number] = numbers.setdefault(key, len(numbers))
    return known[root.number]
