"""A network written as PyTorch's own calls, one for each layer, read without executing any of it.

What is read are drafts: a kind and its arguments as typed, possible or not; `draft` judges
them. Imports neither torch nor numpy.
"""

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults, layer_to_dict
from mnistcore.stacks.argument_text import is_plain
from mnistcore.stacks.stack import MOST_LAYERS, LayerStack

MOST_CHARACTERS = 20_000
WITHOUT_NUMBERS = {"inplace"}  # arguments of torch's that change no number here

Draft = Mapping[str, object]  # as `layer_to_dict` writes it: `kind`, and arguments


def read_layers(text: str) -> list[Draft]:
    """Return the layers in a text: PyTorch calls on lines of their own, or in an `nn.Sequential`.

    Args:
        text: Such as `Conv2d(1, 16, 3)`, or the program that `code_export` writes.

    Raises:
        InvalidInputError: It is too long, or no such text.

    >>> read_layers("net = nn.Sequential(nn.MaxPool2d(3, stride=(2, 1)), nn.ReLU())")
    [{'kind': 'MaxPool2d', 'kernel_size': 3, 'stride': (2, 1)}, {'kind': 'ReLU'}]
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidInputError(
            f"The text has {len(text):,} characters. Keep it to {MOST_CHARACTERS:,}."
        )
    try:
        statements = ast.parse(textwrap.dedent(text).strip()).body
    except SyntaxError as error:
        line = (error.text or text).strip()[:60]
        raise InvalidInputError(
            f"Line {error.lineno or 1} cannot be read as Python: `{line}`. "
            "Write one layer a line, such as `Conv2d(1, 16, 3, stride=2)`."
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise InvalidInputError(
            "The text cannot be read. Write one layer a line, such as `Conv2d(1, 16, 3)`."
        ) from None
    drafts = [draft for statement in statements for draft in _statement(statement)]
    if len(drafts) > MOST_LAYERS:
        raise InvalidInputError(
            f"The network has {len(drafts):,} layers. Choose {MOST_LAYERS:,} or fewer."
        )
    return drafts


def write_layers(drafts: Sequence[Draft]) -> str:
    """Return drafts as text, one call a line; `read_layers` reads it back.

    Args:
        drafts: Layers, possible or not.

    >>> write_layers([{"kind": "Conv2d", "in_channels": 1, "out_channels": 16, "kernel_size": "k"}])
    "Conv2d(1, 16, 'k')"
    """
    return "\n".join(map(_call, drafts))


def drafts_of(stack: LayerStack) -> list[Draft]:
    """Return the layers of a network as drafts.

    Args:
        stack: The network.

    >>> from mnistcore.stacks.presets import my_net
    >>> drafts_of(my_net())[2]
    {'kind': 'ReLU'}
    """
    return [layer_to_dict(layer) for layer in stack.layers]


def _statement(statement: ast.stmt) -> Iterator[Draft]:
    """Yield the layers of a statement; imports, checks and other assignments have none."""
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        if _name(statement.value.func) == "Sequential":
            yield from _layers(statement.value)
    elif isinstance(statement, ast.Expr):
        yield from _layers(statement.value)


def _layers(node: ast.expr) -> Iterator[Draft]:
    if isinstance(node, ast.Tuple | ast.List):
        for element in node.elts:
            yield from _layers(element)
    elif isinstance(node, ast.Starred):
        yield from _layers(node.value)
    elif isinstance(node, ast.Call) and _name(node.func) == "Sequential":
        for argument in node.args:
            yield from _layers(argument)
    elif isinstance(node, ast.Call) and _name(node.func):
        yield _draft(node)
    else:
        raise InvalidInputError(
            f"Line {node.lineno} is no layer: `{ast.unparse(node)[:60]}`. "
            "Write a layer as PyTorch does, such as `ReLU()`."
        )


def _draft(call: ast.Call) -> Draft:
    kind = _name(call.func)
    names = list(argument_defaults(kind)) if kind in LAYER_KINDS else []
    draft: dict[str, object] = {"kind": kind}
    for place, argument in enumerate(call.args):
        draft[names[place] if place < len(names) else f"argument_{place + 1}"] = _value(argument)
    for keyword in call.keywords:
        if keyword.arg not in WITHOUT_NUMBERS:
            draft[keyword.arg or "arguments"] = _value(keyword.value)
    return draft


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _value(node: ast.expr) -> object:
    """Return a literal, and anything else as the text it is."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, RecursionError):
        return ast.unparse(node)
    return value if is_plain(value) else ast.unparse(node)


def _call(draft: Draft) -> str:
    kind = str(draft["kind"])
    defaults = argument_defaults(kind) if kind in LAYER_KINDS else {}
    needed = [name for name, default in defaults.items() if default is MISSING]
    values = {name: value for name, value in draft.items() if name != "kind"}
    arguments = []
    while needed and needed[0] in values:  # by place, as long as none is missing
        arguments.append(repr(values.pop(needed.pop(0))))
    arguments += [
        f"{name}={value!r}"
        for name, value in values.items()
        if name not in defaults or value is not defaults[name]
    ]
    return f"{kind}({', '.join(arguments)})"
