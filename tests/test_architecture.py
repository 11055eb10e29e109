"""The import arrows of CONTRIBUTING.md: pages -> ui -> mnistcore, never backwards."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
UI = sorted((ROOT / "ui").rglob("*.py"))
LIBRARY = sorted((ROOT / "mnistcore").glob("*.py"))
TORCH_FREE = [
    ROOT / "mnistcore" / f"{name}.py"
    for name in (
        "errors",
        "argument_checks",
        "conv_arithmetic",
        "same_padding",
        "pixel_coverage",
        "receptive_field",
        "layer_kinds",
        "layer_stack",
        "stack_json",
        "argument_text",
        "stack_text",
        "stack_draft",
        "network_rows",
        "table_forms",
        "network_diff",
        "paired_times",
        "timing_words",
        "weight_sharing",
        "presets",
        "code_export",
        "random_layers",
        "axis_layout",
        "formula_tex",
        "layer_repair",
        "networks",
        "recipes",
        "counter_rules",
        "counter_reports",
        "softmax",
        "adam",
    )
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_packages(path: Path) -> Iterator[str]:
    """Yield the top-level package of every import in the file, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", LIBRARY, ids=relative)
def test_the_library_knows_no_screen(path: Path) -> None:
    forbidden = {"streamlit", "ui", "pages", "plotly", "streamlit_drawable_canvas"}

    assert not forbidden & set(imported_packages(path))


@pytest.mark.parametrize("path", UI, ids=relative)
def test_ui_imports_no_page(path: Path) -> None:
    assert not {"pages", "app"} & set(imported_packages(path))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_page_holds_no_maths(path: Path) -> None:
    assert not {"math", "numpy", "torch", "torchvision"} & set(imported_packages(path))


@pytest.mark.parametrize(
    "name", ["runs", "run_epochs", "run_metrics", "runs_command", "train_command"]
)
def test_who_only_watches_runs_does_not_wait_for_torch(name: str) -> None:
    script = f"import sys, mnistcore.{name}; print('torch' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "False"


@pytest.mark.parametrize("path", [p for p in TORCH_FREE if p.exists()], ids=relative)
def test_the_calculator_imports_neither_torch_nor_numpy(path: Path) -> None:
    script = f"import sys, mnistcore.{path.stem}; print({{'torch', 'numpy'}} & set(sys.modules))"

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "set()"
