from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mnistcore.__main__ import main
from mnistcore.commands import train_lines
from mnistcore.handwriting import glyphs
from mnistcore.models.line_net import WIDTHS, Ground, LineNet, load_line_net, weights_file
from mnistcore.reading import line_calibration
from mnistcore.training import line_batches, line_training


@pytest.fixture(autouse=True)
def little_to_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have lines drawn by the dozen, from few glyphs."""
    small = partial(glyphs.draw_bank, digits=140, marks=70)
    monkeypatch.setattr(glyphs, "draw_bank", small)
    monkeypatch.setattr(line_training, "CHUNK", 8)
    monkeypatch.setattr(line_training, "draw_chunk", partial(line_batches.draw_chunk, count=8))
    monkeypatch.setattr(train_lines, "CALIBRATED_ON", 4)


@pytest.mark.slow
@pytest.mark.parametrize("ground", ["ink", "paper"])
def test_a_reader_is_trained_calibrated_and_written(
    ground: Ground,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:

    assert main(["train-lines", ground, str(tmp_path / "net.pt"), "--lines", "16"]) == 0

    printed = capsys.readouterr().out
    assert "8 of 16 lines, loss" in printed
    assert "16 of 16 lines, loss" in printed
    net, calibration = load_line_net(tmp_path / "net.pt")
    assert not net.training
    assert net.widths == WIDTHS[ground]
    assert str(calibration) in printed

    averaged: list[int] = []
    mean_net = line_training.mean_net

    def noted_mean_net(nets: list[LineNet], *given: Any) -> LineNet:
        averaged.append(len(nets))
        return mean_net(nets, *given)

    monkeypatch.setattr(line_training, "mean_net", noted_mean_net)
    again = ["--lines", "8", "--start-from", str(tmp_path / "net.pt"), "--rate", "1e-4"]
    again += ["--mean-with", str(tmp_path / "net.pt")]
    assert main(["train-lines", ground, str(tmp_path / "more.pt"), *again]) == 0
    assert (tmp_path / "more.pt").exists()
    assert averaged == [2]


@pytest.mark.slow
def test_what_was_learned_is_kept_if_the_calibration_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(line_calibration, "fit_line_calibration", cut_off)
    with suppress(KeyboardInterrupt):
        main(["train-lines", "ink", str(tmp_path / "net.pt"), "--lines", "8"])

    net, _calibration = load_line_net(tmp_path / "net.pt")
    assert net.widths == WIDTHS["ink"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--lines", "0"], "`lines` is 0"),
        (["--threads", "0"], "`threads` is 0"),
        (["--rate", "2"], "`learning_rate` is 2"),
        (["--mean-with", "typo.pt"], "there is no file"),
        (["--start-from", __file__], "test_train_lines.py cannot be used"),
        (["--start-from", str(weights_file("paper"))], "something else than ink"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_learned(
    given: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(line_training, "train_lines", lambda *_, **__: pytest.fail("it learned"))

    assert main(["train-lines", "ink", str(tmp_path / "net.pt"), *given]) == 1

    assert told in capsys.readouterr().err


def test_weights_are_not_learned_for_a_place_that_takes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(line_training, "train_lines", lambda *_, **__: pytest.fail("it learned"))

    assert main(["train-lines", "ink", str(tmp_path)]) == 1

    assert "it is a folder" in capsys.readouterr().err
