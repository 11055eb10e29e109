"""Receptive fields through a model with branches, by following its graph.

`torch.fx` writes the model down as a graph of modules and functions. Where branches meet, the
field is what any of them sees. What has no window, such as an addition, hands its inputs' fields
on. What this module does not know makes everything behind it unknown: nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx, nn
from torch.fx.passes.shape_prop import ShapeProp

from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.layers.kinds import Linear, make_layer
from mnistcore.layers.layer import Fields, Layer, Shape
from mnistcore.layers.normalisation import LayerNorm
from mnistcore.layers.receptive_field import ReceptiveField, UnknownFieldError
from mnistcore.stacks.table import BlockOutput

HAND_ON = {
    *("add", "sub", "mul", "truediv", "cat", "chunk", "split", "getitem", "stochastic_depth"),
    *("relu", "sigmoid", "dropout", "layer_norm", "flatten", "contiguous"),
    *("permute", "transpose", "view", "reshape"),
    *("LayerNorm", "LayerNorm2d", "Identity", "StochasticDepth"),
    *("ReLU6", "SiLU", "GELU", "Sigmoid", "Hardswish", "Hardsigmoid", "Tanh"),
}
SEES_ALL = {"mean", "MultiheadAttention"}
ADAPTIVE = {"adaptive_avg_pool2d"}
POOLING_ARGUMENTS = {
    "max_pool2d": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "avg_pool2d": ("kernel_size", "stride", "padding", "ceil_mode"),
}


@dataclass(frozen=True)
class GraphStep:
    """One step of the model: a module's path or a function's name, and what it sees.

    `fields` is as in `layer.Fields`, and None where it is unknown; `inside` are the paths of the
    modules that it is a step of, its own among them.
    """

    name: str
    is_module: bool
    output_shape: Shape
    fields: Fields | None
    inside: tuple[str, ...] = ()


def graph_steps(model: nn.Module, input_shape: Shape) -> Iterator[GraphStep]:
    """Yield every step of a model that gives a tensor, with its receptive fields.

    Args:
        model: A model that `torch.fx` can trace, for evaluation, on "meta".
        input_shape: (channels, height, width) of one image.

    >>> model = nn.Sequential(nn.Conv2d(1, 8, 3), nn.MaxPool2d(2)).to("meta")
    >>> [step.fields[0].size for step in graph_steps(model, (1, 28, 28))]
    [1, 3, 4]
    """
    traced = fx.symbolic_trace(model)
    ShapeProp(traced).propagate(torch.zeros(1, *input_shape, device="meta"))
    known: dict[fx.Node, Fields | None] = {}
    for node in traced.graph.nodes:
        if node.op == "placeholder":
            known[node] = (ReceptiveField(),) * (len(input_shape) - 1)
        elif "tensor_meta" in node.meta and known.keys() & node.all_input_nodes:
            known[node] = _fields_behind(node, traced, known)
        if node in known and _shape(node) and node.op != "output":
            is_module = node.op == "call_module"
            name = str(node.target) if is_module else node.name
            # A module that is called again is named `path@1`, `path@2`, ...
            stack = node.meta.get("nn_module_stack") or ()
            inside = tuple(path.partition("@")[0] for path in stack)
            yield GraphStep(name, is_module, _shape(node)[1:], known[node], inside)


def block_outputs(model: nn.Module, input_shape: Shape) -> dict[str, BlockOutput]:
    """Return what comes out of every module of a model, of blocks of modules too.

    A block's output is that of its last step: where branches meet, all of them together.

    Args:
        model: As for `graph_steps`.
        input_shape: As for `graph_steps`.

    >>> model = nn.Sequential(nn.Sequential(nn.Conv2d(1, 8, 3), nn.MaxPool2d(2))).to("meta")
    >>> block_outputs(model, (1, 28, 28))["0"].output_shape
    (8, 13, 13)
    """
    return {
        path: BlockOutput(step.output_shape, step.fields)
        for step in graph_steps(model, input_shape)
        for path in step.inside
    }


def module_fields(model: nn.Module, input_shape: Shape) -> dict[str, list[Fields | None]]:
    """Return the receptive fields behind each module, one entry for each time it is called.

    Args:
        model: As for `graph_steps`.
        input_shape: As for `graph_steps`.

    >>> model = nn.Sequential(nn.Conv2d(1, 8, 3), nn.MaxPool2d(2)).to("meta")
    >>> module_fields(model, (1, 28, 28))["1"][0][0].size
    4
    """
    calls: dict[str, list[Fields | None]] = defaultdict(list)
    for step in graph_steps(model, input_shape):
        if step.is_module:
            calls[step.name].append(step.fields)
    return dict(calls)


def _fields_behind(
    node: fx.Node, traced: fx.GraphModule, known: dict[fx.Node, Fields | None]
) -> Fields | None:
    sources = [source for source in node.all_input_nodes if source in known]
    fields = known[sources[0]]
    for source in sources[1:]:
        fields = _joined(fields, known[source])
    if fields is None:
        return None
    input_shape, output_shape = _shape(sources[0])[1:], _shape(node)[1:]
    if node.op == "call_module":
        module = traced.get_submodule(str(node.target))
        layer = layer_of(module)
        if isinstance(layer, Linear | LayerNorm) and len(input_shape) > 1:
            return fields  # channels come last here: it mixes channels, not pixels
        if layer:
            return _known(layer, fields, input_shape)
        name = type(module).__name__
    else:
        name = node.target if isinstance(node.target, str) else node.target.__name__
    if name in POOLING_ARGUMENTS:
        return _known(_pooling(name, node), fields, input_shape)
    if name in SEES_ALL or (name in ADAPTIVE and input_shape != output_shape):
        return (None,) * len(fields)
    return fields if name in HAND_ON | ADAPTIVE else None


def _known(layer: Layer, fields: Fields, input_shape: Shape) -> Fields | None:
    try:
        return layer.receptive_fields(fields, input_shape)
    except UnknownFieldError:
        return None


def _joined(first: Fields | None, second: Fields | None) -> Fields | None:
    if first is None or second is None:
        return None
    return tuple(
        one and other and one.joined(other) for one, other in zip(first, second, strict=True)
    )


def _pooling(name: str, node: fx.Node) -> Layer:
    names = POOLING_ARGUMENTS[name]
    arguments: dict[str, Any] = dict(zip(names, node.args[1:], strict=False))
    arguments |= {key: value for key, value in node.kwargs.items() if key in names}
    return make_layer({"max_pool2d": "MaxPool2d", "avg_pool2d": "AvgPool2d"}[name], **arguments)


def _shape(node: fx.Node) -> Shape:
    """Return the shape of what the node gives, with the batch; () if it gives several."""
    found = node.meta.get("tensor_meta")
    return tuple(getattr(found, "shape", ()) or ())
