"""What tests of checkpoints share."""

from torch import Tensor

from mnistcore.models.model import build_network


def mynet_weights() -> dict[str, Tensor]:
    """Return weights of MyNet as they are before training."""
    return build_network("mynet", seed=7).state_dict()
