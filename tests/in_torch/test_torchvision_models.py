"""torchvision's models, built without weights."""

import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.torchvision_models import build_model


def test_no_weights_are_allocated() -> None:
    model, _ = build_model("regnet_x_400mf")

    assert {parameter.device.type for parameter in model.parameters()} == {"meta"}


def test_an_unknown_model_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="no classification model 'resnet49'"):
        build_model("resnet49")
