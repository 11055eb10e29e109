"""Networks everyone knows, as layer stacks, and pairs that are worth comparing.

Imports neither torch nor numpy.
"""

from collections.abc import Callable, Sequence

from mnistcore.errors import InvalidInputError
from mnistcore.layers.kinds import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
)
from mnistcore.layers.layer import Layer
from mnistcore.stacks.stack import LayerStack


def my_net() -> LayerStack:
    """Return this project's own network: three convolutions of stride 2, and one linear layer.

    >>> my_net().analyse().num_params, my_net().analyse().num_macs
    (33770, 559168)
    """
    layers: list[Layer] = []
    for in_channels, out_channels in ((1, 16), (16, 32), (32, 64)):
        layers.append(Conv2d(in_channels, out_channels, 3, stride=2, padding=1))
        layers += [BatchNorm2d(out_channels), ReLU()]
    return LayerStack((1, 28, 28), (*layers, Flatten(), Linear(1024, 10)))


def lenet5() -> LayerStack:
    """Return LeNet-5 as it is taught today: full connections, ReLU, maximum pooling.

    The original had partly connected maps, sigmoids, and 60,000 parameters.

    Source: LeCun, Bottou, Bengio & Haffner (1998), section II.B.

    >>> lenet5().analyse().num_params
    61706
    """
    return LayerStack(
        (1, 28, 28),
        (
            *(Conv2d(1, 6, 5, padding=2), ReLU(), MaxPool2d(2)),
            *(Conv2d(6, 16, 5), ReLU(), MaxPool2d(2)),
            *(Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10)),
        ),
    )


def alexnet() -> LayerStack:
    """Return AlexNet as torchvision has it, "one weird trick" without the two halves.

    Source: Krizhevsky (2014), One weird trick for parallelizing convolutional neural networks.

    >>> alexnet().analyse().num_params
    61100840
    """
    return LayerStack(
        (3, 224, 224),
        (
            *(Conv2d(3, 64, 11, stride=4, padding=2), ReLU(), MaxPool2d(3, stride=2)),
            *(Conv2d(64, 192, 5, padding=2), ReLU(), MaxPool2d(3, stride=2)),
            *(Conv2d(192, 384, 3, padding=1), ReLU(), Conv2d(384, 256, 3, padding=1), ReLU()),
            *(Conv2d(256, 256, 3, padding=1), ReLU(), MaxPool2d(3, stride=2)),
            *(Flatten(), Dropout(), Linear(9216, 4096), ReLU()),
            *(Dropout(), Linear(4096, 4096), ReLU(), Linear(4096, 1000)),
        ),
    )


def vgg11() -> LayerStack:
    """Return VGG-11, configuration A.

    Source: Simonyan & Zisserman (2015), Table 1.

    >>> vgg11().analyse().num_params
    132863336
    """
    return _vgg((64,), (128,), (256, 256), (512, 512), (512, 512))


def vgg16() -> LayerStack:
    """Return VGG-16, configuration D.

    Source: Simonyan & Zisserman (2015), Table 1.

    >>> vgg16().analyse().num_params, vgg16().analyse().rows[30].receptive_fields[0].size
    (138357544, 212)
    """
    return _vgg((64, 64), (128, 128), (256,) * 3, (512,) * 3, (512,) * 3)


