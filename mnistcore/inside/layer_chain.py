"""A network as the chain of its layers: one look at an image, from the first layer to the last.

Whatever else a network's `forward` does, such as looking several times and taking the mean, is left
out: a chain can be explained layer by layer.
"""

from copy import deepcopy

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torch_layers import layer_of
from mnistcore.layers.convolution import Convolution
from mnistcore.layers.elementwise import Dropout, ReLU
from mnistcore.layers.layer import Shape
from mnistcore.layers.linear import Flatten, Linear
from mnistcore.layers.normalisation import BatchNorm
from mnistcore.layers.pooling import Pooling

FLATTENING = ""  # stands in `LayerChain.names` where a network flattens without a module
IMAGE_SHAPE = (1, 28, 28)
EXPLAINED = (Convolution, Pooling, Linear, BatchNorm, ReLU, Dropout, Flatten)


class LayerChain(nn.Module):
    """A network whose `forward` calls its layers one after the other.

    Attributes:
        names: The layers' paths in the network, in the order of the calculation.
    """

    def __init__(self, model: nn.Module, names: tuple[str, ...]) -> None:
        super().__init__()
        for name, child in model.named_children():
            self.add_module(name, child)
        self.names = names

    def layer(self, name: str) -> nn.Module:
        """Return the layer of a name in `names`.

        >>> layer_chain(nn.Sequential(nn.ReLU())).layer("0")
        ReLU()
        """
        return nn.Flatten() if name == FLATTENING else self.get_submodule(name)

    def forward(self, images: Tensor) -> Tensor:
        """Return logits (N, 10) for images (N, 1, 28, 28)."""
        for name in self.names:
            images = self.layer(name)(images)
        return images


def layer_chain(model: nn.Module, input_shape: Shape = IMAGE_SHAPE) -> LayerChain:
    """Return a copy of a network as a chain, in evaluation mode, on the CPU, without gradients.

    Args:
        model: Built of the kinds of layers in `layers.kinds`, each used once and in a row.
        input_shape: Of what goes in, without the batch.

    Raises:
        InvalidInputError: The network holds a layer of no known kind, or calculates something
            between its layers.

    >>> from mnistcore.models.model import MyNet
    >>> layer_chain(MyNet()).names[-4:]
    ('conv.7', 'conv.8', '', 'mlp')
    """
    model = deepcopy(model).to("cpu").eval().requires_grad_(False)
    if not list(model.children()):
        model = nn.Sequential(model)
    watcher = _Watcher()
    leaves = [(name, part) for name, part in model.named_modules() if not list(part.children())]
    hooks = [hook for name, module in leaves for hook in watcher.hooks(name, module)]
    weight = next(model.parameters(), torch.zeros(()))
    noise = torch.rand(1, *input_shape, generator=torch.Generator().manual_seed(1))
    try:
        with torch.inference_mode():
            model(noise.to(weight.dtype))
    finally:
        for hook in hooks:
            hook.remove()
    return LayerChain(model, tuple(watcher.names))


class _Watcher:
    """Notes which layers are called one after the other, and refuses what is no chain of them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._before: Tensor | None = None  # what the layer before put out

    def hooks(self, name: str, module: nn.Module) -> list[RemovableHandle]:
        return [
            module.register_forward_pre_hook(lambda _, inputs: self._enter(name, _, inputs[0][0])),
            module.register_forward_hook(lambda _, __, output: self._leave(output[0])),
        ]

    def _enter(self, name: str, module: nn.Module, given: Tensor) -> None:
        layer = layer_of(module)
        is_part_flattened = isinstance(layer, Flatten) and layer != Flatten()
        if not isinstance(layer, EXPLAINED) or is_part_flattened:
            raise InvalidInputError(
                "The network's layer {name!r} is a {kind}, which cannot be explained here. Choose "
                "one of convolutions, pooling, linear layers, batch norm, ReLU and dropout.",
                name=name,
                kind=type(module).__name__,
            )
        if self._before is not None:
            if not torch.equal(self._before.flatten(), given.flatten()):
                raise InvalidInputError(
                    "In front of its layer {name!r} the network calculates something that is no "
                    "layer. Choose a network whose layers form a chain.",
                    name=name,
                )
            if self._before.shape != given.shape:
                self.names.append(FLATTENING)
        self.names.append(name)

    def _leave(self, output: Tensor) -> None:
        self._before = output.clone()


@torch.inference_mode()
def answers_alike(chain: nn.Module, model: nn.Module, images: Tensor) -> bool:
    """Tell whether a chain answers as its network does, which may do more than its layers.

    Args:
        chain: In float64.
        model: The network that the chain was made of.
        images: (N, 1, 28, 28) float32, enough to tell.

    >>> answers_alike(layer_chain(nn.Flatten()).double(), nn.Flatten(), torch.ones(1, 1, 2, 2))
    True
    """
    return torch.allclose(model(images).double(), chain(images.double()), atol=1e-3)
