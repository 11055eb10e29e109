"""The program that the page offers to copy: it runs, and makes the page's map."""

import subprocess
import sys

import numpy as np
import pytest

from ui.components.stepper.component import Step
from ui.convolution.torch_check import torch_program


@pytest.mark.slow
def test_the_program_runs_and_makes_the_same_map() -> None:
    numbers = np.random.default_rng(1)
    step = Step(
        numbers.uniform(0, 1, (9, 9)).round(2),
        numbers.uniform(-1, 1, (3, 3)).round(4),
        bias=0.5,
        stride=2,
        padding=1,
        dilation=2,
    )
    program = torch_program(step) + "\nprint(output.flatten().tolist())"

    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    made = [float(number) for number in answer.stdout.splitlines()[-1].strip("[]").split(",")]
    np.testing.assert_allclose(made, step.output().flatten(), atol=1e-5)
