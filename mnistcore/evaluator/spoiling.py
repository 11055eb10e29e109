"""What a statement that is not understood may have changed: from then on it is unknown.

So nothing is guessed: a list that a loop over unknown data may have made longer is none any more.
"""

import ast
from collections.abc import Iterator, Sequence

from mnistcore.evaluator.chain import Tensor
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import (
    Bound,
    Function,
    Library,
    Once,
    Partial,
    Scope,
    TextClass,
    Thing,
    Unknown,
)

CHANGING = {
    *("append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort", "update"),
    *("setdefault", "add_module", "register_module", "register_parameter", "__setattr__", "add"),
    *("__setitem__", "__delitem__", "popitem", "move_to_end"),
}
MIXING = {"shuffle", "insort", "heapify", "heappush", "heappop", *CHANGING}  # of packages
UNCHANGING = {"keys", "values", "items", "get", "copy", "index", "count", "union", "issubset"}
# What training changes all the time: values, and none of the sizes.
VALUES_ONLY = {"data", "grad", "requires_grad", "training"}


def spoil(machine: Machine, statements: Sequence[ast.stmt], scope: Scope, why: Unknown) -> None:
    """Make everything unknown that statements may change.

    Args:
        machine: The reader.
        statements: Those that are not understood.
        scope: Where they stand.
        why: What is not understood.
    """
    for node in _nodes(statements):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            scope.names[node.id] = why
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            scope.names[node.name] = why
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            _spoil_part(machine, node, scope, why)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            _spoil_value(_known(machine, ast.Name(node.target.id, ast.Load()), scope), why)
        elif isinstance(node, ast.Call):
            _spoil_called(machine, node, scope, why)
            if name := changed_in_place(node, scope):
                scope.names[name] = why


def changed_in_place(node: ast.expr, scope: Scope) -> str:
    """Return the name of the tensor that a call changes in place; "" if there is none.

    Args:
        node: An expression, such as `x.relu_()` or `F.relu_(x)`.
        scope: Where it stands.
    """
    if not isinstance(node, ast.Call):
        return ""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if not name.endswith("_") or name.endswith("__"):
        return ""
    owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
    for changed in (*owner, *node.args):
        if isinstance(changed, ast.Name) and isinstance(scope.names.get(changed.id), Tensor):
            return changed.id
    return ""


def _nodes(statements: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """Yield everything in statements; of functions and classes the heads alone."""
    waiting: list[ast.AST] = list(reversed(statements))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _known(machine: Machine, node: ast.expr, scope: Scope) -> object:
    """Return what a name with dots stands for, as far as that is known without a call."""
    if not hasattr(node, "lineno"):
        node.lineno = 1
    if not isinstance(node, ast.Name | ast.Attribute):
        return _known(machine, node.value, scope) if isinstance(node, ast.Subscript) else None
    try:
        return machine.value(node, scope)
    except CannotReadError:
        return None


def _spoil_part(
    machine: Machine, node: ast.Attribute | ast.Subscript, scope: Scope, why: Unknown
) -> None:
    owner = _known(machine, node.value, scope)
    if isinstance(node, ast.Subscript):
        _spoil_value(owner, why)
    elif node.attr in VALUES_ONLY:
        return
    elif isinstance(owner, Module):
        if not owner.exchange(node.attr, why, why):
            owner.add(node.attr, why)
    elif isinstance(owner, Thing):
        owner.attributes[node.attr] = why
    elif isinstance(owner, TextClass):
        owner.members[node.attr] = why


def _spoil_called(machine: Machine, node: ast.Call, scope: Scope, why: Unknown) -> None:
    """Spoil what a call may change: its owner, or what a function of the text is given."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in MIXING and node.args and isinstance(_known(machine, node.func, scope), Library):
        _spoil_value(_known(machine, node.args[0], scope), why)
    if isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        _spoil_value(_known(machine, node.func.value, scope), why)
        return
    if isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr") and node.args:
        _spoil_value(_known(machine, node.args[0], scope), why)
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr not in UNCHANGING:
        owner = _known(machine, node.func.value, scope)
        if isinstance(owner, list | dict | set):
            _spoil_value(owner, why)
    function = _known(machine, node.func, scope)
    target = function.target if isinstance(function, Bound) else None
    function = function.function if isinstance(function, Bound) else function
    if may_change(function):
        _spoil_value(target, why)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            _spoil_value(_known(machine, argument, scope), why)


def may_change(function: object, met: set[int] | None = None) -> bool:
    """Return whether a function stores into what it is given, or calls what may.

    Args:
        function: Of the text; `partial` and a method stand for theirs.
        met: Those that were looked at already.

    >>> parsed = ast.parse("def halve(layer): layer.stride = 2").body[0]
    >>> may_change(Function("halve", parsed, Scope(), {}))
    True
    """
    while isinstance(function, Bound | Partial):
        function = function.function
    met = set() if met is None else met
    if not isinstance(function, Function) or id(function) in met:
        return False
    met.add(id(function))
    own = _own_lists(function)
    for node in ast.walk(function.node):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            is_own = isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in own
            if getattr(node, "attr", "") not in VALUES_ONLY and not is_own:
                return True
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            if name in CHANGING and getattr(owner, "id", "") not in own:
                return True
            if name in ("setattr", "delattr"):
                return True
            if any(may_change(each, met) for each in _called_by(node.func, function)):
                return True
    return False


def _own_lists(function: Function) -> set[str]:
    """Return the names in a function that stand for lists of its own making alone."""
    made: dict[str, bool] = {}
    for node in ast.walk(function.node):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.setdefault(node.id, True)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            is_new = isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)
            made[name] = is_new and made.get(name, True)
    return made.keys() - {name for name, is_new in made.items() if not is_new}


def _called_by(called: ast.expr, function: Function) -> Iterator[object]:
    """Yield the functions of the text that a function may mean where it calls one."""
    scope: Scope | None = function.scope
    if isinstance(called, ast.Name):
        while scope and called.id not in scope.names:
            scope = scope.parent
        yield scope.names[called.id] if scope else None
    elif isinstance(called, ast.Attribute):
        owners = [each for each in function.scope.top().names.values()]
        for owner in (function.owner, *owners):
            if isinstance(owner, TextClass):
                yield owner.find(called.attr)


def _spoil_value(value: object, why: Unknown) -> None:
    if isinstance(value, list):
        value[:] = [why]
    elif isinstance(value, Once):
        value.left = [why]
    elif isinstance(value, set):
        value.clear()
        value.add(why)
    elif isinstance(value, dict):
        value.clear()
        value["?"] = why
    elif isinstance(value, Module):
        value.spoiled = value.spoiled or why
    elif isinstance(value, Thing):
        value.attributes = dict.fromkeys(value.attributes, why)
