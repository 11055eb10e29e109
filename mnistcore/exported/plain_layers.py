"""A classifier as a list of plain layers, batch norm folded into the convolution before it.

What a small runtime elsewhere has to know: a handful of kinds, numbers in numpy, shapes.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from mnistcore.errors import InvalidInputError
from mnistcore.inside.layer_chain import answers_alike, layer_chain
from mnistcore.mnist.splits import IMAGE_SIDE_PX, NUM_CLASSES
from mnistcore.models.tta import SHIFTS, ShiftAverage
from mnistcore.reading.classifier import Classifier

Values = npt.NDArray[np.float64]
Pair = tuple[int, int]
Settings = dict[str, int | bool | Pair]
NO_SHIFT = ((0, 0),)
NUM_LOGITS = (NUM_CLASSES, NUM_CLASSES + 1)


@dataclass(frozen=True)
class PlainLayer:
    """One layer, with all that its calculation needs.

    Attributes:
        kind: Conv2d, Linear, BatchNorm (a factor and a summand for each channel), MaxPool2d,
            AvgPool2d, ReLU or Flatten.
        name: Of the layer in the network.
        input_shape: (channels, rows, columns) or (features,).
        output_shape: The same of what comes out.
        weight: Of Conv2d (outputs, inputs / groups, rows, columns), of Linear (outputs, inputs), of
            BatchNorm (channels,).
        bias: (outputs,) or (channels,).
        settings: What else torch's layer of that kind is made with.
    """

    kind: str
    name: str
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    weight: Values | None = None
    bias: Values | None = None
    settings: Settings = field(default_factory=dict)


def plain_layers(classifier: Classifier) -> list[PlainLayer]:
    """Return a classifier's layers in order; one look at an image goes through them once.

    Raises:
        InvalidInputError: The network is no chain of convolutions, pooling, linear layers, batch
            norm, ReLU, dropout and flattening.

    >>> from mnistcore.reading.classifier import MYNET, load_classifier
    >>> [layer.kind for layer in plain_layers(load_classifier(MYNET))]
    ['Conv2d', 'ReLU', 'Conv2d', 'ReLU', 'Conv2d', 'ReLU', 'Flatten', 'Linear']
    """
    chain = layer_chain(_network_of(classifier)).double()
    check_answers(chain, classifier)
    layers: list[PlainLayer] = []
    values = torch.zeros(1, 1, IMAGE_SIDE_PX, IMAGE_SIDE_PX, dtype=torch.float64)
    for name in chain.names:
        module = chain.layer(name)
        output = module(values)
        layer = _plain(module, name, tuple(values.shape[1:]), tuple(output.shape[1:]))
        values = output
        if layer is None:
            continue
        folds = layer.kind == "BatchNorm" and layers and layers[-1].kind in ("Conv2d", "Linear")
        layers[-1:] = [_folded(layers[-1], layer)] if folds else [*layers[-1:], layer]
    return layers


def shifts_of(classifier: Classifier) -> tuple[Pair, ...]:
    """Return by how many pixels down and to the right the network moves an image for each look.

    >>> from mnistcore.reading.classifier import load_classifier
    >>> len(shifts_of(load_classifier()))
    5
    """
    chain = layer_chain(_network_of(classifier)).double()
    return NO_SHIFT if answers_alike(chain, classifier.model.cpu(), _probes(classifier)) else SHIFTS


def _network_of(classifier: Classifier) -> nn.Module:
    model = classifier.model
    return model.model if isinstance(model, ShiftAverage) else model


def _probes(classifier: Classifier) -> Tensor:
    noise = np.random.default_rng(1).integers(0, 256, (3, IMAGE_SIDE_PX, IMAGE_SIDE_PX), np.uint8)
    noise[:, :4] = 0  # a margin, as digits have it
    return classifier.inputs(noise)


def check_answers(chain: nn.Module, classifier: Classifier) -> None:
    """Refuse a network that does something which is neither its layers nor looking five times."""
    probes, model = _probes(classifier), classifier.model.cpu()
    if answers_alike(chain, model, probes) or answers_alike(ShiftAverage(chain), model, probes):
        return
    raise InvalidInputError(
        "The network calculates more than its layers, which cannot be taken along. Choose a "
        "network whose layers form a chain."
    )


def _plain(
    module: nn.Module, name: str, given: tuple[int, ...], gives: tuple[int, ...]
) -> PlainLayer | None:
    """Return one layer, or None where it does nothing outside training."""
    plain = PlainLayer(type(module).__name__, name, given, gives)
    match module:
        case nn.Conv2d() if module.padding_mode == "zeros":
            settings: Settings = {
                "kernel_size": _pair(module.kernel_size),
                "stride": _pair(module.stride),
                "padding": _padding(module),
                "dilation": _pair(module.dilation),
                "groups": module.groups,
            }
            bias = np.zeros(gives[0]) if module.bias is None else module.bias.numpy()
            return replace(plain, weight=module.weight.numpy(), bias=bias, settings=settings)
        case nn.Linear() if len(given) == 1:
            bias = np.zeros(gives[0]) if module.bias is None else module.bias.numpy()
            return replace(plain, weight=module.weight.numpy(), bias=bias)
        case nn.BatchNorm1d() | nn.BatchNorm2d() if module.running_mean is not None:
            weight, bias = _factors(module)
            return replace(plain, kind="BatchNorm", weight=weight, bias=bias)
        case nn.MaxPool2d() | nn.AvgPool2d() if not module.ceil_mode:
            return replace(plain, settings=_pooling(module))
        case nn.ReLU() | nn.Flatten():
            return replace(plain, kind=type(module).__name__)
        case nn.Dropout() | nn.Dropout2d() | nn.Dropout1d():
            return None
    raise InvalidInputError(
        "The network's layer {name!r}, {layer}, cannot be taken along. Choose a network of "
        "convolutions, pooling without `ceil_mode`, linear layers, batch norm and ReLU.",
        name=name,
        layer=module,
    )


def _factors(module: nn.BatchNorm1d | nn.BatchNorm2d) -> tuple[Values, Values]:
    """Return what a batch norm multiplies each channel by, and adds to it."""
    assert module.running_mean is not None and module.running_var is not None
    spread = (module.running_var + module.eps).sqrt()
    gain = torch.ones_like(spread) if module.weight is None else module.weight
    shift = torch.zeros_like(spread) if module.bias is None else module.bias
    weight = gain / spread
    return weight.numpy(), (shift - module.running_mean * weight).numpy()


def _pooling(module: nn.MaxPool2d | nn.AvgPool2d) -> Settings:
    if isinstance(module, nn.AvgPool2d) and module.divisor_override is not None:
        raise InvalidInputError(
            "`divisor_override`={divisor} cannot be taken along. Leave it out.",
            divisor=module.divisor_override,
        )
    counts = getattr(module, "count_include_pad", False)
    return {
        "kernel_size": _pair(module.kernel_size),
        "stride": _pair(module.stride),
        "padding": _pair(module.padding),
        "dilation": _pair(getattr(module, "dilation", 1)),
        "count_include_pad": bool(counts),
    }


def _folded(layer: PlainLayer, norm: PlainLayer) -> PlainLayer:
    """Return a convolution or linear layer that does what the batch norm behind it did as well."""
    assert layer.weight is not None and layer.bias is not None
    assert norm.weight is not None and norm.bias is not None
    along_outputs = norm.weight.reshape(-1, *[1] * (layer.weight.ndim - 1))
    return replace(
        layer,
        weight=layer.weight * along_outputs,
        bias=layer.bias * norm.weight + norm.bias,
    )


def _padding(module: nn.Conv2d) -> Pair:
    if module.padding == "valid":
        return 0, 0
    if not isinstance(module.padding, str):
        return _pair(module.padding)
    spans = [d * (k - 1) for d, k in zip(module.dilation, module.kernel_size, strict=True)]
    if any(span % 2 for span in spans):
        raise InvalidInputError(
            "`padding`='same' with `kernel_size`={kernel_size} pads one side more than the other, "
            "which cannot be taken along. Choose odd kernels.",
            kernel_size=module.kernel_size,
        )
    return spans[0] // 2, spans[1] // 2


def _pair(value: int | tuple[int, ...]) -> Pair:
    return (value, value) if isinstance(value, int) else (value[0], value[1])
