"""The library as `pip install .` leaves it: asked in a folder that has no checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
FILES = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the library unpacked from its wheel, and nothing of the checkout."""
    source, wheels, site = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "site"))
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "mnistcore", source / "mnistcore", ignore=ignored)
    for name in FILES:
        shutil.copyfile(PROJECT / name, source / name)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels)]
    subprocess.run([sys.executable, "-m", "pip", *build, str(source)], check=True)
    [wheel] = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def ask(installed: Path, folder: Path, script: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    environment.pop("MNISTCORE_RUNS", None)
    call = [sys.executable, "-c", script]
    return subprocess.run(
        call, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.slow
def test_it_computes_outside_a_checkout(installed: Path, tmp_path: Path) -> None:
    script = "import mnistcore; print(mnistcore.output_size(28, kernel_size=3))"

    assert ask(installed, tmp_path, script) == "26"


@pytest.mark.slow
def test_it_has_its_weights_and_reads(installed: Path, tmp_path: Path) -> None:
    script = (
        "import mnistcore, numpy as np\n"
        "drawing = np.zeros((100, 100, 4), np.uint8); drawing[20:80, 47:53] = 255\n"
        "print(mnistcore.read_drawing(mnistcore.load_classifier(), drawing).digit)"
    )

    assert ask(installed, tmp_path, script) == "1"


@pytest.mark.slow
def test_its_runs_lie_where_it_is_called(installed: Path, tmp_path: Path) -> None:
    script = "from mnistcore.runs.folder import runs_folder; print(runs_folder())"

    assert Path(ask(installed, tmp_path, script)) == tmp_path / "runs"


@pytest.mark.slow
def test_it_brings_a_command_of_its_name(installed: Path) -> None:
    [entry_points] = installed.glob("*.dist-info/entry_points.txt")

    assert "mnistcore = mnistcore.__main__:run" in entry_points.read_text("utf-8")
