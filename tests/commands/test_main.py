import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

from mnistcore.__main__ import main
from mnistcore.handwriting import splits
from mnistcore.models.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from mnistcore.models.model import build_network
from mnistcore.reading.classifier import MYNET
from tests.ascii_drawings import FOUR, SEVEN, drawing, side_by_side
from tests.commands.conftest import PROJECT
from tests.conftest import toy_split


def test_calibrate_keeps_temperature_and_threshold_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "toy.pt"
    weights = build_network("drawing-net", seed=1).state_dict()
    save_checkpoint(file, Checkpoint("drawing-net", weights))
    monkeypatch.setattr(splits, "load_split_with_drawings", toy_split)

    exit_code = main(["calibrate", str(file)])

    calibrated = load_checkpoint(file)
    assert exit_code == 0
    assert f"temperature {calibrated.temperature:.3f}" in capsys.readouterr().out
    assert calibrated.temperature != 1
    assert calibrated.threshold is not None


def test_export_writes_a_network_that_evaluate_reads(
    toy_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["train", "--run", "toy", "--epochs", "1", "--batch-size", "10"])
    file = tmp_path / "toy.pt"

    main(["export", "toy", str(file)])
    exit_code = main(["evaluate", "--checkpoint", str(file)])

    assert exit_code == 0
    assert "optimizer" not in torch.load(file, weights_only=True)
    assert re.search(r"toy\.pt: \d+\.\d\d% of the 10,000 test images", capsys.readouterr().out)


def test_what_is_exported_speaks_the_language_that_is_asked_for(
    toy_data: Path, tmp_path: Path
) -> None:
    main(["train", "--run", "toy", "--epochs", "1", "--batch-size", "10"])
    page, report = tmp_path / "page.html", tmp_path / "report.html"

    main(["export", "toy", str(page), "--lang", "zh"])
    main(["export", "--report", "toy", str(report), "--lang", "zh"])

    assert '<html lang="zh-CN">' in page.read_text("utf-8")
    assert "<title>toy 识别手写数字</title>" in page.read_text("utf-8")
    assert "toy：训练报告" in report.read_text("utf-8")


@pytest.mark.parametrize("ending", [".pt", ".py", ".html", ".onnx"])
def test_export_makes_a_missing_folder_and_refuses_to_replace_one(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, taken = tmp_path / "not" / f"there{ending}", tmp_path / f"taken{ending}"
    taken.mkdir()

    assert main(["export", str(MYNET), str(missing)]) == 0
    assert main(["export", str(MYNET), str(taken)]) == 1

    assert missing.stat().st_size > 0
    assert f"{taken} cannot be written: it is a folder." in capsys.readouterr().err


@pytest.mark.slow
def test_evaluate_prints_accuracy_and_interval_and_the_shipped_network_keeps_its_promise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    exit_code = main(["evaluate"])

    output = capsys.readouterr().out
    assert exit_code == 0
    pattern = (
        r"(99\.\d\d)% of the 10,000 test images \(95 % interval (\d\d\.\d\d)% to (\d\d\.\d\d)%"
    )
    found = re.search(pattern, output)
    assert found is not None
    accuracy, low, high = map(float, found.groups())
    assert low < accuracy < high
    assert accuracy >= 99.5


@pytest.mark.parametrize("flag", ["--tta", "--glances"])
def test_evaluate_augments_the_images_when_asked(
    flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mynet = ["--checkpoint", "mnistcore/weights/mynet.pt", "--split", "valid"]
    main(["evaluate", *mynet])
    once = capsys.readouterr().out
    main(["evaluate", *mynet, flag])
    five_times = capsys.readouterr().out

    assert "valid images (95 %" in once
    assert "valid images, each moved five ways (95 %" in five_times
    assert once.split("loss")[1] != five_times.split("loss")[1]


def test_predict_reads_pictures_and_tells_which_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("seven", SEVEN), ("four", FOUR)):
        Image.fromarray(drawing(text)).save(tmp_path / f"{name}.png")
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    Image.fromarray(side_by_side(SEVEN, FOUR)).save(tmp_path / "both.png")
    (tmp_path / "broken.png").write_text("no picture")

    names = ("seven", "broken", "blank", "four", "both")
    exit_code = main(["predict", *(str(tmp_path / f"{name}.png") for name in names)])

    output = capsys.readouterr()
    assert exit_code == 1
    assert re.findall(r"(\w+)\.png: (\w+)", output.out) == [
        ("seven", "7"),
        ("blank", "blank"),
        ("four", "4"),
        ("both", "74"),
    ]
    assert "broken.png: The file is not a picture" in output.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("train --run a/b", "cannot be called 'a/b'"),
        ("train --resume nobody", "no run 'nobody'"),
        ("train --epochs 0", "`epochs` is 0"),
        ("train --stack nowhere.json", "nowhere.json cannot be read"),
        ("runs stop nobody", "no run 'nobody'"),
        ("train --threads 0", "`threads` is 0"),
        ("evaluate --checkpoint nowhere.pt", "no file at nowhere.pt"),
        ("export nobody file.pt", "no run 'nobody'"),
        ("export --lang zh mynet file.pt", "file.pt speaks no language"),
    ],
)
def test_what_the_caller_can_put_right_is_one_sentence(
    arguments: str, message: str, runs_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exit_code = main(arguments.split())

    error = capsys.readouterr().err
    assert exit_code == 1
    assert message in error
    assert "Traceback" not in error


@pytest.mark.parametrize("command", ["", "train", "runs", "export", "evaluate", "predict"])
def test_every_command_has_help(command: str) -> None:
    call = [sys.executable, "-m", "mnistcore", *command.split(), "--help"]

    answer = subprocess.run(call, cwd=PROJECT, capture_output=True, text=True, check=True)

    assert answer.stdout.startswith("usage: python -m mnistcore")
