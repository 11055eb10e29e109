"""Who may import torch: `ui` and the pages never, except for types."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
MODULES = sorted((ROOT / "ui").rglob("*.py"))
TORCH = {"torch", "torchvision"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a tree imports, in functions too, but not for types."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        yield from imported(node)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=dotted)
def test_torch_itself_is_named_for_types_only(path: Path) -> None:
    names = imported(ast.parse(path.read_text(encoding="utf-8")))

    assert not TORCH & {name.partition(".")[0] for name in names}


def test_everything_can_be_imported_before_torch() -> None:
    of_pages = {name for page in PAGES for name in imported(ast.parse(page.read_text("utf-8")))}
    names = sorted({*map(dotted, MODULES), *of_pages})
    script = f"import sys\nimport {', '.join(names)}\nprint(sorted({TORCH} & set(sys.modules)))"

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
