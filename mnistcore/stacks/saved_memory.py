"""What PyTorch keeps of an image in training, for the way back: layer by layer, each tensor once.

Autograd saves what a layer's gradient is worked out from: its input, its output, a mask, the places
of the largest values. One tensor that two layers save is one tensor; what changes a shape alone
hands on the same. Parameters and the loss are not counted. Found by `torch.autograd.graph`'s
saved-tensor hooks, which `verify` asks again. Imports neither torch nor numpy.
"""

from dataclasses import dataclass
from math import prod

from mnistcore.layers.across_channels import LocalResponseNorm, Softmax
from mnistcore.layers.adaptive_pooling import AdaptiveMaxPool1d, AdaptiveMaxPool2d, AdaptivePooling
from mnistcore.layers.convolution import Convolution, TransposedConvolution
from mnistcore.layers.elementwise import (
    Activation,
    Dropout,
    Dropout1d,
    Dropout2d,
    Identity,
    LogSigmoid,
    ReLU,
    Sigmoid,
    Softsign,
    Tanh,
)
from mnistcore.layers.layer import Layer, Shape
from mnistcore.layers.linear import Flatten, Linear, Unflatten
from mnistcore.layers.normalisation import (
    BatchNorm,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
)
from mnistcore.layers.pooling import AveragePooling, MaxPooling
from mnistcore.layers.resizing import Upsample, ZeroPad2d
from mnistcore.stacks.stack import BYTES_PER_NUMBER, StackAnalysis, analyse_layer

BYTES_PER_PLACE = 8  # int64: where the largest value of a window lies
SMALLEST_BATCH = 2  # of one image, BatchNorm1d has nothing to normalise


@dataclass(frozen=True)
class Saved:
    """What one layer saves.

    Args:
        input: Whether its input is among it.
        output: Whether its output is.
        numbers: Further numbers for each image, in float32.
        places: Further places for each image, in int64.
        numbers_of_batch: Further numbers for a whole batch.
    """

    input: bool = False
    output: bool = False
    numbers: int = 0
    places: int = 0
    numbers_of_batch: int = 0


@dataclass(frozen=True)
class SavedMemory:
    """What a network saves, in bytes: with every image, and once for a batch of them."""

    with_each_image: int
    with_each_batch: int

    @property
    def per_image(self) -> int:
        """Return what an image takes in a batch of two, the smallest that every layer trains on."""
        return self.of_batch(SMALLEST_BATCH) // SMALLEST_BATCH

    def of_batch(self, num_images: int) -> int:
        """Return what a batch of so many images takes."""
        return num_images * self.with_each_image + self.with_each_batch


def saved_of_layer(layer: Layer, input_shape: Shape) -> SavedMemory:
    """Return what training keeps of one layer behind others that are trained.

    Args:
        layer: Any layer.
        input_shape: The shape of one image that goes in.

    >>> from mnistcore.layers.kinds import ReLU
    >>> saved_of_layer(ReLU(), (16, 14, 14)).per_image
    12544
    """
    row = analyse_layer(layer, input_shape)
    return saved_memory(StackAnalysis(input_shape, (row,)), has_gradient=True)


def saved_memory(analysis: StackAnalysis, *, has_gradient: bool = False) -> SavedMemory:
    """Return what training keeps of an image, and once of each batch.

    Args:
        analysis: Of the network.
        has_gradient: Whether something in front of it is trained.

    >>> from mnistcore.stacks.presets import alexnet, my_net
    >>> saved_memory(alexnet().analyse())
    SavedMemory(with_each_image=3704320, with_each_batch=0)
    >>> saved_memory(my_net().analyse()).per_image
    49408
    """
    kept: dict[int, int] = {}  # by tensor, the input being 0
    tensor, for_image, for_batch = 0, 0, 0
    for number, row in enumerate(analysis.rows, start=1):
        layer, size = row.layer, prod(row.input_shape) * BYTES_PER_NUMBER
        behind = tensor if _hands_on(layer) else number
        if has_gradient or layer.num_params:
            saved = saved_by(layer, row.input_shape)
            kept |= {tensor: size} if saved.input else {}
            kept |= {behind: row.activation_bytes} if saved.output else {}
            for_image += saved.numbers * BYTES_PER_NUMBER + saved.places * BYTES_PER_PLACE
            for_batch += saved.numbers_of_batch * BYTES_PER_NUMBER
            has_gradient = True
        tensor = behind
    return SavedMemory(for_image + sum(kept.values()), for_batch)


