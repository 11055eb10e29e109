"""The same map asked of torch, so that nobody has to believe `convolution.sliding_window`."""

import numpy as np
import numpy.typing as npt
import torch

Array = npt.NDArray[np.float64]


def torch_map(
    picture: npt.ArrayLike,
    kernel: npt.ArrayLike,
    *,
    bias: float = 0.0,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Array:
    """Return what `torch.nn.functional.conv2d` makes of the arguments of `slide`.

    Args:
        picture: (N, H, W) channels of one picture.
        kernel: (N, Kh, Kw), one slice for each channel.
        bias: Added to every output number.
        stride: As in torch.
        padding: As in torch.
        dilation: As in torch.

    Returns:
        (H', W').

    >>> torch_map([[[1, 2], [3, 4]]], [[[1, 1]]], bias=1).tolist()
    [[4.0], [8.0]]
    """
    output: Array = torch.nn.functional.conv2d(
        torch.tensor(np.asarray(picture, dtype=np.float64))[None],
        torch.tensor(np.asarray(kernel, dtype=np.float64))[None],
        torch.tensor([bias], dtype=torch.float64),
        stride=stride,
        padding=padding,
        dilation=dilation,
    )[0, 0].numpy()  # (1, 1, H', W') -> (H', W')
    return output
