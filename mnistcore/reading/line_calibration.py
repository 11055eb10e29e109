"""How sure the line reader may be: fitted to generated lines that it did not learn from.

The measure of a misreading is its text's log-probability. Below the threshold an answer is flagged;
it is set so that of all lines at most so many are misread and not flagged.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from mnistcore.drawings.ink import Grey, crop_to_ink, find_ink
from mnistcore.handwriting.glyphs import GlyphBank
from mnistcore.handwriting.line_paper import Strip, put_on_canvas, put_on_paper
from mnistcore.handwriting.line_writer import Line, write_line
from mnistcore.models.line_net import Calibration, Ground, LineNet
from mnistcore.reading.line_digits import read_ink
from mnistcore.reading.line_reader import LineReader, View
from mnistcore.reading.page import read_page

MISREAD_UNFLAGGED = 0.02  # of all lines
TEMPERATURES = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.3, 2.6)


def fit_line_calibration(
    net: LineNet, bank: GlyphBank, ground: Ground, rng: Generator, lines: int
) -> Calibration:
    """Fit temperature and threshold to so many generated lines, read as they will be.

    Args:
        net: In evaluation mode.
        bank: Of digits that training has not seen.
        ground: What it is to read.
        rng: Whose state decides everything.
        lines: How many to draw.
    """
    put = put_on_canvas if ground == "ink" else put_on_paper
    drawn = [_draw(bank, rng, 1 + number % 8, put) for number in range(lines)]
    temperature = max(
        TEMPERATURES, key=lambda degree: _log_likelihood(net, degree, drawn[: lines // 4])
    )
    reader = LineReader(net, Calibration(temperature))
    judged: list[tuple[float, bool]] = []
    for strip, text in drawn:
        readings = (
            [read_ink(reader, crop_to_ink(find_ink(np.dstack([strip] * 3))))]
            if ground == "ink"
            else [line.reading for line in read_page(reader, strip)[1]]
        )
        judged += [(one.log_probability, one.text == text) for one in readings]
    return Calibration(temperature, _threshold(judged))


def _draw(
    bank: GlyphBank, rng: Generator, length: int, put: Callable[[Line, Generator], Strip]
) -> tuple[Grey, str]:
    line = write_line(bank, rng, length=length)
    return np.asarray(put(line, rng), np.float64), "".join(map(str, line.digits))


def _threshold(judged: list[tuple[float, bool]]) -> float:
    """Return the log-probability above which so few are wrong; 0, to flag all, of no readings."""
    if not judged:
        return 0.0
    scores = np.array([score for score, _ in judged])
    wrong = np.array([not right for _, right in judged])
    order = np.argsort(-scores)
    unflagged = np.cumsum(wrong[order]) / len(judged)
    kept = int(np.searchsorted(unflagged, MISREAD_UNFLAGGED, side="right"))
    return float(scores[order][min(kept, len(judged) - 1)])


def _log_likelihood(net: LineNet, temperature: float, drawn: list[tuple[Grey, str]]) -> float:
    """Return how probable right and wrong are, given each text's own probability."""
    reader = LineReader(net, Calibration(temperature))
    total = 0.0
    for strip, text in drawn:
        reading = reader.read([View(strip)])
        probability = float(np.clip(np.exp(reading.log_probability), 1e-6, 1 - 1e-6))
        total += np.log(probability if reading.text == text else 1 - probability)
    return total
