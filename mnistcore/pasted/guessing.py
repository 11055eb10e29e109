"""How sure a network is of which only the modules are known, and not what `forward` does between.

A size that is calculated from the image up to a gap may be another behind it: functions such as a
pooling are not shown. It is sure again where a linear layer asks for just so many values.
"""

from collections.abc import Sequence

from mnistcore.errors import InvalidInputError
from mnistcore.evaluator.chain import Call, Chain, Tensor
from mnistcore.evaluator.limits import CannotReadError
from mnistcore.evaluator.machine import Machine
from mnistcore.evaluator.torch_module import Module
from mnistcore.evaluator.values import Unknown
from mnistcore.layers.adaptive_pooling import AdaptivePooling
from mnistcore.layers.convolution import Convolution
from mnistcore.layers.kinds import layer_from_dict
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Flatten, Linear
from mnistcore.sentences import Sentence

NOTE = Sentence("print(model) does not show `forward`: the modules are read one after another.")


def behind_gap(machine: Machine, tensor: Tensor, child: Module | Unknown) -> Tensor:
    """Return what goes into a module behind a gap: flattened if nothing else can be meant.

    Args:
        machine: The reader.
        tensor: What came out in front of the gap.
        child: The module behind it.
    """
    machine.note(1, NOTE)
    tensor.chain.gaps.add(tensor.place)
    first = child
    while isinstance(first, Module) and first.is_container and first.children:
        first = next(iter(first.children.values()))
    if tensor.shape is None or not isinstance(first, Module) or first.kind != "Linear":
        return tensor
    shape = tensor.image_shape(first.line)
    wanted = first.arguments.get("in_features")
    if len(shape) > 1 and wanted not in (shape[-1],):
        call = Call({"kind": "Flatten"}, first.line, first.line, None, "flatten")
        return tensor.chain.applied(tensor, call)
    return tensor


def require_sure(chain: Chain, input_shape: Shape) -> None:
    """Raise `CannotReadError` if a number depends on what is not shown.

    Args:
        chain: All calls.
        input_shape: Of the image.
    """
    doubt: Call | None = None
    is_sure, is_open = True, False
    shape = input_shape
    for place, (call, layer) in enumerate(_layers(chain.calls)):
        if place in chain.gaps and place and len(shape) > 1:
            is_sure = False
        if isinstance(layer, Convolution) and not is_sure:
            doubt = doubt or call
        is_open = is_open or (isinstance(layer, AdaptivePooling) and not is_sure)
        new_shape = layer.output_shape(shape)
        if isinstance(layer, Flatten) and len(shape) > 1 and max(shape[1:]) > 1 and not is_open:
            asked = [
                each for _, each in _layers(chain.calls[place + 1 :]) if isinstance(each, Linear)
            ]
            if asked and asked[0].in_features == new_shape[-1]:
                doubt = None
        is_sure = is_sure or len(new_shape) == 1
        shape = new_shape
    if doubt:
        raise CannotReadError(
            doubt.line,
            "print(model) does not show what `forward` does in front of this layer, and its number "
            "of multiply-adds depends on it. Paste the class.",
        )


def _layers(calls: Sequence[Call]) -> list[tuple[Call, Layer]]:
    pairs: list[tuple[Call, Layer]] = []
    for call in calls:
        try:
            pairs.append((call, layer_from_dict(call.draft)))
        except InvalidInputError:
            break
    return pairs
