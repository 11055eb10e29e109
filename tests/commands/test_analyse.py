"""`python -m mnistcore analyse`: numbers on standard output, a sentence on standard error."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mnistcore.__main__ import main
from mnistcore.stacks.json_format import stack_to_json
from mnistcore.stacks.presets import my_net
from tests.pasted.in_torch import FOLDER, figures_of, pasted

ROOT = Path(__file__).parents[2]


def test_json_has_the_totals_of_torch_and_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = main(["analyse", str(FOLDER / "tutorial_cifar10.txt"), "--json"])

    answer = json.loads(capsys.readouterr().out)
    figures = figures_of(pasted("tutorial_cifar10"))
    assert exit_code == 0
    assert answer["input_shape"] == [3, 32, 32]
    assert tuple(answer["output_shape"]) == figures.output_shape
    assert (answer["num_params"], answer["num_macs"]) == (figures.num_params, figures.num_macs)
    assert [row["path"] for row in answer["rows"]] == [
        *("conv1", "relu", "pool", "conv2", "relu", "pool", "flatten"),
        *("fc1", "relu", "fc2", "relu", "fc3"),
    ]
    assert answer["rows"][3] == {
        "name": "Conv2d 16 · 5×5",
        "path": "conv2",
        "output_shape": [16, 10, 10],
        "num_params": 2416,
        "num_macs": 240000,
        "receptive_field": [14, 14],
        "effective_stride": [2.0, 2.0],
        "activation_bytes": 6400,
    }
    assert answer["rows"][-1]["receptive_field"] == [None, None]


def test_an_input_shape_is_taken_as_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(FOLDER / "indexed_sequential.txt")

    assert main(["analyse", file, "--json", "--input-shape", "3,96,96"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["input_shape"] == [3, 96, 96]
    assert answer["rows"][0]["output_shape"] == [64, 23, 23]


def test_csv_ends_with_a_total(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", str(FOLDER / "ordered_dict.txt"), "--csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["path"] == "conv1"
    assert (rows[-1]["path"], rows[-1]["num_params"]) == ("total", "33234")


def test_without_a_form_a_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", str(FOLDER / "reused_modules.txt"), "--input-shape", "1,28,28"]) == 0

    output = capsys.readouterr()
    assert output.out.splitlines()[0].split() == [
        *("layer", "output", "parameters", "MACs", "sees", "jump")
    ]
    assert output.out.splitlines()[-1].split()[:3] == ["total", "Net", "10"]
    assert "line 10: `unused` is never called" in output.err


def test_a_json_of_the_calculator_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "net.json"
    file.write_text("\ufeff" + stack_to_json(my_net()), encoding="utf-8")

    assert main(["analyse", str(file), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["num_params"] == 33_770


def test_standard_input_is_read_and_torch_is_not_loaded() -> None:
    script = (
        "import sys; from mnistcore.__main__ import main; code = main(['analyse', '-', '--json']);"
        "sys.exit(code or 'torch' in sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        input="nn.Flatten()\nnn.Linear(784, 10)",
        capture_output=True,
        text=True,
    )

    assert answer.returncode == 0
    assert json.loads(answer.stdout)["num_macs"] == 7840


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("Linear(3, 3)\nLinear(4, 4)", ["--input-shape", "3"], "line 2: Linear was made for"),
        ("Linear(3, 3)", ["--input-shape", "3;4"], "The input shape is"),
        ("a = nn.Sequential(nn.ReLU())\nb = nn.Sequential(nn.Tanh())", [], "2 networks: `a`"),
        ('{"layers": []}', [], "A network is written as"),
        ("x" * 1_000_001, [], "has more than 1,000,000 bytes"),
        ("", [], "The text has no layer"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_exit_code_is_1(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    arguments: list[str],
    words: str,
) -> None:
    file = tmp_path / "net.py"
    file.write_text(text)

    exit_code = main(["analyse", str(file), "--json", *arguments])

    output = capsys.readouterr()
    assert exit_code == 1
    assert output.out == ""
    assert words in output.err
    assert output.err.startswith(f"mnistcore: {file}")
    assert output.err.count("\n") == 1


@pytest.mark.parametrize("name", ["nowhere.py", "."])
def test_a_file_that_is_none_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["analyse", str(tmp_path / name)]) == 1

    assert "cannot be read" in capsys.readouterr().err


def test_of_several_networks_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nets.py"
    file.write_text("a = nn.Sequential(nn.Flatten())\nb = nn.Sequential(nn.Linear(28, 5))")

    assert main(["analyse", str(file), "--json", "--network", "b"]) == 0

    assert json.loads(capsys.readouterr().out)["output_shape"] == [1, 28, 5]
