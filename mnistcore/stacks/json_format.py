"""A network to and from JSON: for files, run folders and links.

Whatever comes in is checked; nothing is executed. Imports neither torch nor numpy.
"""

import json

from mnistcore.errors import InvalidInputError
from mnistcore.files import parsed
from mnistcore.layers.kinds import layer_from_dict, layer_to_dict
from mnistcore.layers.layer import checked_shape
from mnistcore.stacks.stack import MOST_LAYERS, LayerStack

BYTE_ORDER_MARK = "\ufeff"


def stack_to_dict(stack: LayerStack) -> dict[str, object]:
    """Return a network as a dictionary that JSON can hold.

    >>> from mnistcore.layers.kinds import ReLU
    >>> stack_to_dict(LayerStack((784,), (ReLU(),)))
    {'input_shape': [784], 'layers': [{'kind': 'ReLU'}]}
    """
    layers = [layer_to_dict(layer) for layer in stack.layers]
    return {"input_shape": list(stack.input_shape), "layers": layers}


def stack_to_json(stack: LayerStack) -> str:
    """Return a network as JSON text, one line for each layer.

    >>> from mnistcore.layers.kinds import Linear
    >>> print(stack_to_json(LayerStack((784,), (Linear(784, 10),))))
    {
     "input_shape": [784],
     "layers": [
      {"kind": "Linear", "in_features": 784, "out_features": 10}
     ]
    }
    """
    layers = ",\n  ".join(json.dumps(layer_to_dict(layer)) for layer in stack.layers)
    shape = json.dumps(list(stack.input_shape))
    return f'{{\n "input_shape": {shape},\n "layers": [\n  {layers}\n ]\n}}'


def stack_from_dict(values: object) -> LayerStack:
    """Return the network that `stack_to_dict` wrote.

    Raises:
        InvalidInputError: It is no such dictionary, or says something impossible.

    >>> stack_from_dict({"input_shape": [784], "layers": [{"kind": "ReLU"}]}).layers
    (ReLU(),)
    """
    if not isinstance(values, dict) or set(values) != {"input_shape", "layers"}:
        raise InvalidInputError(
            'A network is written as {"input_shape": [1, 28, 28], "layers": [...]}.'
        )
    if not isinstance(values["layers"], list):
        raise InvalidInputError(
            "`layers` is {layers!r}. Give a list.", layers=str(values["layers"])[:40]
        )
    layers = tuple(layer_from_dict(layer) for layer in values["layers"][: MOST_LAYERS + 1])
    return LayerStack(checked_shape(values["input_shape"]), layers)


def stack_from_json(text: str) -> LayerStack:
    """Return the network that `stack_to_json` wrote.

    Raises:
        InvalidInputError: It is no JSON, or no network.

    >>> stack_from_json("[")
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: This is no JSON: Expecting value: line 1 column 2 (char 1).
    """
    try:
        values = parsed(text.removeprefix(BYTE_ORDER_MARK).encode())
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("This is no JSON: {error}.", error=error) from None
    return stack_from_dict(values)
