"""What `print(model)` shows, read back: the modules in the order in which they were made.

It does not show `forward`. Within an nn.Sequential the order is that of the calculation; elsewhere
there may be functions in between. Such a network is read only where its sizes leave no room for
them, and that is said.
"""

import ast
import re
from dataclasses import dataclass, field

from mnistcore.evaluator.limits import CannotReadError, checked, python_errors
from mnistcore.evaluator.machine import Arguments, Machine
from mnistcore.evaluator.torch_module import CONTAINERS, Module
from mnistcore.evaluator.values import Unknown
from mnistcore.pasted.candidates import Network
from mnistcore.pasted.modules import make_module
from mnistcore.sentences import Sentence
from mnistcore.stacks.stack import MOST_LAYERS

PART = re.compile(r"^\s*\(([\w.-]+)\): (?:(\d{1,6}) x )?(\w+)\((.*)$")
HEAD = re.compile(r"^\s*(\w+)\(\s*$")


@dataclass
class _Part:
    """One module as printed; `rest` is what stands behind its opening bracket."""

    name: str
    kind: str
    line: int
    rest: str
    times: int
    parts: list["_Part"] = field(default_factory=list)


def is_printed(text: str) -> bool:
    r"""Return whether a text is what `print(model)` shows.

    Args:
        text: The text.

    >>> is_printed("Sequential(\n  (0): ReLU()\n)"), is_printed("nn.ReLU()")
    (True, False)
    """
    return any(PART.match(line) for line in text.split("\n"))


def read_printed(machine: Machine) -> Network:
    """Return the network that a text shows.

    Args:
        machine: The reader, with the lines of what `print(model)` shows.

    Raises:
        CannotReadError: A line is none of such a text.
    """
    root = _outline(machine)
    module = _made(machine, root)
    return Network(root.kind, (module,))


def _outline(machine: Machine) -> _Part:
    """Return the modules as they are nested: by their brackets."""
    first = next(place for place, text in enumerate(machine.lines) if PART.match(text))
    head = max((place for place in range(first) if machine.lines[place].strip()), default=-1)
    found = HEAD.match(machine.lines[head]) if head >= 0 else None
    if not found:
        raise CannotReadError(first + 1, "The line with the network's class is missing. Add it.")
    root = _Part("", found.group(1), head + 1, "", 1)
    open_parts = [root]
    for line in range(first + 1, len(machine.lines) + 1):
        machine.step(line)
        text = machine.lines[line - 1].strip()
        if text and set(text) == {")"}:
            del open_parts[max(0, len(open_parts) - len(text)) :]
        elif open_parts and text:
            part = _read_line(machine, line)
            open_parts[-1].parts.append(part)
            if not part.rest.endswith(")"):
                open_parts.append(part)
        elif PART.match(text) or text.endswith("("):
            raise CannotReadError(line, "Here a second network begins. Paste one of them.")
    if open_parts:
        raise CannotReadError(
            open_parts[-1].line,
            "`{kind}(` is never closed. Paste all of it.",
            kind=open_parts[-1].kind,
        )
    return root


def _read_line(machine: Machine, line: int) -> _Part:
    found = PART.match(machine.lines[line - 1])
    if not found:
        raise machine.refusal(line, "`{code}` is no line of what print(model) shows.")
    name, times, kind, rest = found.groups()
    return _Part(name, kind, line, rest.rstrip(), min(int(times or 1), MOST_LAYERS + 1))


def _made(machine: Machine, part: _Part) -> Module:
    with machine.deeper(part.line):
        if not part.parts and part.kind not in CONTAINERS:
            made = make_module(machine, part.kind, _arguments(part), part.line)
            if isinstance(made, Module):
                return made
        module = machine.new_module("Sequential", part.line)
        module.is_guessed = part.kind != "Sequential"
        if part.kind in ("ModuleList", "ModuleDict"):
            why = Sentence(
                "print(model) does not show what is done with a {kind}. Paste the class.",
                kind=part.kind,
            )
            module.spoiled = Unknown(part.line, why, may_have_weights=True)
        for inner in part.parts:
            for each in range(inner.times):
                name = inner.name if inner.times == 1 else f"{inner.name.split('-')[0]}.{each}"
                module.add(name, _made(machine, inner))
        return module


def _arguments(part: _Part) -> Arguments:
    """Return the arguments that are shown, such as `1, 16, kernel_size=(3, 3)`."""
    inside = part.rest.rstrip().removesuffix(")")
    with python_errors(part.line):
        try:
            node = ast.parse(f"f({inside})", mode="eval").body
        except SyntaxError:
            raise CannotReadError(
                part.line,
                "The arguments of {kind} are cut off: `{code}`.",
                kind=part.kind,
                code=inside[:60],
            ) from None
        if not isinstance(node, ast.Call):
            raise CannotReadError(part.line, "`{code}` are no arguments.", code=inside[:60])
        args = [_literal(each, part.line) for each in node.args]
        return args, {each.arg or "": _literal(each.value, part.line) for each in node.keywords}


def _literal(node: ast.expr, line: int) -> object:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant):
            checked(each.value, line)
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError):
        return ast.unparse(node)[:60]
    return value
