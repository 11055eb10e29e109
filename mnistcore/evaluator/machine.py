"""What reading carries with it: steps taken, notes for the reader, modules that were made."""

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from mnistcore.evaluator.limits import (
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_STEPS,
    SHOWN_CHARACTERS,
    CannotReadError,
    SpentError,
)
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Once, Scope, TextClass, Unknown
from mnistcore.layers.layer import Shape
from mnistcore.sentences import Sentence

ELEMENTS_FOR_A_STEP = 16
Arguments = tuple[list[object], dict[str, object]]


@dataclass(eq=False)
class Machine:
    """The parts of the reader, and what they have in common.

    Args:
        lines: Of the text.
        evaluate: Gives an expression its value.
        execute: Follows statements.
        call: Calls anything with arguments.
        attribute: Gives what stands behind a dot.
    """

    lines: Sequence[str]
    evaluate: "Callable[[Machine, ast.expr, Scope], object]"
    execute: "Callable[[Machine, Sequence[ast.stmt], Scope], None]"
    call: "Callable[[Machine, object, Arguments, int], object]"
    attribute: "Callable[[Machine, object, str, int], object]"
    steps_left: int = MOST_STEPS
    depth: int = 0
    tries: int = 0  # that are being followed: there an error of the text goes on
    notes: dict[int, Sentence] = field(default_factory=dict)
    modules: list[Module] = field(default_factory=list)
    shown_modules: list[Module] = field(default_factory=list)  # as lines of their own
    other_lines: list[tuple[int, object]] = field(default_factory=list)  # and what is no module
    fed: list[tuple[Module, Shape]] = field(default_factory=list)  # inputs named in the text

    def step(self, line: int) -> None:
        """Count a step, or raise `SpentError` if there are none left."""
        self.steps_left -= 1
        if self.steps_left < 0:
            raise SpentError(line, "There are too many steps to follow. Paste the network alone.")

    @contextmanager
    def deeper(self, line: int) -> Iterator[None]:
        """Go one level deeper, if that is not too deep."""
        if self.depth >= MOST_DEPTH:
            raise CannotReadError(line, "This is nested too deeply to be read. Write it in steps.")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def value(self, node: ast.expr, scope: Scope) -> object:
        """Return the value of an expression."""
        return self.evaluate(self, node, scope)

    def new_module(self, kind: str, line: int, of: TextClass | None = None) -> Module:
        """Return a module without parts, and remember that it was made.

        Args:
            kind: Its name in torch.nn; "" for an object of a class of the text.
            line: Where it is made.
            of: Its class in the text, if it has one.
        """
        module = Module(len(self.modules) + 1, line, kind, of)
        self.modules.append(module)
        return module

    def called(self, function: object, line: int, *args: object) -> object:
        """Return what a function gives for arguments by place."""
        return self.call(self, function, (list(args), {}), line)

    def called_or_not(self, function: object, line: int, *args: object) -> object:
        """Return what a function gives, `Unknown` if it is not understood."""
        try:
            return self.called(function, line, *args)
        except SpentError:
            raise
        except CannotReadError as reason:
            return Unknown(reason.line, reason.why)

    def elements(self, value: object, line: int) -> list[object]:
        """Return what a loop over a value goes through.

        Raises:
            CannotReadError: It cannot be looped over, or is too long.
        """
        if isinstance(value, Unknown):
            raise value.error()
        if isinstance(value, Module) and value.is_container:
            value.require_known()
            return list(value.children if value.kind == "ModuleDict" else value.children.values())
        if isinstance(value, Once):
            value = list(value.taken())
        if not isinstance(value, list | tuple | dict | str | range | set):
            raise self.refusal(line, "`{code}` loops over what is no list.")
        if len(value) > MOST_ELEMENTS:
            raise CannotReadError(
                line, "This loops over more than {most:,} elements.", most=MOST_ELEMENTS
            )
        self.pay(len(value), line)
        return list(value)

    def rounds(self, value: object, line: int) -> Iterator[object]:
        """Return the elements of a value one by one: of what goes once, none before its turn."""
        return value.taken() if isinstance(value, Once) else iter(self.elements(value, line))

    def listed(self, value: object, line: int) -> object:
        """Return a value, as a list if it can be gone through once."""
        return self.elements(value, line) if isinstance(value, Once) else value

    def pay(self, amount: int, line: int) -> None:
        """Count the steps that a list or a text of some length is worth."""
        self.steps_left -= amount // ELEMENTS_FOR_A_STEP
        self.step(line)

    def is_script(self, scope: Scope | None) -> bool:
        """Return whether a scope is that of no network: the text itself, or a plain function."""
        while scope:
            if scope.function and scope.function.owner and scope.function.owner.is_module:
                return False
            scope = scope.parent
        return True

    def note(self, line: int, text: str, /, **values: object) -> None:
        """Keep a sentence for the reader, `{code}` in it being the line; one for each line."""
        self.notes.setdefault(line, self._sentence(line, text, values))

    def refusal(self, line: int, why: str, /, **values: object) -> CannotReadError:
        """Return the error that says why; `{code}` in the sentence is the line."""
        return CannotReadError(line, self._sentence(line, why, values))

    def unknown(self, line: int, why: str, /, **values: object) -> Unknown:
        """Return a value that is not known, and why; `{code}` in the sentence is the line."""
        return Unknown(line, self._sentence(line, why, values))

    def _sentence(self, line: int, text: str, values: dict[str, object]) -> Sentence:
        return Sentence(text, code=self.quoted(line), **values)

    def quoted(self, line: int) -> str:
        """Return a line of the text, short."""
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 3]}..."
