"""torchvision's models against their published figures."""

import pytest

from mnistcore.in_torch.model_analysis import analyse_model, model_table


def test_a_models_table_has_the_models_totals() -> None:
    analysis = analyse_model("vit_b_16")

    found = model_table(analysis)

    assert found.num_params == analysis.published_params
    assert round(found.num_macs / 1e9, 3) == analysis.published_gmacs


@pytest.mark.parametrize("name", ["resnet50", "vgg16", "googlenet", "vit_b_16", "regnet_y_400mf"])
def test_models_have_their_published_figures(name: str) -> None:
    analysis = analyse_model(name)

    assert analysis.num_params == analysis.published_params
    assert analysis.gmacs == analysis.published_gmacs


def test_training_memory_is_what_autograd_saves_of_a_model_with_branches() -> None:
    analysis = analyse_model("googlenet")

    assert analysis.training_bytes == 48_200_000
    assert model_table(analysis).training_bytes == analysis.training_bytes


def test_attention_is_explained() -> None:
    analysis = analyse_model("vit_b_32")

    assert analysis.num_macs == 2_947_528_704
    assert "matrix products inside attention" in analysis.note
