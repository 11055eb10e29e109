"""What autograd really saves of a module's way forward, asked of torch's own hooks."""

import torch
from torch import Tensor, nn

from mnistcore.layers.layer import Shape


def saved_bytes(
    module: nn.Module,
    input_shape: Shape,
    *,
    batch_size: int = 1,
    has_gradient: bool = False,
    device: str = "cpu",
) -> int:
    """Return the bytes of all tensors that training keeps, parameters and buffers left out.

    Args:
        module: Any module.
        input_shape: The shape of one image.
        batch_size: How many images go in together.
        has_gradient: Whether something in front of it is trained.
        device: Where the module is; on "meta" nothing is allocated or calculated.

    >>> saved_bytes(nn.Conv2d(1, 16, 3), (1, 28, 28))
    3136
    """
    own = {weight.untyped_storage()._cdata for weight in (*module.parameters(), *module.buffers())}
    held: list[Tensor] = []  # so that no storage is given away and met a second time

    def pack(tensor: Tensor) -> Tensor:
        held.append(tensor)
        return tensor

    images = torch.zeros(batch_size, *input_shape, device=device).requires_grad_(has_gradient)
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        output = module.train()(images)
    storages = {tensor.untyped_storage()._cdata: tensor.untyped_storage() for tensor in held}
    del output
    return sum(storage.nbytes() for key, storage in storages.items() if key not in own)
