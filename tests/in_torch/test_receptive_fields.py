"""Receptive fields through branches, against published ones."""

import pytest

from mnistcore.in_torch.model_analysis import analyse_model
from mnistcore.in_torch.receptive_fields import graph_steps
from mnistcore.in_torch.torchvision_models import build_model


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("alexnet", 195),
        ("vgg16", 212),
        ("resnet18", 435),
        ("resnet50", 427),
        ("inception_v3", 1311),
        ("mobilenet_v2", 491),
    ],
)
def test_receptive_fields_are_those_that_were_published(name: str, size: int) -> None:
    fields = [step.fields for step in graph_steps(*build_model(name)) if step.fields]

    # What papers print is the last layer that sees a window, not the whole image.
    *_, last = (both for both in fields if None not in both)
    assert [field and field.size for field in last] == [size, size]


def test_squeeze_and_excitation_sees_the_whole_image() -> None:
    rows = {row.name: row for row in analyse_model("mobilenet_v3_small").rows}

    assert rows["classifier.0"].receptive_fields == (None, None)
    assert rows["features.12.0"].receptive_fields == (None, None)


def test_what_shifted_windows_see_is_left_open() -> None:
    rows = {row.name: row for row in analyse_model("swin_t").rows}

    assert rows["head"].receptive_fields is None
