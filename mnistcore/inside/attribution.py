"""Which pixels mattered for one output: three answers to one question, by torch's own gradients.

All compare the image with a blank one, "black", since a pixel matters by being inked or not.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from mnistcore.errors import InvalidInputError
from mnistcore.inside.inspection import Array

AT_ONCE = 8  # images, whose values are kept for their gradients: of the largest network 16 MB each
FIRST_PARTS, MOST_PARTS = 24, 4000  # of the way from a blank image to another
MISSED = 0.005  # of the difference that attributions should add up to
BATCH_SIZE = 200


def gradient_times_input(model: nn.Module, image: Tensor, black: float, output: int) -> Array:
    """Return each pixel's ink times the logit's gradient there.

    Right for small changes of the image, and exact where the network is linear.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `splits.to_input` makes it.
        black: A blank pixel's value in such an image.
        output: Whose logit.

    Returns:
        (H, W).

    Source: Shrikumar et al. (2016), Not Just a Black Box, section 3.

    >>> gradient_times_input(nn.Flatten(), torch.ones(1, 2, 1).double(), 0.0, 1).tolist()
    [[0.0], [1.0]]
    """
    images = image[None].to(torch.float64).requires_grad_()
    (gradients,) = torch.autograd.grad(model(images)[0, output], images)
    products: Array = (gradients * (images.detach() - black))[0, 0].numpy()
    return products


def integrated_gradients(model: nn.Module, image: Tensor, black: float, output: int) -> Array:
    """Return each pixel's ink times the mean gradient on the way from blank to the image.

    They add up to the logit of the image less that of the blank one, within half a percent: the way
    is cut into parts, of which those that miss their own difference most are halved until it does.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `splits.to_input` makes it.
        black: A blank pixel's value in such an image.
        output: Whose logit.

    Returns:
        (H, W).

    Source: Sundararajan, Taly & Yan (2017), Axiomatic Attribution for Deep Networks, eq. 3.

    >>> integrated_gradients(nn.Flatten(), torch.ones(1, 2, 1).double(), 0.0, 1).tolist()
    [[0.0], [1.0]]
    """
    ink = image[None].to(torch.float64) - black
    # Shorter near the blank image, where most ReLUs switch and the gradient changes fastest.
    edges = (torch.arange(FIRST_PARTS + 1, dtype=torch.float64) / FIRST_PARTS) ** 3
    with torch.no_grad():
        logits = model(black + edges[:, None, None, None] * ink)[:, output]
    path = _Path(model, ink, black, output)
    path.add(torch.stack([edges[:-1], edges[1:], logits[:-1], logits[1:]], dim=1))
    difference = abs(float(logits[-1] - logits[0]))
    while path.missed() > MISSED * difference and len(path.parts) < MOST_PARTS:
        path.halve_the_worst()
    products: Array = (path.mean_gradient() * ink[0])[0].numpy()
    return products


class _Path:
    """The way from a blank image to another, in parts; of each, the gradient at its middle.

    Attributes:
        parts: (P, 4): where each begins and ends, from 0 to 1, and the logits there.
    """

    def __init__(self, model: nn.Module, ink: Tensor, black: float, output: int) -> None:
        self._model, self._ink, self._black, self._output = model, ink, black, output
        self.parts = torch.empty(0, 4, dtype=torch.float64)
        self._middles = torch.empty(0, dtype=torch.float64)  # logits
        self._gradients = torch.empty(0, *ink.shape[1:], dtype=torch.float64)  # (P, 1, H, W)

    def add(self, parts: Tensor) -> None:
        middles = parts[:, :2].mean(dim=1)[:, None, None, None]
        for images in (self._black + middles * self._ink).split(AT_ONCE):
            images.requires_grad_()
            logits = self._model(images)[:, self._output]
            (gradients,) = torch.autograd.grad(logits.sum(), images)
            self._middles = torch.cat([self._middles, logits.detach()])
            self._gradients = torch.cat([self._gradients, gradients])
        self.parts = torch.cat([self.parts, parts])

    def missed(self) -> float:
        """Return by how much all parts together miss the difference of the logits."""
        return abs(float(self._errors().sum()))

    def halve_the_worst(self) -> None:
        """Halve the tenth of all parts that miss their own difference most."""
        worst = self._errors().abs().topk(-(-len(self.parts) // 10)).indices
        (start, end, first, last), middle = self.parts[worst].T, self._middles[worst]
        halfway = (start + end) / 2
        halves = [
            torch.stack([start, halfway, first, middle], dim=1),
            torch.stack([halfway, end, middle, last], dim=1),
        ]
        kept = torch.ones(len(self.parts), dtype=torch.bool)
        kept[worst] = False
        self.parts, self._middles = self.parts[kept], self._middles[kept]
        self._gradients = self._gradients[kept]
        self.add(torch.cat(halves))

    def mean_gradient(self) -> Tensor:
        """Return the mean over the whole way, (1, H, W)."""
        mean: Tensor = torch.tensordot(self._lengths(), self._gradients, dims=1)
        return mean

    def _errors(self) -> Tensor:
        slopes = (self._gradients * self._ink).flatten(1).sum(dim=1)
        return self.parts[:, 3] - self.parts[:, 2] - self._lengths() * slopes

    def _lengths(self) -> Tensor:
        return self.parts[:, 1] - self.parts[:, 0]


def occlusion(
    model: nn.Module, image: Tensor, black: float, output: int, *, window: int = 5
) -> Array:
    """Return how much of the logit is lost when a blank square covers the image around each pixel.

    Args:
        model: From `inspection.prepare_model`.
        image: (1, H, W), as `splits.to_input` makes it.
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
        raise InvalidInputError(
            "`window` is {window}. Choose an odd number from 1 up.", window=window
        )
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
        images: (N, 1, H, W), as `splits.to_input` makes them.
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
