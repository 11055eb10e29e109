"""A network laid open for one image: every layer in order, with what goes in and what comes out.

Works for any chain of the layers in `layers.kinds`, whatever modules it is built of. Calculates in
float64, so that terms add up to far more digits than anybody reads. Knows no screen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.inside.layer_chain import IMAGE_SHAPE, LayerChain, layer_chain
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Flatten
from mnistcore.layers.receptive_field import Interval
from mnistcore.stacks.stack import StackRow, pixel_fields, stack_row

Array = npt.NDArray[np.float64]
Index = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Stage:
    """One layer of a network, at work on one image.

    Attributes:
        name: Its path in the model; "" for a flattening that is no module there.
        module: The layer in torch, in float64.
        numbers: The calculator's: our own layer, shapes, parameters, MACs, receptive fields.
        inputs: What goes in, without the batch.
        outputs: What comes out, without the batch.
        switched_off: Channels (of a flat layer: features) that were set to 0 on their way out.
        painted_off: Single values that were set to 0, by their index in `outputs`.
    """

    name: str
    module: nn.Module
    numbers: StackRow
    inputs: Array
    outputs: Array
    switched_off: frozenset[int] = frozenset()
    painted_off: frozenset[Index] = frozenset()

    @property
    def layer(self) -> Layer:
        """Return the layer as the calculator knows it."""
        return self.numbers.layer

    @property
    def kind(self) -> str:
        """Return the layer's name in torch.nn."""
        return self.layer.kind

    def is_off(self, index: Index) -> bool:
        """Tell whether a value was set to 0, alone or with its whole channel."""
        return index[0] in self.switched_off or index in self.painted_off


def prepare_model(model: nn.Module, input_shape: Shape = IMAGE_SHAPE) -> LayerChain:
    """Return a copy of a network as a chain of its layers, in float64.

    Args:
        model: As for `layer_chain.layer_chain`.
        input_shape: Of what goes in, without the batch.

    Raises:
        InvalidInputError: The network is no chain of known layers.

    >>> next(prepare_model(nn.Linear(2, 1), (2,)).parameters()).dtype
    torch.float64
    """
    return layer_chain(model, input_shape).double()


@torch.inference_mode()
def inspect_network(
    model: LayerChain, image: Tensor, switched_off: Collection[Index] = ()
) -> tuple[Stage, ...]:
    """Send one image through a network, and return its layers in the order of the calculation.

    Args:
        model: From `prepare_model`.
        image: Without the batch, (1, 28, 28), as `splits.to_input` makes it.
        switched_off: What is set to 0: (stage, channel) is a whole map, (stage, channel, row,
            column) one of its values; stages are numbered from 0.

    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> [stage.kind for stage in stages[-3:]], stages[-4].outputs.shape
    (['ReLU', 'Flatten', 'Linear'], (64, 4, 4))
    """
    stages: list[Stage] = []
    inputs = image[None].to(torch.float64)
    fields = pixel_fields(tuple(image.shape))
    for number, name in enumerate(model.names):
        module = model.layer(name)
        outputs = module(inputs.clone())  # an in-place ReLU changes the clone
        off = [place[1:] for place in switched_off if place[0] == number]
        for place in off:
            outputs[0][place] = 0
        layer = layer_of(module)
        assert layer is not None  # `layer_chain` lets no other pass
        row = stack_row(layer, tuple(inputs.shape[1:]), fields)
        channels = frozenset(place[0] for place in off if len(place) == 1)
        values = frozenset(place for place in off if len(place) > 1)
        arrays = inputs[0].numpy(), outputs[0].numpy()
        stages.append(Stage(name, module, row, *arrays, channels, values))
        inputs, fields = outputs, row.receptive_fields
    return tuple(stages)


def group_stages(stages: Sequence[Stage]) -> tuple[tuple[int, ...], ...]:
    """Return the stages' numbers in blocks: a layer, and what changes its values one by one.

    >>> from mnistcore.models.model import MyNet
    >>> group_stages(inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28)))
    ((0, 1, 2), (3, 4, 5), (6, 7, 8), (9,), (10,))
    """
    blocks: list[list[int]] = []
    for number, stage in enumerate(stages):
        if blocks and stage.layer.is_elementwise:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return tuple(map(tuple, blocks))


def seen_region(stages: Sequence[Stage], number: int, index: Index) -> tuple[Interval | None, ...]:
    """Return the first and last pixel of the image that one value sees, along each axis.

    Args:
        stages: From `inspect_network`.
        number: Of the stage, from 0.
        index: Of the value in the stage's outputs.

    Returns:
        An interval for each axis, padding left out; None if it sees padding only.

    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> seen_region(stages, 3, (0, 2, 3)), seen_region(stages, 10, (0,))
    (((5, 11), (9, 15)), ((0, 27), (0, 27)))
    """
    fields = stages[number].numbers.receptive_fields
    place = before_flattening(stages, number, index) if any(fields) else index
    sizes = stages[0].inputs.shape[1:]
    if not any(fields):
        return tuple((0, size - 1) for size in sizes)
    return tuple(
        (0, size - 1) if field is None else _clipped(field.seen_by(at), size)
        for field, at, size in zip(fields, place[1:], sizes, strict=True)
    )


def before_flattening(stages: Sequence[Stage], number: int, index: Index) -> Index:
    """Return where a value of a flat layer lay before the last flattening; others stay.

    Args:
        stages: From `inspect_network`.
        number: Of the stage whose outputs hold the value, from 0.
        index: Of the value.

    >>> from mnistcore.models.model import MyNet
    >>> stages = inspect_network(prepare_model(MyNet()), torch.zeros(1, 28, 28))
    >>> before_flattening(stages, 9, (35,)), before_flattening(stages, 0, (3, 2, 1))
    ((2, 0, 3), (3, 2, 1))
    """
    while stages[number].layer.is_elementwise:
        number -= 1
    if not isinstance(stages[number].layer, Flatten):
        return index
    shape = stages[number].inputs.shape
    return tuple(int(at) for at in np.unravel_index(index[0], shape))


def _clipped(interval: Interval | None, size: int) -> Interval | None:
    if interval is None or interval[1] < 0 or interval[0] >= size:
        return None
    return max(0, interval[0]), min(size - 1, interval[1])
