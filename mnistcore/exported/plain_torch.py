"""A program in plain PyTorch that loads an exported checkpoint, as text to copy.

It knows nothing of this project: `torch` is all that it imports.
"""

from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from torch import nn

from mnistcore.exported.plain_layers import NO_SHIFT, check_answers, shifts_of
from mnistcore.in_torch.torch_layers import build_layer, layer_of
from mnistcore.inside.layer_chain import FLATTENING, LayerChain, layer_chain
from mnistcore.layers.kinds import Flatten
from mnistcore.layers.layer import Layer
from mnistcore.models.checkpoint import Checkpoint, serialised
from mnistcore.models.tta import ShiftAverage
from mnistcore.reading.classifier import classifier_of
from mnistcore.stacks.code_export import layer_call

_PROGRAM = '''"""Reads digits with the weights in {file!r}, and needs nothing but PyTorch.

Images are (N, 1, 28, 28), bright ink on black in [0, 1], prepared as MNIST's are.
"""

import torch
from torch import nn

network = nn.Sequential(
{layers}
)
held = torch.load({file!r}, map_location="cpu", weights_only=True)
own = list(held.get("model", held).values())
network.load_state_dict(dict(zip(network.state_dict(), own, strict=True)))
network.eval()


@torch.inference_mode()
def probabilities(images):
    """(N, 1, 28, 28) in [0, 1] -> (N, 10)."""
    images = (images - {mean}) / {std}
    looks = [images.roll(shift, dims=(2, 3)) for shift in {shifts}]
    logits = torch.stack([network(look) for look in looks]).mean(dim=0)
    return (logits[:, :10] / {temperature}).softmax(dim=1)


if __name__ == "__main__":
    print(probabilities(torch.zeros(1, 1, 28, 28)))
'''


def plain_program(checkpoint: Checkpoint, file: str) -> str:
    """Return a program that reads with a checkpoint's weights.

    Args:
        checkpoint: What `export RUN FILE.pt` wrote, or any of this library.
        file: How the program finds it.

    Raises:
        InvalidInputError: The network calculates more than its layers, one after the other.

    >>> from mnistcore.models.checkpoint import load_checkpoint
    >>> from mnistcore.reading.classifier import MYNET
    >>> print(plain_program(load_checkpoint(MYNET), "mynet.pt").splitlines()[9])
        nn.Conv2d(1, 16, kernel_size=3, stride=2, padding=1),
    """
    classifier = classifier_of(checkpoint)
    model = classifier.model
    chain = layer_chain(model.model if isinstance(model, ShiftAverage) else model)
    layers = [_layer(chain, name) for name in chain.names]
    check_answers(_rebuilt(layers, chain).double(), classifier)
    shifts = shifts_of(classifier)
    return _PROGRAM.format(
        file=file,
        layers="\n".join(f"    {layer_call(layer)}," for layer in layers),
        mean=checkpoint.mean,
        std=checkpoint.std,
        temperature=checkpoint.temperature,
        shifts=list(NO_SHIFT if shifts == NO_SHIFT else shifts),
    )


def _layer(chain: LayerChain, name: str) -> Layer:
    layer = Flatten() if name == FLATTENING else layer_of(chain.layer(name))
    assert layer is not None  # a chain holds no others
    return layer


def _rebuilt(layers: list[Layer], chain: LayerChain) -> nn.Sequential:
    """Return what the program builds, with the chain's weights: these very arguments, no others."""
    network = nn.Sequential(*map(build_layer, layers)).eval()
    own = chain.state_dict().values()
    network.load_state_dict(dict(zip(network.state_dict(), own, strict=True)))
    return network


def plain_zip(checkpoint: Checkpoint, name: str) -> bytes:
    """Return a zip of the program, `NAME.py`, and of the weights that it loads, `NAME.pt`.

    Args:
        checkpoint: As `plain_program` takes it; what only training needs is left out.
        name: Of both files.

    Raises:
        InvalidInputError: As `plain_program` does.

    >>> from mnistcore.models.checkpoint import load_checkpoint
    >>> from mnistcore.reading.classifier import MYNET
    >>> with ZipFile(BytesIO(plain_zip(load_checkpoint(MYNET), "mynet"))) as folder:
    ...     folder.namelist()
    ['mynet.py', 'mynet.pt']
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as folder:
        folder.writestr(f"{name}.py", plain_program(checkpoint, f"{name}.pt"))
        folder.writestr(f"{name}.pt", bytes(serialised(replace(checkpoint, training=None))))
    return file.getvalue()
