"""The rules of CONTRIBUTING.md that import-linter cannot ask: what gets loaded, what pages hold."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
UI = sorted((ROOT / "ui").rglob("*.py"))
WINGS = sorted(path.parent for path in (ROOT / "mnistcore").glob("*/__init__.py"))
MOST_MODULES = 16
MOST_LINES = 250  # of a module
MOST_IN_A_FUNCTION = 40  # of its lines, the docstring aside
TABLES = {"mnistcore/handwriting/digit_styles.py", "tests/ascii_drawings.py"}  # which are data
CODE = [
    path
    for folder in ("mnistcore", "ui", "pages", "benchmarks")
    for kind in ("*.py", "*.js")
    for path in sorted((ROOT / folder).rglob(kind))
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# Whole wings, whatever modules they have: what importing each of them may not load.
NOT_LOADED = {
    "layers": {"torch", "numpy"},
    "explained": {"torch", "numpy"},
    "stacks": {"torch", "numpy"},
    "evaluator": {"torch", "numpy"},
    "pasted": {"torch", "numpy"},
    "commands": {"torch"},
    "convolution": {"torch"},
    "drawings": {"torch"},
    "lesson": {"torch"},
    "runs": {"torch"},
}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_packages(path: Path) -> Iterator[str]:
    """Yield the top-level package of every import in the file, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", UI, ids=relative)
def test_ui_imports_no_page(path: Path) -> None:
    assert not {"pages", "app"} & set(imported_packages(path))


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_page_holds_no_maths(path: Path) -> None:
    assert not {"math", "numpy", "torch", "torchvision"} & set(imported_packages(path))


@pytest.mark.parametrize("wing", WINGS, ids=relative)
def test_a_wing_can_be_overlooked(wing: Path) -> None:
    modules = [path for path in wing.glob("*.py") if path.stem != "__init__"]

    assert 0 < len(modules) <= MOST_MODULES
    plate = ast.get_docstring(ast.parse((wing / "__init__.py").read_text("utf-8")))
    assert plate is not None and 3 <= len(plate.splitlines()) <= 10


def test_no_module_is_too_long_to_be_read() -> None:
    modules = [*CODE, *TESTS]
    lines = {relative(path): len(path.read_text("utf-8").splitlines()) for path in modules}

    assert {path: count for path, count in lines.items() if count > MOST_LINES}.keys() == TABLES


def test_no_function_is_too_long_to_be_read() -> None:
    long = [
        f"{relative(path)}: {function.name}"
        for path in CODE
        if path.suffix == ".py"
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if num_lines(function) > MOST_IN_A_FUNCTION
    ]

    assert not long


def num_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its docstring aside."""
    first = function.body[1 if ast.get_docstring(function) else 0 :]
    heading = function.body[0].lineno - function.lineno
    return heading + (first[-1].end_lineno or 0) - first[0].lineno + 1 if first else heading


@pytest.mark.parametrize("wing", NOT_LOADED)
def test_a_wing_that_must_be_quick_loads_nothing_slow(wing: str) -> None:
    modules = [path.stem for path in (ROOT / "mnistcore" / wing).glob("*.py")]
    imports = "".join(f"import mnistcore.{wing}.{name}\n" for name in modules)
    script = f"import sys\n{imports}print(*({NOT_LOADED[wing]} & set(sys.modules)))"

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.split() == []


def test_what_pages_are_made_of_stands_before_torch_does() -> None:
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in UI]
    imports = "".join(f"import {name.removesuffix('.__init__')}\n" for name in modules)

    answer = subprocess.run(
        [sys.executable, "-c", f"import sys\n{imports}print('torch' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "False\n"
