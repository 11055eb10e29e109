"""Every digit's accuracy, as HTML that follows the page's theme. No torch."""

from collections.abc import Sequence

from mnistcore.reading.report import DigitAccuracy
from ui.language import N_, _

RIGHT = N_("{num_correct:,} of {num_images:,} right")
INTERVAL = N_("{low:.1f} to {high:.1f}%")


def accuracy_rows(rows: Sequence[DigitAccuracy]) -> str:
    """Return every digit's accuracy as a dot on a line as long as its 95% interval.

    >>> from mnistcore.reading.report import DigitAccuracy
    >>> row = DigitAccuracy(digit=7, num_images=10, num_correct=9, accuracy=0.9, low=0.6, high=0.98)
    >>> "90.0%" in accuracy_rows([row])
    True
    """
    least = min((row.low for row in rows), default=0.0)

    def place(share: float) -> str:
        return f"{100 * (share - least) / (1 - least) if least < 1 else 100:.1f}%"

    cells = [
        f'<b>{row.digit}</b><span class="scale" '
        f'title="{_(RIGHT, num_correct=row.num_correct, num_images=row.num_images)}">'
        f'<i style="left: {place(row.low)}; right: calc(100% - {place(row.high)})"></i>'
        f'<u style="left: {place(row.accuracy)}"></u></span>'
        f"<span>{100 * row.accuracy:.1f}%</span>"
        f"<small>{_(INTERVAL, low=100 * row.low, high=100 * row.high)}</small>"
        for row in rows
    ]
    return f'<div class="accuracies">{"".join(cells)}</div>'
