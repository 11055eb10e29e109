"""A text with PyTorch code, or what `print(model)` shows, read as a network; nothing is executed.

The way in for everyone else: `read_network`.
"""

import ast
from dataclasses import dataclass

from mnistcore.errors import InvalidInputError
from mnistcore.evaluator.expressions import evaluate
from mnistcore.evaluator.limits import (
    CannotReadError,
    RaisedError,
    SeveralNetworksError,
    cleaned,
    parsed,
)
from mnistcore.evaluator.loops import LoopLeftSignal
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.statements import ReturnedSignal, execute
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Scope
from mnistcore.layers.layer import Shape, checked_shape
from mnistcore.pasted.attributes import attribute_of
from mnistcore.pasted.calls import call
from mnistcore.pasted.candidates import Network, find_network
from mnistcore.pasted.printed import is_printed, read_printed
from mnistcore.pasted.tracing import Trace, traced
from mnistcore.sentences import Sentence


class PastedError(InvalidInputError):
    """A text cannot be read.

    Args:
        line: What it is about, counted from 1; 0 for all of the text.
        why: What is wrong, and the way out.
        names: Of the networks in it, if there are several.
    """

    def __init__(self, line: int, why: Sentence, names: tuple[str, ...] = ()) -> None:
        said = Sentence("Line {line}: {why}", line=line, why=why) if line else why
        super().__init__(said.template, **said.values)
        self.line = line
        self.why = why
        self.names = names


@dataclass(frozen=True)
class Note:
    """Something about a text that is good to know, and wrong in no number."""

    line: int
    text: Sentence


@dataclass(frozen=True)
class PastedNetwork:
    """A network as a text has it, with what became of an image in it.

    Args:
        name: Its variable or class.
        input_shape: Of the image.
        trace: Its layers, in the order of the calculation.
        notes: What is good to know.
    """

    name: str
    input_shape: Shape
    trace: Trace
    notes: tuple[Note, ...]

    @property
    def problem(self) -> PastedError | None:
        """Return what cannot be read or cannot work, with its line; None if all is well."""
        found = self.trace.problem
        return PastedError(found.line, found.why) if found else None


@dataclass(frozen=True, eq=False)
class PastedText:
    """A text that was followed, and the network that it is about.

    Args:
        machine: The reader.
        network: What was found.
    """

    machine: Machine
    network: Network

    @property
    def fed_shapes(self) -> tuple[Shape, ...]:
        """Return the shapes of images that the text itself sends through the network."""
        return tuple(
            dict.fromkeys(shape for module, shape in self.machine.fed if self._begins_with(module))
        )

    def sent(self, input_shape: Shape) -> PastedNetwork:
        """Return what becomes of an image of some shape.

        Args:
            input_shape: Of the image.
        """
        before = dict(self.machine.notes)
        trace = traced(self.machine, self.network, checked_shape(input_shape))
        notes = tuple(Note(line, note) for line, note in sorted(self.machine.notes.items()))
        self.machine.notes = before
        return PastedNetwork(self.network.name, input_shape, trace, notes)

    def _begins_with(self, module: Module) -> bool:
        """Return whether a module is the network, or the first of its parts."""
        first: object = self.network.modules[0]
        while isinstance(first, Module):
            if first is module:
                return True
            first = next(iter(first.children.values()), None)
        return False


def understand(text: str, name: str = "") -> PastedText:
    """Return a text followed up to the network that it is about.

    Args:
        text: PyTorch code, or what `print(model)` shows.
        name: The variable, class or function meant, where a text has several networks.

    Raises:
        PastedError: There is no network, or more than one.
    """
    try:
        text = cleaned(text)
        machine = Machine(text.split("\n"), evaluate, execute, call, attribute_of)
        if is_printed(text):
            return PastedText(machine, read_printed(machine))
        scope = Scope()
        for statement in parsed(text):
            _note_frozen(machine, statement)
            try:
                machine.execute(machine, [statement], scope)
            except (RaisedError, ReturnedSignal, LoopLeftSignal):
                continue  # an error that the text raises ends a statement, and not the reading
        return PastedText(machine, find_network(machine, scope, name))
    except CannotReadError as reason:
        names = reason.names if isinstance(reason, SeveralNetworksError) else ()
        raise PastedError(reason.line, reason.why, names) from None
    except RecursionError:
        nested = Sentence("The text is nested too deeply. Write it flatter.")
        raise PastedError(0, nested) from None


def _note_frozen(machine: Machine, statement: ast.stmt) -> None:
    """Note what trains weights no more: less is then kept for the way back."""
    for node in ast.walk(statement):
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "requires_grad":
            value = node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "requires_grad_":
            value = node.args[0] if node.args else None
        if isinstance(value, ast.Constant) and value.value is False:
            machine.note(
                value.lineno,
                "`{code}` freezes weights: training keeps less than is counted here, where all are "
                "trained.",
            )


def read_network(text: str, input_shape: Shape, name: str = "") -> PastedNetwork:
    """Return the network in a text, and what becomes of an image in it.

    Args:
        text: PyTorch code, or what `print(model)` shows.
        input_shape: Of the image.
        name: The variable, class or function meant, where a text has several networks.

    Raises:
        PastedError: There is no network, or more than one. What cannot work in a network is told by
            its `problem`.

    >>> code = "net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))"
    >>> [call.draft["kind"] for call in read_network(code, (1, 28, 28)).trace.calls]
    ['Flatten', 'Linear']
    """
    return understand(text, name).sent(input_shape)
