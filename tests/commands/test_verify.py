"""The command that asks torch and torchvision."""

import re

import pytest

from mnistcore.__main__ import main
from mnistcore.in_torch import block_witness

# Of each family one that is small: the others repeat its blocks, and all 80 take minutes.
ONE_OF_EACH = (
    *("alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "efficientnet_v2_s"),
    *("googlenet", "inception_v3", "maxvit_t", "mnasnet0_5", "mobilenet_v2"),
    *("mobilenet_v3_small", "regnet_x_400mf", "regnet_y_400mf", "resnet18", "resnet50"),
    *("resnext50_32x4d", "shufflenet_v2_x0_5", "squeezenet1_1", "swin_t", "swin_v2_t", "vgg11_bn"),
    *("vit_b_32", "wide_resnet50_2"),
)


@pytest.mark.slow
def test_the_command_agrees_on_a_model_of_every_family(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(block_witness, "MOST_GMACS", 0.07)  # two of them
    exit_code = main(["verify", "--torchvision", *ONE_OF_EACH])

    output = capsys.readouterr().out
    total = len(ONE_OF_EACH)
    assert exit_code == 0
    assert f"Parameters: {total} of {total} agree" in output
    assert f"{total} of {total} agree, " in output
    assert re.search("0 mismatches in [1-9][0-9]+ modules and blocks of 2 models", output)
    assert "- googlenet: counted without the two auxiliary classifiers" in output


def test_the_command_prints_no_mismatches(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--cases", "300", "--seed", "4"])

    assert exit_code == 0
    assert (
        "0 mismatches in shape, parameters, MACs and saved memory: 300 random"
        in capsys.readouterr().out
    )


def test_the_command_refuses_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--cases", "0"])

    assert exit_code == 1
    assert "`cases` is 0. Choose 1 or more." in capsys.readouterr().err


def test_the_command_names_a_model_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["verify", "--torchvision", "resnet19"])

    assert exit_code == 1
    assert "torchvision has no classification model 'resnet19'." in capsys.readouterr().err
