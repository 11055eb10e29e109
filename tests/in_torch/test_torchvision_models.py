"""torchvision's models: published figures and published receptive fields."""

import pytest

from mnistcore.__main__ import main
from mnistcore.errors import InvalidInputError
from mnistcore.in_torch.model_analysis import analyse_model
from mnistcore.in_torch.receptive_fields import graph_steps
from mnistcore.in_torch.torchvision_models import build_model, model_names


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


@pytest.mark.parametrize("name", ["resnet50", "vgg16", "googlenet", "vit_b_16", "regnet_y_400mf"])
def test_models_have_their_published_figures(name: str) -> None:
    analysis = analyse_model(name)

    assert analysis.num_params == analysis.published_params
    assert analysis.gmacs == analysis.published_gmacs


def test_squeeze_and_excitation_sees_the_whole_image() -> None:
    rows = {row.name: row for row in analyse_model("mobilenet_v3_small").rows}

    assert rows["classifier.0"].receptive_fields == (None, None)
    assert rows["features.12.0"].receptive_fields == (None, None)


def test_what_shifted_windows_see_is_left_open() -> None:
    rows = {row.name: row for row in analyse_model("swin_t").rows}

    assert rows["head"].receptive_fields is None


def test_attention_is_explained() -> None:
    analysis = analyse_model("vit_b_32")

    assert analysis.num_macs == 2_947_528_704
    assert "matrix products inside attention" in analysis.note


def test_no_weights_are_allocated() -> None:
    model, _ = build_model("regnet_x_400mf")

    assert {parameter.device.type for parameter in model.parameters()} == {"meta"}


def test_an_unknown_model_is_explained() -> None:
    with pytest.raises(InvalidInputError, match="no classification model 'resnet49'"):
        build_model("resnet49")


@pytest.mark.slow
def test_the_command_agrees_on_every_model(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--torchvision"])

    output = capsys.readouterr().out
    total = len(model_names())
    assert exit_code == 0
    assert f"Parameters: {total} of {total} agree" in output
    assert f"{total} of {total} agree, " in output
    assert "- googlenet: counted without the two auxiliary classifiers" in output
