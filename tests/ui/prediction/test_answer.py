"""What is said beside the answer."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mnistcore.reading.verdict import Verdict
from ui.prediction.answer import remark


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.99996, "**more than 99.9%** sure"), (0.7, "**70.0%** sure, or a **1**")],
)
def test_nothing_that_is_uncertain_is_all_sure(share: float, said: str) -> None:
    probabilities = np.zeros(10, np.float32)
    probabilities[[7, 1]] = share, 1 - share
    verdict = Verdict(np.full((28, 28), 255, np.uint8), probabilities, True)
    read: Any = SimpleNamespace(number=None, verdict=verdict)

    assert remark(read).startswith(said)
