"""Python's loops, each round followed as long as the steps last."""

import ast

from mnistcore.evaluator.arithmetic import is_true
from mnistcore.evaluator.limits import MOST_SCRIPT_STEPS, CannotReadError
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.names import assign
from mnistcore.evaluator.values import Scope


class LoopLeftSignal(Exception):  # noqa: N818
    """A round of a loop is left, or with `is_over` the loop."""

    def __init__(self, is_over: bool) -> None:
        super().__init__()
        self.is_over = is_over


def for_loop(machine: Machine, statement: ast.For, scope: Scope) -> None:
    """Follow a loop over elements, and what stands in its `else`.

    Args:
        machine: The reader.
        statement: The loop.
        scope: Where it stands.
    """
    elements = machine.elements(machine.value(statement.iter, scope), statement.lineno)
    begun = machine.steps_left, len(machine.modules)
    for element in elements:
        assign(machine, statement.target, element, scope)
        if not _round(machine, statement, scope, begun):
            return
    machine.execute(machine, statement.orelse, scope)


def while_loop(machine: Machine, statement: ast.While, scope: Scope) -> None:
    """Follow a loop as long as its condition holds.

    Args:
        machine: The reader.
        statement: The loop.
        scope: Where it stands.
    """
    begun = machine.steps_left, len(machine.modules)
    while is_true(machine.value(statement.test, scope), statement.lineno):
        if not _round(machine, statement, scope, begun):
            return
    machine.execute(machine, statement.orelse, scope)


def leave_loop(machine: Machine, statement: ast.Break | ast.Continue, scope: Scope) -> None:
    """Leave a loop, or a round of it.

    Args:
        machine: The reader.
        statement: `break` or `continue`.
        scope: Where it stands.

    Raises:
        LoopLeftSignal: Always.
    """
    raise LoopLeftSignal(isinstance(statement, ast.Break))


def _round(
    machine: Machine, statement: ast.For | ast.While, scope: Scope, begun: tuple[int, int]
) -> bool:
    """Follow one round of a loop, and return whether the loop goes on."""
    machine.step(statement.lineno)
    is_training = machine.is_script(scope) and len(machine.modules) == begun[1]
    if is_training and begun[0] - machine.steps_left > MOST_SCRIPT_STEPS:
        raise CannotReadError(statement.lineno, "This loop has too many steps to be followed.")
    try:
        machine.execute(machine, statement.body, scope)
    except LoopLeftSignal as left:
        return not left.is_over
    return True
