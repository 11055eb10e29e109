"""A network written as PyTorch's own calls, one for each layer; `pasted` reads it back.

What is written are drafts: a kind and its arguments as typed, possible or not; `draft` judges
them. Imports neither torch nor numpy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING

from mnistcore.layers.kinds import LAYER_KINDS, argument_defaults, layer_to_dict
from mnistcore.stacks.stack import LayerStack

Draft = Mapping[str, object]  # as `layer_to_dict` writes it: `kind`, and arguments


def write_layers(drafts: Sequence[Draft]) -> str:
    """Return drafts as text, one call a line.

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
