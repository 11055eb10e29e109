"""Several processes that train one network, as PyTorch's launcher `torchrun` starts them.

Every process holds the whole network and takes its part of every batch, one image more or less than
the others'; gradients, loss and the statistics of BatchNorm are those of the whole batch, so that
the result is that of one process within rounding, but for dropout, which each draws for itself.
Knows nothing of runs.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import torch
from torch import Tensor, distributed, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.parallel import DistributedDataParallel

from mnistcore.errors import InvalidInputError

LONGEST_WAIT = timedelta(days=7)  # a run may wait in line for others to end


@dataclass(frozen=True)
class Group:
    """The processes that train together, as one of them sees them.

    Attributes:
        rank: This process's number, from 0; process 0 alone writes.
        size: How many there are.

    >>> torch.arange(7)[Group(rank=1, size=2).rows]
    tensor([1, 3, 5])
    """

    rank: int = 0
    size: int = 1

    @property
    def is_writer(self) -> bool:
        """Whether this process writes metrics and checkpoints."""
        return self.rank == 0

    @property
    def rows(self) -> slice:
        """Which images of a batch or a split are this process's."""
        return slice(self.rank, None, self.size)

    def check_batch_size(self, batch_size: int) -> None:
        """Refuse a batch of which some process would have nothing.

        Raises:
            InvalidInputError: There are more processes than images.
        """
        if batch_size < self.size:
            raise InvalidInputError(
                "`batch_size` is {batch_size}, which leaves some of the {size} processes without "
                "an image. Choose {size} or more, or fewer processes.",
                batch_size=batch_size,
                size=self.size,
            )

    def add_up(self, values: Tensor) -> Tensor:
        """Return the sum over all processes; with one process, the values themselves."""
        if self.size > 1:
            distributed.all_reduce(values)
        return values

    def tell(self, message: Any) -> Any:
        """Return the writer's message, whichever process asks; all must ask."""
        if self.size == 1:
            return message
        messages = [message]
        distributed.broadcast_object_list(messages, src=0)
        return messages[0]


@contextmanager
def joined_group() -> Iterator[Group]:
    """Join the other processes that `torchrun` started, if it did; leave them at the end.

    gloo carries the messages between CPUs, nccl between graphics cards.

    >>> with joined_group() as group:
    ...     group
    Group(rank=0, size=1)
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Group()
        return
    on_cuda = torch.cuda.is_available()
    if on_cuda:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    distributed.init_process_group(
        "cpu:gloo,cuda:nccl" if on_cuda else "gloo", timeout=LONGEST_WAIT
    )
    try:
        yield Group(distributed.get_rank(), size)
        distributed.barrier()  # nobody leaves while another still writes
    finally:
        gc.collect()  # a network trained together holds the group's threads, in a circle of its own
        distributed.destroy_process_group()


def parallel(model: nn.Module, group: Group) -> nn.Module:
    """Return the network as all processes train it together; with one process, itself.

    Args:
        model: Its BatchNorm layers are made to see the whole batch, in place.
        group: The processes.
    """
    if group.size == 1:
        return model
    if next(model.parameters()).device.type == "cuda":
        synced: nn.Module = nn.SyncBatchNorm.convert_sync_batchnorm(model)
    else:
        synced = _with_whole_batch_statistics(model)
    return DistributedDataParallel(synced)


def unwrapped(model: nn.Module) -> nn.Module:
    """Return the network itself, without what `parallel` wrapped around it."""
    return cast(nn.Module, model.module) if isinstance(model, DistributedDataParallel) else model


def _with_whole_batch_statistics(model: nn.Module) -> nn.Module:
    for module in model.modules():
        if isinstance(module, _BatchNorm):  # the same parameters and buffers, another forward
            module.__class__ = WholeBatchNorm
    return model


class WholeBatchNorm(_BatchNorm):
    """BatchNorm over the parts of all processes: `torch.nn.SyncBatchNorm` knows no CPU.

    The formula is Ioffe & Szegedy (2015), Algorithm 1.
    """

    def forward(self, features: Tensor) -> Tensor:
        """Normalise features (N, C, ...) by the whole batch's mean and variance."""
        if not self.training and self.running_mean is not None:
            return F.batch_norm(
                features, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
            )
        axes = [axis for axis in range(features.dim()) if axis != 1]
        shape = [1, -1] + [1] * (features.dim() - 2)
        given, features = features.dtype, features.float()  # statistics are no matter of bfloat16
        own_count = features.new_tensor([features.numel() / features.shape[1]])
        sums = _SumOverProcesses.apply(torch.cat([features.sum(axes), own_count]))
        count = sums[-1].detach()
        mean = sums[:-1] / count  # (N, C, ...) -> (C,)
        centred = features - mean.view(shape)
        variance = _SumOverProcesses.apply(centred.square().sum(axes)) / count
        self._remember(mean.detach(), variance.detach() * count / (count - 1))
        normalised: Tensor = centred * (variance + self.eps).rsqrt().view(shape)
        if self.affine:
            normalised = normalised * self.weight.view(shape) + self.bias.view(shape)
        return normalised.to(given)

    def _remember(self, mean: Tensor, variance: Tensor) -> None:
        if self.running_mean is None or self.running_var is None:
            return
        if self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)
        newest = self.momentum or 1 / float(self.num_batches_tracked or 1)
        self.running_mean.lerp_(mean, newest)
        self.running_var.lerp_(variance, newest)

    def _check_input_dim(self, input: Tensor) -> None:
        """Take what the layer took before it became this one."""


class _SumOverProcesses(torch.autograd.Function):
    """The sum over all processes, on whose way back every process's gradient counts."""

    @staticmethod
    def forward(context: Any, values: Tensor) -> Tensor:
        total = values.clone()
        distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> Tensor:
        total = gradient.contiguous().clone()
        distributed.all_reduce(total)
        return total