def repeated_convolution(
    kernel_size: int, times: int, channels: int = 64, side: int = 28
) -> LayerStack:
    """Return a convolution that keeps size and channels, several times over.

    Two of size 3 see as far as one of size 5, three as far as one of size 7.

    Args:
        kernel_size: Odd, so that the size can be kept.
        times: How many convolutions.
        channels: Channels in and out.
        side: Height and width of the input.

    >>> repeated_convolution(3, 2).analyse().rows[-1].receptive_fields[0].size
    5
    """
    layer = Conv2d(channels, channels, kernel_size, padding=kernel_size // 2)
    return LayerStack((channels, side, side), (layer,) * times)


def depthwise_block() -> LayerStack:
    """Return MobileNet's block: a 3x3 for each channel by itself, then a 1x1 across channels.

    Source: Howard et al. (2017), MobileNets, Figure 3.

    >>> depthwise_block().analyse().num_macs
    13748224
    """
    channels = 128
    return LayerStack(
        (channels, 28, 28),
        (
            Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
            *(BatchNorm2d(channels), ReLU()),
            Conv2d(channels, channels, 1, bias=False),
            *(BatchNorm2d(channels), ReLU()),
        ),
    )


def full_block() -> LayerStack:
    """Return the ordinary convolution that MobileNet's block stands in for.

    >>> full_block().analyse().num_macs
    115605504
    """
    channels = 128
    layers = (Conv2d(channels, channels, 3, padding=1, bias=False), BatchNorm2d(channels), ReLU())
    return LayerStack((channels, 28, 28), layers)


def pooling_net() -> LayerStack:
    """Return a net for MNIST that pools on average at the end, so that it has few parameters.

    >>> pooling_net().analyse().num_params
    5226
    """
    return LayerStack(
        (1, 28, 28),
        (
            *(Conv2d(1, 16, 3, padding=1), BatchNorm2d(16), ReLU(), MaxPool2d(2)),
            *(Conv2d(16, 32, 3, padding=1), BatchNorm2d(32), ReLU(), MaxPool2d(2)),
            *(AvgPool2d(7), Flatten(), Linear(32, 10)),
        ),
    )


def deep_net() -> LayerStack:
    """Return a net for MNIST as accurate as ten minutes allow: six convolutions, three strided.

    >>> deep_net().analyse().num_params
    374970
    """
    layers: list[Layer] = []
    in_channels = 1
    for out_channels, kernel_size, stride in (
        *((48, 5, 2), (64, 3, 1), (64, 3, 1)),
        *((112, 3, 2), (112, 3, 1), (112, 3, 2)),
    ):
        padding = kernel_size // 2
        layers += [
            Conv2d(
                in_channels, out_channels, kernel_size, stride=stride, padding=padding, bias=False
            ),
            *(BatchNorm2d(out_channels), ReLU()),
        ]
        in_channels = out_channels
    return LayerStack((1, 28, 28), (*layers, Flatten(), Dropout(0.1), Linear(112 * 4 * 4, 10)))


def dense_net() -> LayerStack:
    """Return linear layers alone, with as many parameters as MyNet but for fifteen.

    Nothing is shared between places, which shows what a convolution's sharing buys.

    >>> dense_net().analyse().num_params, my_net().analyse().num_params
    (33755, 33770)
    """
    return LayerStack(
        (1, 28, 28),
        (Flatten(), Linear(784, 41), ReLU(), Linear(41, 30), ReLU(), Linear(30, 10)),
    )


PRESETS: dict[str, Callable[[], LayerStack]] = {
    "MyNet": my_net,
    "LeNet-5": lenet5,
    "Pooling net": pooling_net,
    "DeepNet": deep_net,
    "Dense net": dense_net,
    "AlexNet": alexnet,
    "VGG-11": vgg11,
    "VGG-16": vgg16,
    "One 5x5": lambda: repeated_convolution(5, 1),
    "Two 3x3": lambda: repeated_convolution(3, 2),
    "One 7x7": lambda: repeated_convolution(7, 1),
    "Three 3x3": lambda: repeated_convolution(3, 3),
    "MobileNet block": depthwise_block,
    "Ordinary 3x3 block": full_block,
}


def preset(name: str) -> LayerStack:
    """Return a network by its name in `PRESETS`.

    Raises:
        InvalidInputError: There is none of that name.

    >>> preset("MyNet").input_shape
    (1, 28, 28)
    """
    if name not in PRESETS:
        raise InvalidInputError(
            "There is no preset {name!r}. Choose one of {presets}.",
            name=name[:40],
            presets=", ".join(PRESETS),
        )
    return PRESETS[name]()


def _vgg(*stages: Sequence[int]) -> LayerStack:
    layers: list[Layer] = []
    in_channels = 3
    for stage in stages:
        for out_channels in stage:
            layers += [Conv2d(in_channels, out_channels, 3, padding=1), ReLU()]
            in_channels = out_channels
        layers.append(MaxPool2d(2))
    layers += [Flatten(), Linear(512 * 7 * 7, 4096), ReLU(), Dropout()]
    layers += [Linear(4096, 4096), ReLU(), Dropout(), Linear(4096, 1000)]
    return LayerStack((3, 224, 224), tuple(layers))
