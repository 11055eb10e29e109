"""The command that asks torch and torchvision."""

import re

import pytest

from mnistcore.__main__ import main
from mnistcore.in_torch import block_witness
from mnistcore.in_torch.torchvision_models import model_names


@pytest.mark.slow
def test_the_command_agrees_on_every_model(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(block_witness, "MOST_GMACS", 0.07)  # all of them take minutes
    exit_code = main(["verify", "--torchvision"])

    output = capsys.readouterr().out
    total = len(model_names())
    assert exit_code == 0
    assert f"Parameters: {total} of {total} agree" in output
    assert f"{total} of {total} agree, " in output
    assert re.search("0 mismatches in [1-9][0-9]+ modules and blocks of [1-9] models", output)
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
