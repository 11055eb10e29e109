"""How many threads answer a page's question."""

import os
import subprocess
import sys

import pytest

# What the server does before it runs a page, then a page's first import. Numpy looks at the
# environment once, when it is imported.
ASK = """
import sys
import streamlit.web.bootstrap
assert "numpy" not in sys.modules and "torch" not in sys.modules
import ui.menu
import os
print(os.environ["OMP_NUM_THREADS"])
import torch
print(torch.get_num_threads())
"""


@pytest.mark.slow
@pytest.mark.parametrize(("told", "threads"), [(None, 1), ("2", 2)])
def test_one_thread_answers_unless_the_environment_says_otherwise(
    told: str | None, threads: int
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    if told is not None:
        environment["OMP_NUM_THREADS"] = told

    answer = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.split() == [str(threads), str(threads)]
