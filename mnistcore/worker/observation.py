"""What there is to see of a network while it learns: kernels, sizes, its view of some digits."""

import torch
from torch import Tensor, nn

from mnistcore.mnist.splits import IMAGE_SIDE_PX, NUM_CLASSES, Split, to_input
from mnistcore.runs.events import LayerSizes
from mnistcore.runs.snapshot import MOST_DIGITS, MOST_KERNELS, Snapshot

DIGITS_OF_EACH_CLASS = MOST_DIGITS // NUM_CLASSES


def layer_sizes(model: nn.Module, step: int) -> LayerSizes:
    """Return the size of every convolution and linear layer, from the first to the last.

    Args:
        model: After a backward pass.
        step: Steps taken.

    >>> from mnistcore.models.model import build_network
    >>> list(layer_sizes(build_network("mynet", seed=1), 0).weights)
    ['1 Conv2d', '2 Conv2d', '3 Conv2d', '4 Linear']
    """
    layers = _weighted_layers(model)
    names = [f"{number} {type(layer).__name__}" for number, layer in enumerate(layers, start=1)]
    weights = [_weight(layer) for layer in layers]
    means = [_mean_square(values) for weight in weights for values in (weight, weight.grad)]
    sizes = torch.stack(means).sqrt().tolist() if means else []
    return LayerSizes(
        step,
        dict(zip(names, sizes[::2], strict=True)),
        dict(zip(names, sizes[1::2], strict=True)),
    )


def first_kernels(model: nn.Module) -> Tensor:
    """Return up to 16 kernels of the first layer, as they lie over the image.

    Args:
        model: Starts with a convolution, or with a linear layer over the whole image.

    Returns:
        (K, H, W) float32, on the CPU; (0, 1, 1) if the first layer is neither.

    >>> from mnistcore.models.model import build_network
    >>> [tuple(first_kernels(build_network(n, seed=1)).shape) for n in ("mynet", "dense")]
    [(16, 3, 3), (16, 28, 28)]
    """
    for layer in _weighted_layers(model)[:1]:
        weight = _weight(layer).detach().float().cpu().clone()  # training goes on in place
        if isinstance(layer, nn.Conv2d):
            return weight[:MOST_KERNELS, 0]  # (M, C, H, W) -> (K, H, W)
        if weight.shape[1:] == (IMAGE_SIDE_PX**2,):
            return weight[:MOST_KERNELS].view(-1, IMAGE_SIDE_PX, IMAGE_SIDE_PX)
    return torch.zeros(0, 1, 1)


def watched_digits(split: Split) -> Split:
    """Return the first two digits of each class, in their order from 0 to 9.

    Args:
        split: The validation split, as a rule.
    """
    places = [
        place
        for digit in range(NUM_CLASSES)
        for place in (split.labels == digit).nonzero().flatten()[:DIGITS_OF_EACH_CLASS].tolist()
    ]
    return Split(split.name, split.images[places], split.labels[places])


def take_snapshot(model: nn.Module, step: int, digits: Split, mean: float, std: float) -> Snapshot:
    """Look at a network between two steps, leaving it as it is.

    Args:
        model: In training.
        step: Steps taken.
        digits: From `watched_digits`.
        mean: Of the normalisation.
        std: Of the same.
    """
    was_training = model.training
    model.eval()
    device = next(model.parameters()).device
    with torch.inference_mode():
        logits = model(to_input(digits.images.to(device), mean, std)).float()
    model.train(was_training)
    return Snapshot(
        step,
        first_kernels(model).numpy(),
        digits.images.cpu().numpy(),
        digits.labels.cpu().numpy(),
        logits[:, :NUM_CLASSES].softmax(dim=1).cpu().numpy(),
    )


def _weighted_layers(model: nn.Module) -> list[nn.Module]:
    kinds = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose2d, nn.Linear)
    return [module for module in model.modules() if isinstance(module, kinds)]


def _weight(layer: nn.Module) -> nn.Parameter:
    weight: nn.Parameter = layer.get_parameter("weight")
    return weight


def _mean_square(values: Tensor | None) -> Tensor:
    return torch.zeros(()) if values is None else values.detach().float().square().mean().cpu()
