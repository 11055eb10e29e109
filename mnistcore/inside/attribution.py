"""Which pixels mattered for one output: three answers to one question, by torch's own gradients.

All compare the image with a blank one, "black", since a pixel matters by being inked or not.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.inside.inspection import Array

PATH_STEPS = 64
BATCH_SIZE = 200


def gradient_times_input(model: nn.Module, image: Tensor, black: float, output: int) -> Array:
    """Return each pixel's ink times the logit's gradient there.

    Right for small changes of the image, and exact where the network is linear.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `data.to_input` makes it.
        black: A blank pixel's value in such an image.
        output: Whose logit.

    Returns:
        (H, W).

    Source: Shrikumar et al. (2016), Not Just a Black Box, section 3.

    >>> gradient_times_input(nn.Flatten(), torch.ones(1, 2, 1).double(), 0.0, 1).tolist()
    [[0.0], [1.0]]
    """
    images = image[None].to(torch.float64)
    products: Array = (_gradients(model, images, output) * (images - black))[0, 0].numpy()
    return products


def integrated_gradients(
    model: nn.Module, image: Tensor, black: float, output: int, *, num_steps: int = PATH_STEPS
) -> Array:
    """Return each pixel's ink times the mean gradient on the way from blank to the image.

    They add up to the logit of the image less that of the blank one.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `data.to_input` makes it.
        black: A blank pixel's value in such an image.
        output: Whose logit.
        num_steps: Stops on the way, each in the middle of its part; parts are shorter near the
            blank image, where most ReLUs switch and the gradient changes fastest.

    Returns:
        (H, W).

    Source: Sundararajan, Taly & Yan (2017), Axiomatic Attribution for Deep Networks, eq. 3.

    >>> integrated_gradients(nn.Flatten(), torch.ones(1, 2, 1).double(), 0.0, 1).tolist()
    [[0.0], [1.0]]
    """
    ink = image[None].to(torch.float64) - black
    edges = (torch.arange(num_steps + 1, dtype=torch.float64) / num_steps) ** 3
    stops, lengths = (edges[1:] + edges[:-1]) / 2, edges.diff()
    images = black + stops[:, None, None, None] * ink  # (num_steps, 1, H, W)
    mean = torch.tensordot(lengths, _gradients(model, images, output), dims=1)  # (1, H, W)
    products: Array = (mean * ink[0])[0].numpy()
    return products


def occlusion(
    model: nn.Module, image: Tensor, black: float, output: int, *, window: int = 5
) -> Array:
    """Return how much of the logit is lost when a blank square covers the image around each pixel.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `data.to_input` makes it.
        black: A blank pixel's value in such an image.
        output: Whose logit.
        window: The square's side, odd.

    Returns:
        (H, W); above 0 where the covered ink spoke for the output.

    Raises:
        InvalidInputError: The window is even or not positive.

    Source: Zeiler & Fergus (2014), Visualizing and Understanding Convolutional Networks, 4.2.

    >>> occlusion(nn.Flatten(), torch.ones(1, 2, 1).double(), 0.0, 1, window=1).tolist()
    [[0.0], [1.0]]
    """
    if window < 1 or window % 2 == 0:
        raise InvalidInputError(f"`window` is {window}. Choose an odd number from 1 up.")
    image = image.to(torch.float64)
    height, width = image.shape[1:]
    spots = torch.eye(height * width).reshape(-1, 1, height, width)
    covered = F.max_pool2d(spots, window, stride=1, padding=window // 2).bool()
    changes = (covered & (image != black)).flatten(1).any(dim=1)  # paper over paper: nothing
    places = changes.nonzero()[:, 0]
    lost = torch.zeros(height * width, dtype=torch.float64)
    with torch.inference_mode():
        whole = model(image[None])[0, output]
        for chosen in places.split(BATCH_SIZE):
            logits = model(torch.where(covered[chosen], black, image))[:, output]
            lost[chosen] = whole - logits
    picture: Array = lost.reshape(height, width).numpy()
    return picture


def effective_receptive_field(
    model: nn.Module, images: Tensor, name: str, index: tuple[int, ...]
) -> Array:
    """Return how strongly each pixel moves one value inside the network, on average.

    Args:
        model: From `inspection.prepare_model`.
        images: (N, 1, H, W), as `data.to_input` makes them.
        name: Of the layer, as in `inspection.Stage.name`.
        index: Of the value in the layer's outputs.

    Returns:
        (H, W), the mean absolute gradient.

    Source: Luo, Li, Urtasun & Zemel (2016), Understanding the Effective Receptive Field.

    >>> layer = nn.Sequential(nn.Conv2d(1, 1, 3, bias=False)).double()
    >>> field = effective_receptive_field(layer, torch.zeros(2, 1, 5, 5), "0", (0, 1, 1))
    >>> bool((field[1:4, 1:4] > 0).all()), int((field > 0).sum())
    (True, 9)
    """
    kept: list[Tensor] = []
    hook = model.get_submodule(name).register_forward_hook(lambda _, __, out: kept.append(out))
    images = images.to(torch.float64).requires_grad_()
    try:
        model(images)
    finally:
        hook.remove()
    values = kept[0].movedim(0, -1)[index]  # (N, C, H, W) -> (C, H, W, N) -> (N,)
    (gradients,) = torch.autograd.grad(values.sum(), images)
    field: Array = gradients.abs().mean(dim=(0, 1)).numpy()
    return field


def _gradients(model: nn.Module, images: Tensor, output: int) -> Tensor:
    images = images.clone().requires_grad_()
    answer: Any = model(images)
    (gradients,) = torch.autograd.grad(answer[:, output].sum(), images)
    return gradients
