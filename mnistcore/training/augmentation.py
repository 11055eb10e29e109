"""What training does to its images, so that the network meets more hands than wrote MNIST."""

import torch
from torch import Generator, Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

# At `strength` 1; small, since MNIST's own digits are already upright, sized and centred.
MAX_ROTATION_RAD = 0.26  # 15 degrees
MAX_SHEAR = 0.2
MAX_SCALING = 0.15
MAX_SHIFT = 0.15  # of half the image's side, so 2.1 of 28 pixels

SHARE_THICKENED = 0.25
SHARE_THINNED = 0.2

WHOLE = slice(None)


def random_affine(
    images: Tensor,
    *,
    strength: float,
    generator: Generator,
    rows: slice = WHOLE,
    batch_size: int | None = None,
) -> Tensor:
    """Turn, shear, scale and shift each image by amounts of its own.

    Args:
        images: (N, 1, H, W) float32; what comes in from outside is the image's smallest value.
        strength: 0 (unchanged) to 1 (turned by up to 15 degrees, scaled by up to 15 %, shifted
            by up to 2.1 of 28 pixels). Every amount is uniform in its range.
        generator: On the CPU, whatever the device of `images`.
        rows: Which of a batch these images are. Chance is drawn for the whole batch, so that it
            falls alike however the batch is divided among processes.
        batch_size: Of the whole batch; these images are all of it by default.

    Returns:
        (N, 1, H, W) float32.

    >>> random_affine(torch.zeros(5, 1, 28, 28), strength=0.5, generator=Generator()).shape
    torch.Size([5, 1, 28, 28])
    """
    if strength == 0:
        return images
    amounts = torch.rand(6, batch_size or len(images), generator=generator)[:, rows]
    amounts = amounts.to(images.device)
    matrices = _affine_matrices((2 * amounts - 1) * strength)
    grid = F.affine_grid(matrices, list(images.shape), align_corners=False)
    # grid_sample pads with zeros: make the background zero for the time of the sampling.
    background = images.min()
    return F.grid_sample(images - background, grid, align_corners=False) + background


def random_thickness(
    images: Tensor,
    *,
    strength: float,
    generator: Generator,
    rows: slice = WHOLE,
    batch_size: int | None = None,
) -> Tensor:
    """Make the strokes of some images thicker, of some thinner, by up to a pixel on each side.

    Args:
        images: (N, 1, H, W) float32, bright ink on a dark background.
        strength: 0 (unchanged) to 1: how far, at most, a thickened image goes from itself to its
            dilation by 3x3 pixels, and a thinned one to its erosion.
        generator: On the CPU, whatever the device of `images`.
        rows: As in `random_affine`.
        batch_size: As in `random_affine`.

    Returns:
        (N, 1, H, W) float32.

    >>> random_thickness(torch.zeros(5, 1, 28, 28), strength=0.5, generator=Generator()).shape
    torch.Size([5, 1, 28, 28])
    """
    if strength == 0:
        return images
    drawn = torch.rand(2, batch_size or len(images), 1, 1, 1, generator=generator)[:, rows]
    chance, amount = drawn.to(images.device)
    thicker = (chance < SHARE_THICKENED).flatten()
    thinner = (chance > 1 - SHARE_THINNED).flatten()
    target = images.clone()
    target[thicker] = F.max_pool2d(images[thicker], kernel_size=3, stride=1, padding=1)
    target[thinner] = -F.max_pool2d(-images[thinner], kernel_size=3, stride=1, padding=1)
    changed: Tensor = images + (target - images) * amount * strength
    return changed


def _affine_matrices(amounts: Tensor) -> Tensor:
    """Return (N, 2, 3) for amounts (6, N) in [-1, 1]: where each pixel is taken from."""
    turn, shear, scale_x, scale_y, shift_x, shift_y = amounts
    turn = turn * MAX_ROTATION_RAD
    shear = shear * MAX_SHEAR
    stretch_x = 1 + scale_x * MAX_SCALING
    stretch_y = 1 + scale_y * MAX_SCALING
    cos, sin = turn.cos(), turn.sin()
    rows = [
        torch.stack([cos * stretch_x, (shear * cos - sin) * stretch_y, shift_x * MAX_SHIFT], dim=1),
        torch.stack([sin * stretch_x, (shear * sin + cos) * stretch_y, shift_y * MAX_SHIFT], dim=1),
    ]
    return torch.stack(rows, dim=1)
