"""torchvision's classification models by name, built without a byte for their weights."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torchvision import models

from mnistcore.errors import InvalidInputError
from mnistcore.layers.layer import Shape


class _WeightsOnMeta(TorchFunctionMode):
    """Lets new tensors be made on "meta", all but those that a model's plan is worked out with."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if func in (torch.empty, torch.zeros, torch.ones) and kwargs.get("device") is None:
            kwargs["device"] = "meta"
        return func(*args, **kwargs)


def model_names() -> list[str]:
    """Return the classification models of the installed torchvision that have weights metadata.

    >>> "resnet50" in model_names()
    True
    """
    names: list[str] = models.list_models(module=models)
    return [name for name in names if len(models.get_model_weights(name))]


def build_model(name: str, device: str = "meta") -> tuple[nn.Module, Shape]:
    """Return an untrained model for evaluation, and the shape of the images it was tested on.

    Args:
        name: One of `model_names()`.
        device: "meta" allocates no weights; "cpu" does, and the model can be run.

    Raises:
        InvalidInputError: There is no such model.

    >>> model, input_shape = build_model("resnet18")
    >>> next(model.parameters()).device.type, input_shape
    ('meta', (3, 224, 224))
    """
    if name not in model_names():
        raise InvalidInputError(
            "torchvision has no classification model {name!r}. Choose one by its name there, such "
            "as resnet50.",
            name=str(name)[:40],
        )
    metadata = models.get_model_weights(name).DEFAULT
    side = metadata.transforms().crop_size[0]
    settings: dict[str, Any] = {"image_size": side} if name.startswith("vit_") else {}
    if name in ("googlenet", "inception_v3"):
        settings["init_weights"] = False
    if name == "googlenet":
        settings["aux_logits"] = False  # as its published weights are used
    with _WeightsOnMeta() if device == "meta" else nullcontext():
        model: nn.Module = models.get_model(name, weights=None, **settings)
    return model.eval().to(device), (3, side, side)


def published_metadata(name: str) -> dict[str, Any]:
    """Return what torchvision publishes with a model's weights.

    >>> published_metadata("resnet50")["num_params"]
    25557032
    """
    metadata: dict[str, Any] = models.get_model_weights(name).DEFAULT.meta
    return metadata