def saved_by(layer: Layer, input_shape: Shape) -> Saved:
    """Return what a layer saves, its input having a gradient or the layer having weights.

    Args:
        layer: Any layer.
        input_shape: The shape of one image that goes in.

    >>> from mnistcore.layers.kinds import MaxPool2d
    >>> saved_by(MaxPool2d(2), (16, 28, 28))
    Saved(input=True, output=False, numbers=0, places=3136, numbers_of_batch=0)
    """
    if _hands_on(layer) or isinstance(layer, Upsample | ZeroPad2d):
        return Saved()
    if isinstance(layer, ReLU | Sigmoid | Tanh | Softmax):
        return Saved(output=True)
    if isinstance(layer, LogSigmoid | Softsign):
        return Saved(input=True, numbers=prod(input_shape))
    if isinstance(layer, Activation | AveragePooling | Linear | TransposedConvolution):
        return Saved(input=True)
    if isinstance(layer, Convolution):
        return _saved_by_convolution(layer, input_shape)
    if isinstance(layer, MaxPooling | AdaptiveMaxPool1d | AdaptiveMaxPool2d):
        return Saved(input=True, places=prod(layer.output_shape(input_shape)))
    if isinstance(layer, AdaptivePooling):  # an average over all of an axis is a mean
        return Saved(input=set(layer.output_shape(input_shape)[1:]) != {1})
    if isinstance(layer, Dropout):
        return _saved_by_dropout(layer, input_shape)
    return _saved_by_normalisation(layer, input_shape)


def _hands_on(layer: Layer) -> bool:
    """Return whether what comes out is the very tensor that went in, in another shape at most."""
    is_idle = isinstance(layer, Dropout) and layer.p == 0
    return is_idle or isinstance(layer, Flatten | Unflatten | Identity)


def _saved_by_convolution(layer: Convolution, input_shape: Shape) -> Saved:
    """Return its input; where "same" pads more at the end, the input with that column more."""
    odd = [after - before for before, after in layer.paddings()]
    if not any(odd):
        return Saved(input=True)
    sizes = (size + more for size, more in zip(input_shape[1:], odd, strict=True))
    return Saved(numbers=input_shape[0] * prod(sizes))


def _saved_by_dropout(layer: Dropout, input_shape: Shape) -> Saved:
    if layer.p == 1:
        return Saved(numbers_of_batch=1)
    drops_channels = isinstance(layer, Dropout1d | Dropout2d)
    return Saved(numbers=input_shape[0] if drops_channels else prod(input_shape))


def _saved_by_normalisation(layer: Layer, input_shape: Shape) -> Saved:
    """Return the input, with the mean and the deviation of each part that is normalised."""
    if isinstance(layer, BatchNorm):
        return Saved(input=True, numbers_of_batch=2 * layer.num_features)
    if isinstance(layer, GroupNorm):
        return Saved(input=True, numbers=2 * layer.num_groups)
    if isinstance(layer, LayerNorm):
        return Saved(input=True, numbers=2 * prod(input_shape) // prod(layer.last_sizes))
    if isinstance(layer, InstanceNorm):
        return Saved(input=True, numbers=(3 if layer.affine else 2) * input_shape[0])
    if isinstance(layer, LocalResponseNorm):
        padded = (input_shape[0] + layer.size - 1) * prod(input_shape[1:])
        return Saved(input=True, numbers=padded + 2 * prod(input_shape))
    raise TypeError(f"What {layer.kind} saves is not known.")
