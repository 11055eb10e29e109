"""`import mnistcore`: instant, and every name of its list in a fresh process."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mnistcore

ROOT = Path(__file__).parent.parent
STUB = ast.parse((ROOT / "mnistcore" / "__init__.pyi").read_text("utf-8"))
HOMES = {
    alias.name: f"mnistcore.{node.module}"
    for node in STUB.body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}
MEASURING = {"output_size", "load_split", "load_classifier", "drawing_to_image", "read_photo"}


# Each line that it is sent is run by a process of its own, which has loaded torch and nothing else.
# Torch itself takes seconds, which are spent once; the library is as fresh in each as in any other.
FRESH = """
import os, sys
import torch
for line in sys.stdin:
    if not os.fork():
        exec(line)
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


def answer_of(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_list_has_what_measuring_scripts_call() -> None:
    assert set(HOMES) >= MEASURING


@pytest.mark.slow
def test_each_name_is_handed_out_in_a_fresh_process() -> None:
    lines = [
        f"import mnistcore, importlib; given = mnistcore.{name}; "
        f"print({name!r}, given is importlib.import_module({home!r}).{name})\n"
        for name, home in HOMES.items()
    ]

    answers = subprocess.run(
        [sys.executable, "-c", FRESH],
        input="".join(lines),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answers.stdout.splitlines() == [f"{name} True" for name in HOMES], answers.stderr


def test_opening_the_door_loads_neither_torch_nor_numpy() -> None:
    loaded = answer_of("import sys, mnistcore; print(*sys.modules)").split()

    assert not {"torch", "numpy", "streamlit"} & set(loaded)
    assert not any(name.startswith("mnistcore.") for name in loaded)


def test_output_size_and_layers_wait_for_neither() -> None:
    answer = answer_of(
        "import sys, mnistcore; stack = mnistcore.LayerStack((1, 28, 28), "
        "[mnistcore.Conv2d(1, 16, 3, stride=2, padding=1)]); "
        "print(mnistcore.output_size(28, kernel_size=3), stack.analyse().num_params, "
        "*{'torch', 'numpy'} & set(sys.modules))"
    )

    assert answer == "26 160"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = mnistcore.no_such_name  # type: ignore[attr-defined]
