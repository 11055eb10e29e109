"""The networks that can be trained, by name or layer by layer. Imports no torch.

A network is written as `Network`: a name in `NETWORK_NAMES`, or the dictionary of a layer stack, as
`stacks.json_format` makes it. Both stand in a run's configuration and in every checkpoint.
"""

from math import prod
from typing import Any

from mnistcore.errors import InvalidInputError
from mnistcore.layers.across_channels import LocalResponseNorm
from mnistcore.stacks.json_format import stack_from_dict, stack_to_dict
from mnistcore.stacks.presets import deep_net, dense_net
from mnistcore.stacks.stack import BYTES_PER_NUMBER, LayerStack, StackAnalysis

Network = str | dict[str, Any]

# A name, and what the page says of it.
NETWORK_NAMES = {
    "mynet": "MyNet: the article's three convolutions and one linear layer, 33,770 parameters.",
    "drawing-net": "DrawingNet: four wider convolutions and one linear layer, 310,123 parameters, "
    "with an eleventh output for what is no digit.",
    "deep-net": "DeepNet: six wide convolutions and one linear layer, 374,970 parameters, "
    "the most accurate and the slowest to train.",
    "dense": "Linear layers only, 33,755 parameters: as many as MyNet, none of them shared between "
    "places, which shows what sharing buys.",
}
STACKS = {"deep-net": deep_net, "dense": dense_net}  # these need no class of their own

IMAGE_SHAPE = (1, 28, 28)
OUTPUT_SHAPE = (10,)
# Weights, and twice as much for Adam, at four bytes each, must fit into a checkpoint.
MOST_PARAMS = 8_000_000
# Of one image in one layer after another, in bytes; a batch keeps hundreds of them.
MOST_ACTIVATION_BYTES = 8_000_000
# For one image, of which a file is tried with three. Multiply-adds: DeepNet's are 23,538,592, and
# the slowest, transposed convolutions, do 350 million in a second. Pooling compares 200 million.
MOST_MACS = 150_000_000
MOST_OTHER_OPS = 75_000_000


def network_from_stack(stack: LayerStack) -> Network:
    """Return a layer stack as a network to train, once it is sure that it can be.

    Args:
        stack: Takes (1, 28, 28) and gives (10,).

    Raises:
        InvalidInputError: It takes or gives another shape, has nothing to learn, or is too large
            for this app's limits.

    >>> from mnistcore.layers.kinds import Linear
    >>> network_from_stack(LayerStack((784,), (Linear(784, 10),)))
    Traceback (most recent call last):
    mnistcore.errors.InvalidInputError: The network takes images of shape (784,), MNIST's are \
(1, 28, 28). Change its input shape.
    """
    if stack.input_shape != IMAGE_SHAPE:
        raise InvalidInputError(
            "The network takes images of shape {input_shape}, MNIST's are {image_shape}. Change "
            "its input shape.",
            input_shape=stack.input_shape,
            image_shape=IMAGE_SHAPE,
        )
    analysis = stack.analyse()
    if analysis.output_shape != OUTPUT_SHAPE:
        raise InvalidInputError(
            "The network gives {output_shape}, which should be {output_shape_2}: a number for "
            "each digit. End it with Flatten and Linear(..., 10).",
            output_shape=analysis.output_shape,
            output_shape_2=OUTPUT_SHAPE,
        )
    if not 0 < analysis.num_params <= MOST_PARAMS:
        raise InvalidInputError(
            "The network has {num_params:,} parameters. Choose from 1 to {most_params:,}.",
            num_params=analysis.num_params,
            most_params=MOST_PARAMS,
        )
    _check_cost(analysis)
    return stack_to_dict(stack)


def activation_bytes(network: Network) -> int:
    """Return what one image takes on its way through a network of layers; 0 of one by name.

    >>> activation_bytes(stack_to_dict(dense_net())), activation_bytes("mynet")
    (6880, 0)
    """
    return _bytes_of(stack_from_dict(network).analyse()) if isinstance(network, dict) else 0


def checked_network(network: Network) -> Network:
    """Return a network, once it is sure that it can be built.

    Raises:
        InvalidInputError: There is none of that name, or the layers cannot be trained.

    >>> checked_network("mynet")
    'mynet'
    """
    if isinstance(network, dict):
        return network_from_stack(stack_from_dict(network))
    if network not in NETWORK_NAMES:
        raise InvalidInputError(
            "There is no network {network!r}. Choose from {network_names}.",
            network=network,
            network_names=", ".join(NETWORK_NAMES),
        )
    return network


def network_title(network: Network) -> str:
    """Return a network in a word or two, for messages, names and tables.

    >>> network_title("mynet"), network_title({"input_shape": [1], "layers": [1, 2]})
    ('mynet', 'stack of 2 layers')
    """
    if isinstance(network, str):
        return network
    return f"stack of {len(network['layers'])} layers"


def _check_cost(analysis: StackAnalysis) -> None:
    """Refuse a network that takes too much memory or time for one image."""
    if (num_bytes := _bytes_of(analysis)) > MOST_ACTIVATION_BYTES:
        raise InvalidInputError(
            "One image takes {activation_bytes:,} bytes on its way through the network, the limit "
            "is {most_activation_bytes:,}. Choose fewer channels or larger strides.",
            activation_bytes=num_bytes,
            most_activation_bytes=MOST_ACTIVATION_BYTES,
        )
    if analysis.num_macs > MOST_MACS:
        raise InvalidInputError(
            "One image takes {num_macs:,} multiply-adds on its way through the network, the limit "
            "is {most_macs:,}. Choose fewer channels, smaller kernels or larger strides.",
            num_macs=analysis.num_macs,
            most_macs=MOST_MACS,
        )
    num_other_ops = sum(row.num_other_ops for row in analysis.rows)
    if num_other_ops > MOST_OTHER_OPS:
        raise InvalidInputError(
            "One image takes {num_other_ops:,} comparisons and sums on its way through the "
            "network, the limit is {most_other_ops:,}. Choose smaller windows in pooling, fewer "
            "channels or larger strides.",
            num_other_ops=num_other_ops,
            most_other_ops=MOST_OTHER_OPS,
        )


def _bytes_of(analysis: StackAnalysis) -> int:
    """Return the memory of all outputs, and of the channels that torch lays around some inputs."""
    around = sum(
        row.layer.size * prod(row.input_shape[1:]) * BYTES_PER_NUMBER
        for row in analysis.rows
        if isinstance(row.layer, LocalResponseNorm)
    )
    return analysis.activation_bytes + around
