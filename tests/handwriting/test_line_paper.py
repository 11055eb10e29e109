import numpy as np
import pytest

from mnistcore.handwriting import line_paper
from mnistcore.handwriting.line_paper import as_seen, put_on_paper
from mnistcore.handwriting.line_writer import Line

DEPTH = 0.9


def edges() -> np.ndarray:
    strip = np.full((40, 160), 0.9, np.float32)
    strip[5:35, 10:150:10] = 0.1
    return strip


def blunted(often: float) -> int:
    """Of 60 strips, how many lost the edges of their strokes."""
    lost = 0
    for seed in range(60):
        seen = as_seen(edges(), DEPTH, np.random.default_rng(seed), often=often)
        away = np.minimum(abs(seen - edges()), abs(1 - seen - edges())).mean()
        lost += bool(away > 0.04)
    return lost


def test_a_lens_and_a_file_spoil_as_many_strips_as_they_are_told_to() -> None:
    assert blunted(0.0) == 0
    assert 2 < blunted(0.3) < blunted(1.0)
    assert blunted(1.0) > 20


def test_most_strips_have_few_of_the_faults_of_paper_and_some_may_have_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[float] = []

    def take(strip: np.ndarray, depth: float, rng: object, *, often: float) -> np.ndarray:
        told.append(often)
        return strip

    monkeypatch.setattr(line_paper, "as_seen", take)
    line = Line(1 - edges(), (), np.zeros((0, 4)))
    for seed in range(300):
        put_on_paper(line, np.random.default_rng(seed))

    assert 0.25 < np.mean([often == 1 for often in told]) < 0.45
    assert all(0.1 <= often <= 0.6 or often == 1 for often in told)
